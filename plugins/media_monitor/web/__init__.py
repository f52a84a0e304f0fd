"""The page: what the ledger knows, and verdicts on alerts. Served alone on loopback, or by Airflow."""
