"""Metrics of stages among Airflow's own: StatsD or OpenTelemetry, as `[metrics]` of airflow.cfg says."""

from airflow.sdk.observability import stats


class AirflowStats:
    """Hands metrics to Airflow, which puts its prefix before their names."""

    def count(self, name: str, number: int) -> None:
        stats.incr(name, number)

    def gauge(self, name: str, value: float) -> None:
        stats.gauge(name, value)

    def time(self, name: str, milliseconds: float) -> None:
        stats.timing(name, milliseconds)

    def close(self) -> None:
        """Airflow ends its own."""
