"""What Airflow's provider manager is told of this package."""

from typing import Any

from media_monitor import __version__
from media_monitor.config import documented


def get_provider_info() -> dict[str, Any]:
    """The provider's metadata, by Airflow's provider_info schema: notifier and settings.

    The plugin is not listed here: it is registered by the entry point `airflow.plugins`, and Airflow takes a second
    registration for an error.
    """
    return {
        "package-name": "media-monitor",
        "name": "Media monitor",
        "description": "Claim ledger and trend monitor for a news beat.",
        "versions": [__version__],
        "notifications": ["media_monitor.notifications.confirmation.ConfirmationNotifier"],
        "config": {
            "media_monitor": {
                "description": "Settings of media-monitor; MEDIA_MONITOR_<NAME> in the environment wins.",
                "options": {name: _option(*rest) for name, *rest in documented()},
            }
        },
    }


def _option(default: str, doc: str, example: str) -> dict[str, Any]:
    return {
        "description": doc,
        "version_added": "0.1.0",
        "type": "string",
        "example": example or None,
        "default": default,
    }
