"""The messages of an alert: as they were sent, through which channel and on whose word; and as it would go out now."""

from typing import Any

from media_monitor.config import Settings
from media_monitor.watch.sending import outbox
from media_monitor.watch.sending.outbox import Kept


def sent(settings: Settings, alert_id: str) -> list[dict[str, Any]]:
    """A row a channel that was tried, the latest first: channel, state, at, error, by (who asked to send it again)
    and key of the message.

    Raises:
        StorageError: the outbox cannot be read.
    """
    found = sorted(outbox.records(settings.home, alert_id), key=lambda record: record.at, reverse=True)
    names = ("channel", "state", "at", "error", "by", "key")
    return [{name: getattr(record, name) for name in names} for record in found]


def last(settings: Settings, alert_id: str) -> Kept | None:
    """The message as it was sent last, rather one that arrived; None where none is kept.

    Raises:
        StorageError: the outbox cannot be read.
    """
    rows = sorted(sent(settings, alert_id), key=lambda row: row["state"] != "sent")
    kept = (outbox.kept(settings.home, row["key"]) for row in rows)
    return next((message for message in kept if message is not None), None)
