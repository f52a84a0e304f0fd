"""What a load and a delivery come to, also as plain JSON values."""

from dataclasses import dataclass
from typing import Any

from media_monitor.exports import fields
from media_monitor.model import Alert

CONFIRMING = ("first_confirmation", "implicit")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load changed: rows by table, alerts raised, and messages for people."""

    rows: dict[str, int]
    alerts: tuple[Alert, ...]
    messages: tuple[str, ...]

    @property
    def confirmations(self) -> tuple[Alert, ...]:
        """The alerts that tell of a first confirmation or an implicit acknowledgement."""
        return tuple(alert for alert in self.alerts if alert.kind in CONFIRMING)


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many alerts a channel took now, and a line for each delivery whose outcome nobody can know."""

    sent: int
    unknown: tuple[str, ...]


def as_json(loaded: Loaded) -> dict[str, Any]:
    """The load's result as plain JSON values, for task results and asset events."""
    return {
        "rows": loaded.rows,
        "confirmations": [fields.plain(fields.of_alert(alert)) for alert in loaded.confirmations],
        "alerts": [_alert(alert) for alert in loaded.alerts],
        "messages": list(loaded.messages),
    }


def _alert(alert: Alert) -> dict[str, Any]:
    names = ("alert_id", "kind", "rule", "subject", "summary", "due_at")
    return fields.plain({name: getattr(alert, name) for name in names})
