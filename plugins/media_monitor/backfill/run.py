"""The backfill as a whole, and its steps alone: an orchestrator may run each as a task."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any

from media_monitor import alerting, consistency
from media_monitor.allocators import give_back
from media_monitor.backfill import dividing, loading, windows
from media_monitor.backfill.outlets import known
from media_monitor.backfill.parts import Part
from media_monitor.backfill.record import Record
from media_monitor.backfill.request import Request
from media_monitor.backfill.tally import Tally
from media_monitor.backfill.windows import Window
from media_monitor.backfill.work import MADE, job, unpacked, work
from media_monitor.config import Settings
from media_monitor.engines.contract import Done, Engine
from media_monitor.errors import BatchRejectedError
from media_monitor.exports import fields
from media_monitor.extract.semantic.model import chosen

NEWS = timedelta(days=2)  # what was printed so long before a backfill began is history, where nothing else is asked
Progress = Callable[[str, int, int], None]
"""Told the step, how much of it is done, and of how much: bytes of `extract`, articles of `load`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of a backfill: those still to be extracted, and how many are done. `unreadable` are files that cannot
    be read."""

    backfill_id: str
    waiting: tuple[Part, ...]
    done: int
    unreadable: Tally
    began: datetime

    @property
    def size(self) -> int:
        """Bytes that are still to be read."""
        return sum(part.size for part in self.waiting)


@dataclass
class Summary:
    """What a backfill came to. `failed`: parts and windows of days that another run has to try again, and why."""

    backfill_id: str
    done_before: int = 0
    parts: int = 0
    tally: Tally = field(default_factory=Tally)
    failed: dict[str, str] = field(default_factory=dict)
    windows: int = 0
    repeats: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    history: int = 0
    news: int = 0
    confirmations: list[dict[str, Any]] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        told = {name: value for name, value in vars(self).items() if name != "tally"}
        return told | self.tally.as_json()


def plan(settings: Settings, request: Request) -> Plan:
    """What is to be done of the request, after finishing what an interrupted run left in the lake.

    Raises:
        StorageError: a source cannot be listed.
        BeatError, SettingError: something that every part needs is faulty.
    """
    consistency.prepare(settings)
    alerting.rules(settings)
    known(settings)
    chosen(settings.semantic)
    found, unreadable = dividing.parts(request)
    record = record_of(settings, request)
    began = record.began(request.as_json(), settings.now())
    done = record.extracted().keys()
    waiting = tuple(part for part in found if part.key not in done)
    return Plan(record.folder.name, waiting, len(found) - len(waiting), unreadable, began)


def record_of(settings: Settings, request: Request) -> Record:
    """The record of the request in the data folder."""
    return Record(settings.home, request.backfill_id(settings.beat))


def extract(
    settings: Settings, request: Request, found: Plan, engine: Engine, summary: Summary,
    progress: Progress = lambda *_: None,
) -> None:  # fmt: skip
    """Extracts the parts that wait, and adds what became of them to the summary."""
    record, parts = record_of(settings, request), found.waiting
    size, read = sum(part.size for part in parts), 0
    progress("extract", read, size)
    wanted = job(settings, request, found.began)
    for done in engine.run(partial(work, wanted=wanted), MADE, (part.batch() for part in parts)):
        part = parts[done.number]
        _keep(record, part, done, summary)
        read += part.size
        progress("extract", read, size)
    give_back()


def _keep(record: Record, part: Part, done: Done, summary: Summary) -> None:
    if done.fault is not None:
        summary.failed[part.name] = done.fault
        return
    rows, tally = unpacked(done.batches)
    record.keep(part, rows, tally)
    summary.parts += 1
    summary.tally.add(tally)


def load(settings: Settings, request: Request, summary: Summary, progress: Progress = lambda *_: None) -> None:
    """Loads what is extracted and not loaded, window after window, and adds what became of it to the summary."""
    record = record_of(settings, request)
    with consistency.writing(settings):
        alerting.finish_history(settings)
    while (current := _round(record)) is not None:
        keys, cut, done = current
        total, loaded = sum(w.articles for w in cut), sum(w.articles for w in cut[:done])
        days = {key: one.days for key, one in record.extracted().items()}
        rejected: list[Window] = []
        for number, window in enumerate(cut[done:], done + 1):
            progress("load", loaded, total)
            inside = [key for key in keys if any(window.first <= day <= window.last for day in days[key])]
            if not _loaded(settings, request, record, inside, window, summary):
                rejected.append(window)
            _note(record, keys, cut, number)
            loaded += window.articles
            give_back()
        progress("load", loaded, total)
        if rejected:
            _note(record, keys, rejected, 0)
            return
        record.end_round(keys)


def _round(record: Record) -> tuple[list[str], list[Window], int] | None:
    """(keys of parts, windows, how many of these are done) of what is being loaded, or is to be loaded next."""
    told = record.round()
    if told is None:
        waiting = {key: one for key, one in record.extracted().items() if not one.loaded}
        if not waiting:
            return None
        cut = windows.windows(one.days for one in waiting.values())
        _note(record, list(waiting), cut, 0)
        return list(waiting), cut, 0
    return told["parts"], [windows.from_json(one) for one in told["windows"]], told["done"]


def _note(record: Record, keys: Sequence[str], cut: Iterable[Window], done: int) -> None:
    record.set_round({"parts": list(keys), "windows": [window.as_json() for window in cut], "done": done})


def _loaded(
    settings: Settings, request: Request, record: Record, keys: Sequence[str], window: Window, summary: Summary
) -> bool:
    """Whether the window was loaded; it is not where it was rejected as a whole."""
    began = record.began(request.as_json(), settings.now())
    asked = request.alerts_since
    history = datetime.combine(asked, time(), UTC) if asked else began - NEWS
    try:
        stored = loading.load(settings, record, keys, window, history)
    except BatchRejectedError as error:
        summary.failed[f"days {window.first} to {window.last}"] = str(error)
        return False
    summary.windows += 1
    summary.repeats += stored.repeats
    for name, count in stored.loaded.rows.items():
        summary.rows[name] = summary.rows.get(name, 0) + count
    past = sum(alert.acknowledged_by == alerting.BACKFILL for alert in stored.loaded.alerts)
    summary.history += past
    summary.news += len(stored.loaded.alerts) - past
    told = [alert for alert in stored.loaded.confirmations if alert.acknowledged_by != alerting.BACKFILL]
    summary.confirmations += [fields.plain(fields.of_alert(alert)) for alert in told]
    summary.messages += stored.loaded.messages
    return True


def backfill(settings: Settings, request: Request, engine: Engine, progress: Progress = lambda *_: None) -> Summary:
    """The whole backfill; going on, where the same was asked for before and was interrupted.

    Raises:
        StorageError: a source cannot be listed, or the data folder not be written.
        WarehouseBusyError: another process works on this backfill, or others write for half an hour.
    """
    record = record_of(settings, request)
    with record.running():
        found = plan(settings, request)
        summary = Summary(found.backfill_id, done_before=found.done)
        summary.tally.add(found.unreadable)
        extract(settings, request, found, engine, summary, progress)
        load(settings, request, summary, progress)
    return summary
