"""What Airflow knows of the settings, and a task of its run."""

from typing import Any

from airflow.sdk import Context
from airflow.sdk.configuration import conf

from media_monitor.config import Settings


def settings(**chosen: Any) -> Settings:
    """The settings by section `[media_monitor]` of airflow.cfg, by the environment, and by `chosen`; the last wins.

    Raises:
        SettingError: an unknown key or a bad value.
    """
    # Airflow makes numbers and truth values of what looks like them where a section is asked for: 0123 would be 123.
    given = {name: conf.get("media_monitor", name, fallback="") for name in conf.getsection("media_monitor") or {}}
    return Settings.load(given, **chosen)


def settings_of(context: Context) -> Settings:
    """The settings of this task: airflow.cfg, environment, and the run's own parameters `beat` and `feeds`.

    Raises:
        SettingError: an unknown key or a bad value.
    """
    params = context["params"]
    chosen = {name: params.get(name) or None for name in ("beat", "feeds")}
    return settings(**chosen)


def batch_of(context: Context) -> str:
    """The batch that all tasks of this DAG run share."""
    from media_monitor import pipeline

    run = context["dag_run"]
    return pipeline.batch_id(run.run_after, run.run_id)
