"""A DAG of somebody else, which waits for confirmations."""

from datetime import UTC, datetime

from airflow.sdk import dag, task

from media_monitor.operators.assets import CONFIRMATIONS


@dag(schedule=[CONFIRMATIONS], start_date=datetime(2025, 1, 1, tzinfo=UTC), catchup=False)
def listener():
    @task
    def tell(triggering_asset_events=None):
        (event,) = triggering_asset_events[CONFIRMATIONS][:1]
        return [c["claim"] + " " + c["party"] for c in event.extra["confirmations"]]

    tell()


listener()
