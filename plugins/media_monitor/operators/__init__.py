"""Airflow operators: one a stage of the pipeline."""
