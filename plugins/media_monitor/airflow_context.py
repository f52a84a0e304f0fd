"""What an Airflow task knows of its run: the settings and the batch."""

from airflow.sdk import Context
from airflow.sdk.configuration import conf

from media_monitor.config import Settings


def settings_of(context: Context) -> Settings:
    """The settings of this task: airflow.cfg, environment, and the run's own parameters `beat` and `feeds`.

    Raises:
        SettingError: an unknown key or a bad value.
    """
    params = context["params"]
    chosen = {name: params.get(name) or None for name in ("beat", "feeds")}
    return Settings.load(conf.getsection("media_monitor") or {}, **chosen)


def batch_of(context: Context) -> str:
    """The batch that all tasks of this DAG run share."""
    from media_monitor import pipeline

    run = context["dag_run"]
    return pipeline.batch_id(run.run_after, run.run_id)
