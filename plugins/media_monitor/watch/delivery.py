"""Delivers alerts exactly once through each channel, over retries, runs again, crashes and processes side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from media_monitor.beat import Beat
from media_monitor.errors import DeliveryError, QueryError
from media_monitor.model import Alert, Delivery, DeliveryState
from media_monitor.watch import outbox, sending
from media_monitor.watch.channels import Channel, channels
from media_monitor.watch.message.compose import compose
from media_monitor.watch.outbox import Record

DIED = "the process that sent it ended before it had an answer, so that the message may or may not have arrived"


class Outcome(NamedTuple):
    """The alerts with their deliveries brought up to date, in the order given; then a line for each that `failed` and
    is tried again by the next call, and for each whose outcome is `unknown`."""

    alerts: list[Alert]
    failed: list[str]
    unknown: list[str]


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every delivery of one call needs. `resent` is the alert that somebody asked to send again."""

    alerts: Sequence[Alert]
    home: Path
    beat: Beat
    now: datetime
    resent: str | None = None


def deliver(alerts: Sequence[Alert], urls: Sequence[str], home: Path, beat: Beat, now: datetime) -> Outcome:
    """What became of the alerts after sending each through the channels that have not had it.

    An alert goes through each channel that has not had it. A definite failure is tried again by the next call. What may
    have arrived is `unknown`: it is reported by every call, and only `resend` sends it again. Alerts implied by another
    are named in its message. A channel that is set up after an alert was sent does not get it. `now` is aware.

    Raises:
        StorageError: the outbox cannot be written; nothing is sent without a record.
        BeatError: a file of the beat is faulty.
    """
    return _deliver(_Desk(alerts, home, beat, now), urls)


def resend(
    alert_id: str, alerts: Sequence[Alert], urls: Sequence[str], home: Path, beat: Beat, now: datetime
) -> Outcome:
    """As `deliver`, for one alert, through every channel on which it is not known to have arrived.

    Raises:
        QueryError: no alert has this id.
        StorageError, BeatError: as for `deliver`.
    """
    if alert_id not in {alert.alert_id for alert in alerts}:
        raise QueryError(f"alert {alert_id}", "there is no such alert")
    return _deliver(_Desk(alerts, home, beat, now, resent=alert_id), urls)


def _deliver(desk: _Desk, urls: Sequence[str]) -> Outcome:
    outcome = Outcome([], [], [])
    for alert in desk.alerts:
        due = channels(urls) if _on_its_own(alert, desk) else []
        deliveries = [d for d in (_through(alert, channel, desk) for channel in due) if d is not None]
        outcome.alerts.append(_recorded(alert, deliveries))
        outcome.failed.extend(_failed(alert, d) for d in deliveries if d.state == "failed")
        outcome.unknown.extend(_unknown(alert, d) for d in deliveries if d.state in ("sending", "unknown"))
    return outcome


def _on_its_own(alert: Alert, desk: _Desk) -> bool:
    if desk.resent is not None:
        return alert.alert_id == desk.resent
    return alert.implied_by is None


def _through(alert: Alert, channel: Channel, desk: _Desk) -> Delivery | None:
    """How the alert stands with the channel now, after sending it where it is due; None where it is not."""
    stored = next((d for d in alert.deliveries if d.channel == channel.name), None)
    if stored is not None and stored.state == "sent":
        return stored
    with outbox.held(desk.home, alert.alert_id, channel) as path:
        if path is None:
            return stored
        record = _known(path, alert, channel, stored, desk.now)
        if record is None and desk.resent is None and any(d.state == "sent" for d in alert.deliveries):
            return None
        if record is None or record.state == "failed" or (record.state != "sent" and desk.resent is not None):
            record = _send(path, alert, channel, desk)
        elif record.state == "sending":
            record = replace(record, state="unknown", error=DIED)
            outbox.write(path, record)
    return Delivery(channel.name, record.state, record.at, record.error)


def _known(path: Path, alert: Alert, channel: Channel, stored: Delivery | None, now: datetime) -> Record | None:
    """The record of the outbox, else what the table `alerts` knows, else None."""
    try:
        record = outbox.read(path)
    except ValueError:
        return _record(alert, channel, "sending", now)
    if record is None and stored is not None:
        return replace(_record(alert, channel, stored.state, stored.at), error=stored.error)
    return record


def _send(path: Path, alert: Alert, channel: Channel, desk: _Desk) -> Record:
    record = _record(alert, channel, "sending", desk.now)
    message = compose(alert, _implied(alert, desk.alerts), desk.beat, record.key)
    try:
        service = sending.load(channel, record.key)
    except DeliveryError as error:
        return replace(record, state="failed", error=error.reason)
    outbox.write(path, record)
    outcome = sending.send(service, channel, message)
    record = replace(record, state=outcome.state, error=outcome.error)
    outbox.write(path, record)
    return record


def _record(alert: Alert, channel: Channel, state: DeliveryState, at: datetime) -> Record:
    return Record(alert.alert_id, channel.name, f"{alert.alert_id}-{channel.digest}", state, at)


def _implied(alert: Alert, alerts: Sequence[Alert]) -> list[Alert]:
    """The alerts that the alert's claim implies, for the same party, over any number of steps."""
    told, found = {alert.subject}, list[Alert]()
    same = [a for a in alerts if _side(a) is not None and _side(a) == _side(alert)]
    while more := [a for a in same if a.implied_by in told and a.subject not in told]:
        found += more
        told |= {a.subject for a in more}
    return found


def _side(alert: Alert) -> tuple[str, str, str] | None:
    return (alert.kind, alert.step.beat, alert.step.party) if alert.confirmation else None


def _recorded(alert: Alert, deliveries: Sequence[Delivery]) -> Alert:
    by_channel = {d.channel: d for d in (*alert.deliveries, *deliveries)}
    return replace(alert, deliveries=tuple(by_channel[channel] for channel in sorted(by_channel)))


def _failed(alert: Alert, delivery: Delivery) -> str:
    return f"{_told(alert, delivery)}; it is tried again"


def _unknown(alert: Alert, delivery: Delivery) -> str:
    return (
        f"{_told(alert, delivery)}. OUTCOME UNKNOWN, it is not sent again by itself: look whether it arrived; if not, "
        f"run `media-monitor alert --resend {alert.alert_id}`"
    )


def _told(alert: Alert, delivery: Delivery) -> str:
    return f"alert {alert.alert_id} through {delivery.channel}: {delivery.error}"
