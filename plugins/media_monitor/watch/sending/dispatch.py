"""Which alerts go out now, under which rule, to which channels."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from media_monitor.beat import Beat
from media_monitor.model import Alert, Delivery
from media_monitor.watch.rules.rulebook import Rule, Rulebook
from media_monitor.watch.sending import delivery
from media_monitor.watch.sending.channels import channels
from media_monitor.watch.sending.delivery import Outcome, Tell, untold
from media_monitor.watch.sending.routes import Directory, Route


def dispatch(
    alerts: Sequence[Alert], places: Directory, home: Path, beat: Beat, now: datetime, resend: str | None = None,
    tell: Tell = untold, by: str | None = None,
) -> Outcome:  # fmt: skip
    """What became of the alerts after each that is due went through the channels of its rule that have not had it.

    A channel whose address cannot be found stops no other; it gets its alerts once it is found. With `resend` only that
    alert is sent, as `by` asks, through every channel on which it is not known to have arrived. The alerts come in the
    order given.

    Raises:
        StorageError, BeatError: as for `delivery.deliver`.
    """
    after = {alert.alert_id: alert for alert in alerts}
    outcome = Outcome([], [], [])
    chosen = [a for a in alerts if a.alert_id == resend] if resend is not None else ready(alerts, now)
    for rule, due in by_rule(chosen, places.book):
        told = _under(rule, due, alerts, places.route(rule.channels), home, beat, now, resend, tell, by)
        after |= {alert.alert_id: alert for alert in told.alerts if alert.alert_id in {a.alert_id for a in due}}
        outcome.failed.extend(told.failed)
        outcome.unknown.extend(told.unknown)
    outcome.alerts.extend(after[alert.alert_id] for alert in alerts)
    return outcome


def ready(alerts: Sequence[Alert], now: datetime) -> list[Alert]:
    """The alerts that may go out now. Left out: what was acknowledged or judged wrong; what was withdrawn before
    anybody was told, and that it was."""
    told = {alert.alert_id for alert in alerts if any(d.state != "failed" for d in alert.deliveries)}
    quiet = {_words(alert) for alert in alerts if alert.withdrawn_at is not None and alert.alert_id not in told}
    return [
        alert
        for alert in alerts
        if alert.wrong_at is None
        and alert.acknowledged_at is None
        and (alert.due_at is None or alert.due_at <= now)
        and not (alert.withdrawn_at is not None and alert.alert_id not in told)
        and not (alert.kind == "withdrawn" and _words(alert) in quiet)
    ]


def _words(alert: Alert) -> tuple[str, str, str]:
    return (alert.step.claim, alert.step.party, alert.step.first_statement) if alert.confirmation else ("", "", "")


def by_rule(alerts: Iterable[Alert], book: Rulebook) -> list[tuple[Rule, list[Alert]]]:
    """The alerts under the rules that raised them, in the order of the alerts."""
    groups: dict[str, list[Alert]] = {}
    for alert in alerts:
        groups.setdefault(alert.rule, []).append(alert)
    return [(book.of(rule_id, own[0].kind), own) for rule_id, own in groups.items()]


def _under(
    rule: Rule, due: list[Alert], everything: Sequence[Alert], route: Route, home: Path, beat: Beat, now: datetime,
    resend: str | None, tell: Tell, by: str | None,
) -> Outcome:  # fmt: skip
    """The due alerts of one rule. What they imply is not sent, but named with them."""
    implied = [alert for alert in everything if alert.implied_by is not None and alert not in due]

    def deliver(own: list[Alert], urls: list[str]) -> Outcome:
        if resend is not None:
            return delivery.resend(resend, [*own, *implied], urls, home, beat, now, tell=tell, by=by)
        together = rule.times.digest is not None
        return delivery.deliver([*own, *implied], urls, home, beat, now, together=together, tell=tell)

    known = [url for urls in route.urls.values() for url in urls]
    outcome = deliver(due, known)
    own = {alert.alert_id: alert for alert in outcome.alerts[: len(due)]}
    for name, urls in route.urls.items():
        late = [alert for alert in own.values() if _mark(alert, name) is not None]
        if late:
            # Nothing else was to go through this channel meanwhile, so what went through others says nothing about it.
            bare = [replace(a, deliveries=_through(a, urls)) for a in late]
            told = deliver(bare, urls)
            for alert, sent in zip(late, told.alerts, strict=False):
                own[alert.alert_id] = _with(_without(alert, name), sent.deliveries)
            outcome.failed.extend(told.failed)
            outcome.unknown.extend(told.unknown)
    for name, reason in route.lost.items():
        for before in due:
            if before.implied_by is None and _waits(before, name):
                own[before.alert_id] = _with(own[before.alert_id], (Delivery(name, "failed", now, reason),))
                outcome.failed.append(f"alert {before.alert_id} through {name}: {reason}; it is tried again")
    return Outcome(list(own.values()), outcome.failed, outcome.unknown)


def _mark(alert: Alert, name: str) -> Delivery | None:
    """That the address of the channel could not be found when the alert was to go out."""
    return next((d for d in alert.deliveries if d.channel == name), None)


def _waits(alert: Alert, name: str) -> bool:
    return _mark(alert, name) is not None or all(d.state != "sent" for d in alert.deliveries)


def _through(alert: Alert, urls: Sequence[str]) -> tuple[Delivery, ...]:
    names = {channel.name for channel in channels(urls)}
    return tuple(d for d in alert.deliveries if d.channel in names)


def _without(alert: Alert, name: str) -> Alert:
    return replace(alert, deliveries=tuple(d for d in alert.deliveries if d.channel != name))


def _with(alert: Alert, deliveries: Iterable[Delivery]) -> Alert:
    by_channel = {d.channel: d for d in (*alert.deliveries, *deliveries)}
    return replace(alert, deliveries=tuple(by_channel[channel] for channel in sorted(by_channel)))
