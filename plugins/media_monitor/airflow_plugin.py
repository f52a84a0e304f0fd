"""The Airflow plugin. Airflow imports it in every process: keep it light."""

from airflow.plugins_manager import AirflowPlugin


def warehouse() -> str:
    """Path of the published DuckDB file, for templates: `{{ macros.media_monitor.warehouse() }}`."""
    from airflow.sdk.configuration import conf

    from media_monitor.config import Settings

    return str(Settings.load(conf.getsection("media_monitor") or {}).home.resolve() / "warehouse.duckdb")


class MediaMonitorPlugin(AirflowPlugin):
    """Registers the template macro `macros.media_monitor.warehouse()`."""

    name = "media_monitor"
    macros = [warehouse]  # noqa: RUF012 - the base class declares it so
