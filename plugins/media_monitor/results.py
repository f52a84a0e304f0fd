"""What a load and a delivery come to, also as plain JSON values."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from media_monitor.model import Confirmation


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load changed: rows by table, new confirmations, and messages for people."""

    rows: dict[str, int]
    confirmations: tuple[Confirmation, ...]
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many alerts a channel took now, and a line for each delivery whose outcome nobody can know."""

    sent: int
    unknown: tuple[str, ...]


def as_json(loaded: Loaded) -> dict[str, Any]:
    """The load's result as plain JSON values, for task results and asset events."""
    return {
        "rows": loaded.rows,
        "confirmations": [_plain(confirmation) for confirmation in loaded.confirmations],
        "messages": list(loaded.messages),
    }


def _plain(confirmation: Confirmation) -> dict[str, Any]:
    values = asdict(confirmation) | {"alert_id": confirmation.alert_id}
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value
