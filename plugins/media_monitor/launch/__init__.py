"""Airflow on one machine: prepares its home, runs the DAG once, or keeps everything up."""
