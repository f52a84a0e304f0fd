"""Delivers alerts exactly once through each channel, over retries, runs again, crashes and processes side by side."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from media_monitor.beat import Beat
from media_monitor.errors import DeliveryError, QueryError
from media_monitor.model import Alert, Delivery, DeliveryState, stable_id
from media_monitor.watch.message.account import Beside
from media_monitor.watch.message.compose import ALONE, compose, compose_digest
from media_monitor.watch.message.content import Message
from media_monitor.watch.sending import apprise_service, outbox
from media_monitor.watch.sending.channels import Channel, channels
from media_monitor.watch.sending.outbox import Kept, Record

CHANNEL_SECONDS = 300.0  # after this time a call begins no further message through a channel
MOST_TOGETHER = 100  # alerts in a digest: each holds a lock, an open file, while it is sent
DIED = "the process that sent it ended before it had an answer, so that the message may or may not have arrived"


Tell = Callable[[Alert], Beside]


def untold(_: Alert) -> Beside:
    """Nothing besides the alert."""
    return ALONE


class Outcome(NamedTuple):
    """The alerts with their deliveries brought up to date, in the order given; then a line for each that `failed` and
    is tried again by the next call, and for each whose outcome is `unknown`."""

    alerts: list[Alert]
    failed: list[str]
    unknown: list[str]


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every delivery of one call needs. `resent` is the alert that somebody, `by`, asked to send again."""

    alerts: Sequence[Alert]
    home: Path
    beat: Beat
    now: datetime
    tell: Tell
    resent: str | None = None
    together: bool = False
    by: str | None = None


@dataclass
class _Patience:
    """Whether a channel gets further messages in this call. One that is down, slow or asks for patience (429) does not:
    what is due there waits for the next call, which its message would do anyhow, and keeps nobody waiting now."""

    since: float = field(default_factory=monotonic)
    stalled: bool = False

    @property
    def over(self) -> str | None:
        if self.stalled:
            return "not tried now: the channel did not take the message before it"
        return "not tried now: the channel is slow" if monotonic() - self.since > CHANNEL_SECONDS else None


def deliver(
    alerts: Sequence[Alert], urls: Sequence[str], home: Path, beat: Beat, now: datetime, *, together: bool = False,
    tell: Tell = untold,
) -> Outcome:  # fmt: skip
    """What became of the alerts after sending each through the channels that have not had it.

    Channels are served side by side, each message within a bounded time, so that none waits for another. `tell` gives
    what a message tells besides its alert. With `together` those alerts that a channel has not had go into one message,
    a digest; what is kept of each is the same.

    An alert goes through each channel that has not had it. A definite failure is tried again by the next call. What may
    have arrived is `unknown`: it is reported by every call, and only `resend` sends it again. Alerts implied by another
    are named in its message. A channel that is set up after an alert was sent does not get it. `now` is aware.

    Raises:
        StorageError: the outbox cannot be written; nothing is sent without a record.
        BeatError: a file of the beat is faulty.
    """
    return _deliver(_Desk(alerts, home, beat, now, tell, together=together), urls)


def resend(
    alert_id: str, alerts: Sequence[Alert], urls: Sequence[str], home: Path, beat: Beat, now: datetime,
    *, tell: Tell = untold, by: str | None = None,
) -> Outcome:  # fmt: skip
    """As `deliver`, for one alert, through every channel on which it is not known to have arrived. `by`: who asks.

    Raises:
        QueryError: no alert has this id.
        StorageError, BeatError: as for `deliver`.
    """
    if alert_id not in {alert.alert_id for alert in alerts}:
        raise QueryError(f"alert {alert_id}", "there is no such alert")
    return _deliver(_Desk(alerts, home, beat, now, tell, resent=alert_id, by=by), urls)


def _deliver(desk: _Desk, urls: Sequence[str]) -> Outcome:
    due = [alert for alert in desk.alerts if _on_its_own(alert, desk)]
    made: dict[str, list[Delivery]] = {alert.alert_id: [] for alert in desk.alerts}
    for alert, found in _side_by_side(due, channels(urls) if due else [], desk):
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


def _side_by_side(due: Sequence[Alert], chosen: Sequence[Channel], desk: _Desk) -> list[tuple[Alert, Delivery]]:
    with ThreadPoolExecutor(max(len(chosen), 1), thread_name_prefix="channel") as pool:
        served = [pool.submit(_served, due, channel, desk) for channel in chosen]
    return [told for one in served for told in one.result()]


def _served(due: Sequence[Alert], channel: Channel, desk: _Desk) -> list[tuple[Alert, Delivery]]:
    """The channel with each alert in a message of its own; together they are one message, or a few where very many."""
    patience, size = _Patience(), MOST_TOGETHER if desk.together else 1
    parcels = [due[start : start + size] for start in range(0, len(due), size)]
    return [told for parcel in parcels for told in _through(parcel, channel, desk, patience)]


def _through(
    alerts: Sequence[Alert], channel: Channel, desk: _Desk, patience: _Patience
) -> Iterator[tuple[Alert, Delivery]]:
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
        for alert, record in _send(waiting, channel, desk, patience) if waiting else ():
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


def _send(
    waiting: Sequence[tuple[Alert, Path]], channel: Channel, desk: _Desk, patience: _Patience
) -> list[tuple[Alert, Record]]:
    """Sends the alerts in one message. Every one has its record on disk before the message leaves, and after it."""
    alerts, paths = [alert for alert, _ in waiting], [path for _, path in waiting]
    key = _key(alerts, channel)
    records = [replace(_record(alert, channel, "sending", desk.now), key=key, by=desk.by) for alert in alerts]
    if patience.over:
        return _ended(alerts, records, "failed", patience.over)
    try:
        service = apprise_service.load(channel, key)
    except DeliveryError as error:
        return _ended(alerts, records, "failed", error.reason)
    message = _composed(alerts, key, desk)
    outbox.keep(desk.home, key, Kept(message.subject, message.text, message.html))
    for path, record in zip(paths, records, strict=True):
        outbox.write(path, record)
    outcome = apprise_service.send(service, channel, message)
    patience.stalled = outcome.stalled
    after = _ended(alerts, records, outcome.state, outcome.error)
    for path, (_, record) in zip(paths, after, strict=True):
        outbox.write(path, record)
    return after


def _ended(
    alerts: Sequence[Alert], records: Sequence[Record], state: DeliveryState, error: str | None
) -> list[tuple[Alert, Record]]:
    return [(a, replace(r, state=state, error=error)) for a, r in zip(alerts, records, strict=True)]


def _key(alerts: Sequence[Alert], channel: Channel) -> str:
    """The key that only the same message has."""
    what = alerts[0].alert_id if len(alerts) == 1 else f"digest-{stable_id(*(alert.alert_id for alert in alerts))}"
    return f"{what}-{channel.digest}"


def _composed(alerts: Sequence[Alert], key: str, desk: _Desk) -> Message:
    named = {alert.alert_id: implied(alert, desk.alerts) for alert in alerts}
    beside = {alert.alert_id: desk.tell(alert) for alert in alerts}
    if len(alerts) == 1:
        only = alerts[0]
        return compose(only, named[only.alert_id], desk.beat, key, beside[only.alert_id])
    return compose_digest(alerts, named, desk.beat, key, beside)


def _record(alert: Alert, channel: Channel, state: DeliveryState, at: datetime) -> Record:
    return Record(alert.alert_id, channel.name, f"{alert.alert_id}-{channel.digest}", state, at)


def implied(alert: Alert, alerts: Sequence[Alert]) -> list[Alert]:
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
