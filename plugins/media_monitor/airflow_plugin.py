"""The Airflow plugin. Airflow imports it in every process: keep it light."""

import importlib
from typing import Any

from airflow.plugins_manager import AirflowPlugin


def warehouse() -> str:
    """Path of the published DuckDB file, for templates: `{{ macros.media_monitor.warehouse() }}`."""
    from media_monitor.airflow_context import settings

    return str(settings().home.resolve() / "warehouse.duckdb")


class _Page:
    """The page, imported when it is first asked for: only the API server needs it."""

    def __init__(self) -> None:
        self._app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if self._app is None:
            self._app = importlib.import_module("media_monitor.airflow_page").app
        await self._app(scope, receive, send)


class MediaMonitorPlugin(AirflowPlugin):
    """Registers the template macro `macros.media_monitor.warehouse()`, the page at `/media-monitor`, and its card on
    Airflow's home page."""

    name = "media_monitor"
    fastapi_apps = [{"app": _Page(), "url_prefix": "/media-monitor", "name": "Media monitor"}]  # noqa: RUF012
    external_views = [  # noqa: RUF012 - the base class declares them so
        {
            "name": "Media monitor",
            "href": "media-monitor/",
            "destination": "nav",
            "category": "browse",
            "url_route": "media-monitor",
        }
    ]
    react_apps = [  # noqa: RUF012 - the base class declares it so
        {
            "name": "Media monitor",
            "bundle_url": "media-monitor/static/card.js",
            "destination": "dashboard",
            "url_route": "media-monitor-card",
        }
    ]
    macros = [warehouse]  # noqa: RUF012 - the base class declares it so
