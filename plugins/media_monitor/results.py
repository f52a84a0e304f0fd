"""What a load and a delivery come to, also as plain JSON values."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

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
        "confirmations": [_confirmation(alert) for alert in loaded.confirmations],
        "alerts": [_alert(alert) for alert in loaded.alerts],
        "messages": list(loaded.messages),
    }


def _confirmation(alert: Alert) -> dict[str, Any]:
    return _plain(asdict(alert.step) | {"alert_id": alert.alert_id})


def _alert(alert: Alert) -> dict[str, Any]:
    return _plain({name: getattr(alert, name) for name in ("alert_id", "kind", "rule", "subject", "summary", "due_at")})


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value
