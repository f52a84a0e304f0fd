"""The steps of upkeep, in their order. Each can be run alone and again, holds the writer's lock while it changes the
lake, and leaves a data folder that a run can go on with, however it ends.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from media_monitor import consistency, measuring, tables
from media_monitor.config import Settings
from media_monitor.upkeep import answers, compaction, folders, removal, rows
from media_monitor.upkeep.compaction import Joined
from media_monitor.upkeep.limits import limits
from media_monitor.upkeep.removal import Removal
from media_monitor.warehouse import lake, vacuum
from media_monitor.warehouse.schema import migrate, version

Limits = Mapping[str, int | None]
Progress = Callable[[str], None]
TOGETHER = 31  # days that are joined before other writers have their turn


@dataclass(frozen=True, slots=True)
class Done:
    """What a step did, or would do: removals, lines for people, and what was joined in the archive."""

    removals: tuple[Removal, ...] = ()
    told: tuple[str, ...] = field(default=())
    joined: Joined | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step: a sentence on it, and what does it (settings, limits, moment, whether it is only rehearsed, and whom to
    tell how far it is)."""

    doc: str
    run: Callable[[Settings, Limits, datetime, bool, Progress], Done]


def run(
    settings: Settings,
    only: Iterable[str] = (),
    *,
    rehearse: bool = False,
    progress: Progress = lambda _: None,
) -> dict[str, Done]:
    """What each step did, by its name; with `only` those steps alone.

    Raises:
        SettingError: the setting `retention_days` is wrong; nothing was changed.
        WarehouseBusyError: another process is writing.
        StorageError: a file cannot be read or written.
    """
    wanted, now = limits(settings.retention_days), settings.now()
    chosen = set(only) or STEPS.keys()
    told = _waiting(settings) if rehearse else consistency.prepare(settings)
    found = {"prepare": Done(told=tuple(told))} if told else {}
    for name, step in STEPS.items():
        if name in chosen:
            progress(name)
            found[name] = step.run(settings, wanted, now, rehearse, progress)
            for one in () if rehearse else found[name].removals:
                measuring.removed(one.rows, one.bytes)
    return found


def _waiting(settings: Settings) -> list[str]:
    """What the run would do before anything else."""
    wanted = migrate.pending(settings.home)
    return [f"a lake of version {wanted.found} would be brought to version {version.VERSION}"] if wanted else []


def _batches(settings: Settings, wanted: Limits, now: datetime, rehearse: bool, _: Progress) -> Done:
    return _recorded(settings, folders.batches, wanted["batches"], now, rehearse)


def _messages(settings: Settings, wanted: Limits, now: datetime, rehearse: bool, _: Progress) -> Done:
    return _recorded(settings, folders.messages, wanted["messages"], now, rehearse)


def _archive(settings: Settings, wanted: Limits, now: datetime, rehearse: bool, _: Progress) -> Done:
    return _recorded(settings, answers.remove, wanted["warc"], now, rehearse)


def _rows(settings: Settings, wanted: Limits, now: datetime, rehearse: bool, _: Progress) -> Done:
    with consistency.writing(settings):
        told = [] if rehearse else consistency.refresh(settings)  # what is evidence is asked of the warehouse
        found = rows.retain(settings.home, wanted, now, rehearse=rehearse)
        told += consistency.refresh(settings) if found and not rehearse else []
    return Done(tuple(found), tuple(told))


def _compact(settings: Settings, _wanted: Limits, now: datetime, rehearse: bool, progress: Progress) -> Done:
    home, told, done = settings.home, [], Joined()
    due = compaction.due(home, settings.compact_days, now) if settings.compact_days else {}
    if rehearse:
        done = sum((compaction.rehearsed(home, due[day], day, settings.warc_max_bytes) for day in due), done)
    for first in () if rehearse else range(0, len(due), TOGETHER):
        with consistency.writing(settings):
            told += consistency.refresh(settings)  # which rows name a file is asked of the warehouse
            for day in list(due)[first : first + TOGETHER]:
                progress(f"compact: {day}")
                done += compaction.join(home, due[day], day, settings.warc_max_bytes)
            told += consistency.refresh(settings)
    return Done(told=(*told, *_of(done, rehearse)), joined=done) if done.files else Done(told=tuple(told))


def _of(done: Joined, rehearse: bool) -> list[str]:
    would = "would be" if rehearse else "were"
    what = f"{done.files:,} files of the archive, {done.bytes / 1e6:,.1f} MB of {done.days:,} days"
    return [f"{what}, {would} joined into {done.into:,}"]


def _vacuum(settings: Settings, _wanted: Limits, _now: datetime, rehearse: bool, _: Progress) -> Done:
    space = vacuum.space(settings.home)
    if not space.worth:
        return Done()
    freed = space.free if rehearse else vacuum.vacuum(settings.home)
    return Done(told=(f"{freed / 1e6:,.0f} MB of the warehouse {'are' if rehearse else 'were'} unused",))


def _recorded(
    settings: Settings, remove: Callable[..., Removal | None], days: int | None, now: datetime, rehearse: bool
) -> Done:
    if days is None:
        return Done()
    with consistency.writing(settings):
        told = [] if rehearse else consistency.refresh(settings)
        found = remove(settings.home, days, now, rehearse=rehearse)
        if found and not rehearse:
            lake.merge(settings.home, {tables.REMOVALS.name: removal.table([found])})
            told += consistency.refresh(settings)
    return Done((found,) if found else (), tuple(told))


STEPS: Mapping[str, Step] = {
    "batches": Step("removes stages of batches that were never loaded", _batches),
    "messages": Step("removes messages as they were sent long ago", _messages),
    "archive": Step("removes old answers of servers that hold no evidence", _archive),
    "rows": Step("removes old rows of tables that nothing rests on", _rows),
    "compact": Step("joins the small files of the archive, those of a day into one", _compact),
    "vacuum": Step("gives back space that the warehouse file does not use", _vacuum),
}
