"""The only file of this folder that Airflow's plugin walk loads; it does nothing where the package is installed.

An installed package registers its plugin by entry point, and registering it twice is an import error in Airflow.
"""

from importlib.metadata import entry_points

if not entry_points(group="airflow.plugins", name="media_monitor"):
    from media_monitor.airflow_plugin import MediaMonitorPlugin  # noqa: F401
