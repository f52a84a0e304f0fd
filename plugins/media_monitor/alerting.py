"""Raises alerts on what a load brought, and delivers those that are due, by the rules of `alerts.toml`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pyarrow as pa

from media_monitor import config, consistency, measuring
from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.errors import DeliveryError, QueryError
from media_monitor.model import Alert, AlertKind
from media_monitor.results import Delivered
from media_monitor.warehouse import lake, staging
from media_monitor.warehouse.durable import write_text
from media_monitor.watch.message.translation import Translator
from media_monitor.watch.raising import alerts, findings
from media_monitor.watch.rules import alerts_file
from media_monitor.watch.rules.rulebook import Rulebook
from media_monitor.watch.sending.dispatch import dispatch
from media_monitor.watch.sending.routes import Directory, LookUp
from media_monitor.watch.sending.teller import Teller

HISTORY = "history"  # file of the data folder: a batch of the past is being loaded, and from when on it tells news
BACKFILL = "backfill"  # who acknowledged alerts that are history
SIGNS: frozenset[AlertKind] = frozenset({"burst", "silence", "quarantine"})  # kinds that tell of no words
RAISED = "raised"  # stage of a batch: the alerts that its load raised


def rules(settings: Settings) -> Rulebook:
    """The rules in force.

    Raises:
        BeatError: the file of rules is faulty.
    """
    return alerts_file.load(Beat.load(settings.beat), settings.alerts)


def stored(settings: Settings) -> list[Alert]:
    """Every alert, as the lake has it."""
    return alerts.stored(lake.read(settings.home, "alerts"))


def raise_alerts(settings: Settings, batch: str, history: datetime | None = None) -> pa.Table:
    """New and changed alerts, for the lake. The new ones are staged before they are stored: a load that was killed in
    between still tells of them when it runs again. Those on what was printed before `history` are history."""
    new, changed = _found(settings, history)
    if new or not staging.exists(settings.home, batch, RAISED):
        staging.write(settings.home, batch, RAISED, {"alerts": alerts.table(new)})
    return alerts.table([*changed, *new])


def begin_history(settings: Settings, history: datetime | None) -> None:
    """Notes, before a batch of the past is merged, that what it brings is history: where its load is killed before its
    alerts are stored, the next load must not take them for news."""
    if history is not None:
        write_text(settings.home / HISTORY, f"{history.isoformat()} {settings.now().isoformat()}")


def finish_history(settings: Settings) -> None:
    """Stores as history the alerts of a load of the past that was killed, as of then. Wants the writer's lock held."""
    interrupted = _history(settings)
    if interrupted is not None:
        history, then = interrupted
        consistency.refresh(settings)
        new, changed = _found(replace(settings, as_of=then), history)
        lake.merge(settings.home, {"alerts": alerts.table([*changed, *new])})
        consistency.refresh(settings)
        end_history(settings)


def _history(settings: Settings) -> tuple[datetime, datetime] | None:
    """Of a load of the past that was killed before its alerts were stored: from when on it tells news, and when it
    began; None for no such."""
    note = settings.home / HISTORY
    if not note.exists():
        return None
    history, then = map(datetime.fromisoformat, note.read_text(encoding="utf-8").split())
    return history, then


def end_history(settings: Settings) -> None:
    """The alerts of a load of the past are stored."""
    (settings.home / HISTORY).unlink(missing_ok=True)


def _found(settings: Settings, history: datetime | None) -> tuple[list[Alert], list[Alert]]:
    """(new, changed). Of an archive only words are told: its bursts and silences say when it was made."""
    book, beat = rules(settings), Beat.load(settings.beat)
    kinds = book.kinds if history is None else book.kinds - SIGNS
    found = consistency.sound(settings, lambda home: findings.find(home, beat, kinds))
    new, changed = alerts.raise_new(found, stored(settings), beat, book, settings.now())
    return [_as_history(alert, history, settings.now()) for alert in new], changed


def _as_history(alert: Alert, history: datetime | None, now: datetime) -> Alert:
    """The alert, acknowledged where it tells of what was printed before. That evidence of one that people were told of
    is gone is news all the same."""
    if history is None or alert.kind == "withdrawn" or alert.confirmation is None:
        return alert
    if alert.confirmation.printed_at >= history:
        return alert
    return replace(alert, acknowledged_at=now, acknowledged_by=BACKFILL)


def unraised(settings: Settings) -> tuple[list[Alert], list[Alert]]:
    """(new, changed) as `alerts.raise_new`: alerts on words that the ledger has and that no load has raised or brought
    up to date. Nothing is stored.

    Raises:
        CorruptFileError: a partition of the alerts is damaged, or the published warehouse.
    """
    book, beat = rules(settings), Beat.load(settings.beat)
    found = findings.find(settings.home, beat, book.kinds - SIGNS)
    known = alerts.stored(lake.seen(settings.home, "alerts"))
    new, changed = alerts.raise_new(found, known, beat, book, settings.now())
    history, _ = _history(settings) or (None, None)
    return [_as_history(alert, history, settings.now()) for alert in new], changed


def store(settings: Settings, changed: Sequence[Alert]) -> None:
    """Puts new and changed alerts into lake and warehouse."""
    with consistency.writing(settings):
        lake.merge(settings.home, {"alerts": alerts.table(changed)})
        consistency.refresh(settings)


def raised(settings: Settings, batch: str) -> tuple[Alert, ...]:
    """The alerts that the load of the batch raised."""
    return tuple(alerts.stored(staging.read(settings.home, batch, RAISED)["alerts"]))


def directory(settings: Settings, connection: LookUp | None = None) -> Directory:
    """Where the addresses of channels come from. `connection`: the URLs of an Airflow connection."""
    return Directory(rules(settings), settings.alert_urls, config.secret, connection)


def teller(settings: Settings) -> Teller:
    """Tells what a message has besides its alert: the tree of sources, a translation, the evidence page."""
    translator = Translator(settings.translator, settings.translate_to, settings.translator_seconds)
    return Teller(settings.home, Beat.load(settings.beat), translator, settings.page_url)


def deliver(
    settings: Settings, resend: str | None = None, connection: LookUp | None = None, by: str | None = None
) -> Delivered:
    """Delivers every alert that is due and that a channel of its rule has not had, or sends the alert with the id
    `resend` again, as `by` asked.

    Sending holds no lock on the warehouse: a channel that is slow or down keeps no load waiting.

    Raises:
        DeliveryError: a channel took no message; what others took is recorded, the rest is tried again next time.
        QueryError: no alert has the id `resend`.
        BeatError: the file of rules is faulty.
    """
    before, places = stored(settings), directory(settings, connection)
    if resend is not None and resend not in {alert.alert_id for alert in before}:
        raise QueryError(f"alert {resend}", "there is no such alert")
    outcome = dispatch(
        before, places, settings.home, Beat.load(settings.beat), settings.now(), resend, teller(settings), by
    )
    changed = [after for after, old in zip(outcome.alerts, before, strict=True) if after != old]
    if changed:
        _record(settings, changed)
    sent = sum(any(d.state == "sent" for d in alert.deliveries) for alert in changed)
    measuring.delivered(settings, sent, len(outcome.failed) + len(outcome.unknown))
    if outcome.failed:
        raise DeliveryError("alerts", "; ".join(outcome.failed))
    return Delivered(sent, tuple(outcome.unknown))


def _record(settings: Settings, changed: Sequence[Alert]) -> None:
    with consistency.writing(settings):
        # A load may have graded them anew meanwhile, or somebody judged them: only the deliveries are ours.
        now_stored = {alert.alert_id: alert for alert in stored(settings)}
        told = [replace(now_stored.get(a.alert_id, a), deliveries=a.deliveries) for a in changed]
        store(settings, told)
