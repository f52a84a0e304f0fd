"""The assets that the `media_monitor` DAG updates; schedule DAGs of your own on them."""

from airflow.sdk import Asset, AssetAlias

from media_monitor import tables

TABLES = {table.name: Asset(name=f"media-monitor/{table.name}") for table in tables.TABLES}

CONFIRMATIONS = Asset(name="media-monitor/confirmations")
"""Updated only by a load that brought a first confirmation; `extra` of the event holds them."""

NEW_CONFIRMATIONS = AssetAlias(name="media-monitor/new-confirmations")
"""The alias through which a load reaches `CONFIRMATIONS`: an outlet that may stay silent."""
