"""One alert whole: what became of it through each channel, and its message as it was sent or would go out now."""

from dataclasses import replace
from typing import Any

from media_monitor import rehearsal
from media_monitor.config import Settings
from media_monitor.report.asked.alerts import raised
from media_monitor.warehouse import query
from media_monitor.watch import alert_rows
from media_monitor.watch.sending import outbox
from media_monitor.watch.sending.outbox import Kept

Row = dict[str, Any]
# The alert, and those of its party that its message may name.
_NAMED = """
    FROM alerts WHERE alert_id = $id
        OR (implied_by IS NOT NULL AND party = (SELECT any_value(party) FROM alerts WHERE alert_id = $id))
    ORDER BY alert_id
"""


def whole(settings: Settings, alert_id: str) -> Row:
    """The row of `alerts_at`, with `deliveries` as of now, `named`: alerts told in the same message, and `message`:
    subject, text, html, and sent: whether it is as it was sent, or as it would go out now, without a translation.

    Raises:
        QueryError: there is no such alert.
        StorageError: the outbox cannot be read.
    """
    row = raised.one(settings, alert_id)
    kept = last(settings, alert_id)
    message = kept or preview(settings, alert_id)
    said = {"subject": message.subject, "text": message.text, "html": message.html, "sent": kept is not None}
    return {
        **row,
        "deliveries": deliveries(settings, row),
        "named": raised.named(settings, alert_id),
        "message": said,
    }


def deliveries(settings: Settings, row: Row) -> list[Row]:
    """A row a channel that was tried: channel, state, at, error, and by: who asked to send it again.

    Raises:
        StorageError: the outbox cannot be read.
    """
    asked = {record.channel: record.by for record in outbox.records(settings.home, row["alert_id"])}
    return [{**one, "by": asked.get(one["channel"])} for one in row["deliveries"]]


def last(settings: Settings, alert_id: str) -> Kept | None:
    """The message as it was sent last, rather one that arrived; None where none is kept.

    Raises:
        StorageError: the outbox cannot be read.
    """
    latest = sorted(outbox.records(settings.home, alert_id), key=lambda record: record.at, reverse=True)
    first = sorted(latest, key=lambda record: record.state != "sent")
    kept = (outbox.kept(settings.home, record.key) for record in first)
    return next((message for message in kept if message is not None), None)


def preview(settings: Settings, alert_id: str) -> Kept:
    """The message as it would go out now, but for a translation: no program is started to show it.

    Raises:
        QueryError: there is no such alert.
    """
    stored = alert_rows.from_table(query.run(settings.home, _NAMED, {"id": alert_id}))
    own = [alert for alert in stored if alert.alert_id == alert_id]
    message = rehearsal.composed(replace(settings, translator=""), own, stored)
    return Kept(message.subject, message.text, message.html)
