"""What benchmarks of runs run beside: a server of feeds, the real Airflow, a look at the memory of all processes."""
