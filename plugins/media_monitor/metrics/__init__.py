"""Numbers on how runs fare, for StatsD, OpenTelemetry, or whatever Airflow's metrics go to."""
