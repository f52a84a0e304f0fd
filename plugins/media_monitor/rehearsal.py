"""What would go out, without sending it; and a test message through one channel."""

from collections.abc import Sequence
from dataclasses import dataclass

from media_monitor import alerting, judging
from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.errors import DeliveryError
from media_monitor.model import Alert, stable_id
from media_monitor.watch.message.compose import compose, compose_digest, plain_note
from media_monitor.watch.message.content import Message
from media_monitor.watch.sending import apprise_service, delivery, outbox
from media_monitor.watch.sending.channels import Channel, channels
from media_monitor.watch.sending.dispatch import by_rule, ready
from media_monitor.watch.sending.routes import LookUp


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message that would go out now: under which rule, through which channel (its name, and what may be shown of its
    address), and of which alerts."""

    rule: str
    channel: str
    address: str
    alerts: tuple[Alert, ...]
    message: Message


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What `alert` would send now; a line for each channel that cannot be reached; alerts that are not due yet."""

    parcels: tuple[Parcel, ...]
    lost: tuple[str, ...]
    later: tuple[Alert, ...]


def rehearse(settings: Settings, connection: LookUp | None = None) -> Rehearsal:
    """What would go out now. Nothing is sent, and nothing is written down.

    Raises:
        BeatError: the file of rules is faulty.
    """
    stored, places, now = alerting.stored(settings), alerting.directory(settings, connection), settings.now()
    parcels, lost = list[Parcel](), dict[str, None]()
    for rule, own in by_rule(ready(stored, now), places.book):
        route = places.route(rule.channels)
        own = [alert for alert in own if alert.implied_by is None]
        for name, urls in route.urls.items():
            for channel in channels(urls):
                due = [alert for alert in own if _waits(settings, alert, name, channel)]
                together = [due] if rule.times.digest is not None and due else [[alert] for alert in due]
                parcels += [_parcel(settings, rule.rule_id, name, channel, group, stored) for group in together]
        if any(all(d.state != "sent" for d in alert.deliveries) for alert in own):
            lost |= {f"channel {name}: {reason}": None for name, reason in route.lost.items()}
    later = [a for a in stored if a.due_at and a.due_at > now and a.implied_by is None and not a.wrong_at]
    return Rehearsal(tuple(parcels), tuple(lost), tuple(later))


def _waits(settings: Settings, alert: Alert, name: str, channel: Channel) -> bool:
    """Whether the channel has not had the alert, as far as is written down."""
    states = {d.channel: d.state for d in alert.deliveries}
    try:
        record = outbox.read(outbox.place(settings.home, alert.alert_id, channel))
    except ValueError:
        return False
    state = record.state if record else states.get(channel.name)
    return state == "failed" or (state is None and (name in states or "sent" not in states.values()))


def _parcel(
    settings: Settings, rule: str, name: str, channel: Channel, group: Sequence[Alert], stored: Sequence[Alert]
) -> Parcel:
    return Parcel(rule, name, channel.name, tuple(group), composed(settings, group, stored))


def composed(settings: Settings, group: Sequence[Alert], stored: Sequence[Alert]) -> Message:
    """The message of the alerts as it would go out now; it names what they imply among those stored."""
    beat, tell = Beat.load(settings.beat), alerting.teller(settings)
    implied = {alert.alert_id: delivery.implied(alert, stored) for alert in group}
    beside = {alert.alert_id: tell(alert) for alert in group}
    if len(group) == 1:
        only = group[0]
        return compose(only, implied[only.alert_id], beat, f"{only.alert_id}-preview", beside[only.alert_id])
    return compose_digest(group, implied, beat, "preview", beside)


def message(settings: Settings, alert_id: str) -> Message:
    """The message of one alert, as it would go out now.

    Raises:
        QueryError: there is no such alert.
    """
    return composed(settings, [judging.one(settings, alert_id)], alerting.stored(settings))


def probe(settings: Settings, name: str, connection: LookUp | None = None) -> list[str]:
    """Sends a test message through every address of the channel; returns what may be shown of them.

    Raises:
        SettingError: there is no such channel, or its address cannot be found.
        DeliveryError: an address did not take the message, or nobody knows whether it did; the message says why.
    """
    urls = alerting.directory(settings, connection).urls(name)
    if not urls:
        raise DeliveryError(f"channel {name}", "has no address: put Apprise URLs into the setting alert_urls")
    failed = []
    for channel in channels(urls):
        key = f"{stable_id('test', settings.now().isoformat())}-{channel.digest}"
        outcome = apprise_service.send(
            apprise_service.load(channel, key), channel, plain_note(*_note(settings, name), key)
        )
        if outcome.state != "sent":
            failed.append(f"{channel.name}: {outcome.state}: {outcome.error}")
    if failed:
        raise DeliveryError(f"channel {name}", "; ".join(failed))
    return [channel.name for channel in channels(urls)]


def _note(settings: Settings, name: str) -> tuple[str, str]:
    beat = Beat.load(settings.beat)
    return (
        f"Test of the channel {name}",
        f"Alerts of the beat {beat.name} reach you here. This is a test: nothing happened, and nothing is recorded.",
    )
