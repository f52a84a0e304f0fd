"""Delivers alerts exactly once through each channel, over retries, runs again, crashes and processes side by side."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from media_monitor.beat import Beat
from media_monitor.errors import DeliveryError, QueryError
from media_monitor.model import Alert, Delivery, DeliveryState, stable_id
from media_monitor.watch import outbox, sending
from media_monitor.watch.channels import Channel, channels
from media_monitor.watch.message.compose import compose, compose_digest
from media_monitor.watch.message.content import Message
from media_monitor.watch.outbox import Record

MOST_TOGETHER = 100  # alerts in a digest: each holds a lock, an open file, while it is sent
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


_Way = Callable[[Sequence[Alert], Sequence[Channel], _Desk], Iterator[tuple[Alert, Delivery]]]


def deliver(
    alerts: Sequence[Alert], urls: Sequence[str], home: Path, beat: Beat, now: datetime, *, together: bool = False
) -> Outcome:
    """What became of the alerts after sending each through the channels that have not had it.

    With `together` those that a channel has not had go into one message, a digest; what is kept of each is the same.

    An alert goes through each channel that has not had it. A definite failure is tried again by the next call. What may
    have arrived is `unknown`: it is reported by every call, and only `resend` sends it again. Alerts implied by another
    are named in its message. A channel that is set up after an alert was sent does not get it. `now` is aware.

    Raises:
        StorageError: the outbox cannot be written; nothing is sent without a record.
        BeatError: a file of the beat is faulty.
    """
    return _deliver(_Desk(alerts, home, beat, now), urls, _together if together else _apart)


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
    return _deliver(_Desk(alerts, home, beat, now, resent=alert_id), urls, _apart)


def _deliver(desk: _Desk, urls: Sequence[str], send: _Way) -> Outcome:
    due = [alert for alert in desk.alerts if _on_its_own(alert, desk)]
    made: dict[str, list[Delivery]] = {alert.alert_id: [] for alert in desk.alerts}
    for alert, found in send(due, channels(urls), desk):
        made[alert.alert_id].append(found)
    outcome = Outcome([], [], [])
    for alert in desk.alerts:
        deliveries = made[alert.alert_id]
        outcome.alerts.append(_recorded(alert, deliveries))
        outcome.failed.extend(_failed(alert, d) for d in deliveries if d.state == "failed")
        outcome.unknown.extend(_unknown(alert, d) for d in deliveries if d.state in ("sending", "unknown"))
    return outcome


def _on_its_own(alert: Alert, desk: _Desk) -> bool:
    if desk.resent is not None:
        return alert.alert_id == desk.resent
    return alert.implied_by is None


def _apart(due: Sequence[Alert], chosen: Sequence[Channel], desk: _Desk) -> Iterator[tuple[Alert, Delivery]]:
    """Each alert in a message of its own, first the first alert through all channels."""
    for alert in due:
        for channel in chosen:
            yield from _through([alert], channel, desk)


def _together(due: Sequence[Alert], chosen: Sequence[Channel], desk: _Desk) -> Iterator[tuple[Alert, Delivery]]:
    """For each channel one message of the alerts that it has not had, or a few where they are very many."""
    for channel in chosen:
        for start in range(0, len(due), MOST_TOGETHER):
            yield from _through(due[start : start + MOST_TOGETHER], channel, desk)


def _through(alerts: Sequence[Alert], channel: Channel, desk: _Desk) -> Iterator[tuple[Alert, Delivery]]:
    """How the alerts stand with the channel now, after sending in one message those that are due there; the others that
    it has nothing to do with are left out."""
    waiting = []
    with ExitStack() as held:
        for alert in alerts:
            stored = next((d for d in alert.deliveries if d.channel == channel.name), None)
            if stored is not None and stored.state == "sent":
                yield alert, stored
                continue
            path = held.enter_context(outbox.held(desk.home, alert.alert_id, channel))
            if path is None:
                if stored is not None:
                    yield alert, stored
                continue
            record = _known(path, alert, channel, stored, desk.now)
            if record is None and desk.resent is None and any(d.state == "sent" for d in alert.deliveries):
                continue
            if record is None or record.state == "failed" or (record.state != "sent" and desk.resent is not None):
                waiting.append((alert, path))
                continue
            if record.state == "sending":
                record = replace(record, state="unknown", error=DIED)
                outbox.write(path, record)
            yield alert, _delivery(record)
        for alert, record in _send(waiting, channel, desk) if waiting else ():
            yield alert, _delivery(record)


def _delivery(record: Record) -> Delivery:
    return Delivery(record.channel, record.state, record.at, record.error)


def _known(path: Path, alert: Alert, channel: Channel, stored: Delivery | None, now: datetime) -> Record | None:
    """The record of the outbox, else what the table `alerts` knows, else None."""
    try:
        record = outbox.read(path)
    except ValueError:
        return _record(alert, channel, "sending", now)
    if record is None and stored is not None:
        return replace(_record(alert, channel, stored.state, stored.at), error=stored.error)
    return record


def _send(waiting: Sequence[tuple[Alert, Path]], channel: Channel, desk: _Desk) -> list[tuple[Alert, Record]]:
    """Sends the alerts in one message. Every one has its record on disk before the message leaves, and after it."""
    message, key = _composed([alert for alert, _ in waiting], channel, desk)
    records = [replace(_record(alert, channel, "sending", desk.now), key=key) for alert, _ in waiting]
    try:
        service = sending.load(channel, key)
    except DeliveryError as error:
        failed = [replace(record, state="failed", error=error.reason) for record in records]
        return [(alert, record) for (alert, _), record in zip(waiting, failed, strict=True)]
    for (_, path), record in zip(waiting, records, strict=True):
        outbox.write(path, record)
    outcome = sending.send(service, channel, message)
    after = [replace(record, state=outcome.state, error=outcome.error) for record in records]
    for (_, path), record in zip(waiting, after, strict=True):
        outbox.write(path, record)
    return [(alert, record) for (alert, _), record in zip(waiting, after, strict=True)]


def _composed(alerts: Sequence[Alert], channel: Channel, desk: _Desk) -> tuple[Message, str]:
    """The message, and the key that only the same message has."""
    if len(alerts) == 1:
        key = _record(alerts[0], channel, "sending", desk.now).key
        return compose(alerts[0], _implied(alerts[0], desk.alerts), desk.beat, key), key
    key = f"digest-{stable_id(*(alert.alert_id for alert in alerts))}-{channel.digest}"
    implied = {alert.alert_id: _implied(alert, desk.alerts) for alert in alerts}
    return compose_digest(alerts, implied, desk.beat, key), key


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
