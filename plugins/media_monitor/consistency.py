"""Keeps lake and warehouse consistent: after a merge, an interruption or damage.

Readers of the warehouse go through `sound`: a published file that proves damaged is made again from the lake, which
is the truth.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from media_monitor.beat import Beat
from media_monitor.collect.lists import feeds, publishers
from media_monitor.config import Settings
from media_monitor.errors import CorruptFileError, StorageError
from media_monitor.sources import Feed
from media_monitor.warehouse import belonging, census, index, lake, lock, query, reference, staging, trends
from media_monitor.watch import ledger

_Found = TypeVar("_Found")
_log = logging.getLogger(__name__)


@contextmanager
def writing(settings: Settings) -> Iterator[None]:
    """Holds the writer's lock of the data folder, once it is sure that the folder belongs to the beat, or to none yet.

    Raises:
        WarehouseBusyError: another process is writing.
        SettingError: the folder holds another beat.
    """
    with lock.writing(settings.home):
        belonging.check(settings)
        yield


def prepare(settings: Settings) -> list[str]:
    """Brings lake and warehouse to a consistent state after an interruption or damage; returns what was done."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(settings.home, f"the data folder cannot be made: {error.strerror}") from error
    with writing(settings):
        messages = [*lake.recover(settings.home), *refresh(settings)]
        staged = staging.batches(settings.home)
        for batch in sound(settings, lambda home: query.loaded_batches(home, staged)):
            staging.discard(settings.home, batch)
        return messages


def rebuild(settings: Settings) -> list[str]:
    """Makes the warehouse again from the lake alone; returns messages."""
    with writing(settings):
        messages = lake.recover(settings.home)
        return [*messages, *index.rebuild(settings.home, _scripts(), _reference(settings), derived())]


def sound(settings: Settings, read: Callable[[Path], _Found]) -> _Found:
    """What `read` finds in the published warehouse, which is made again from the lake where it proves damaged."""
    try:
        return read(settings.home)
    except CorruptFileError as damage:
        _log.warning("%s; the warehouse is made again from the lake", damage)
        rebuild(settings)
        return read(settings.home)


def refresh(settings: Settings) -> list[str]:
    """Brings the warehouse up to the lake and publishes it; returns what was repaired on the way."""
    return index.sync(settings.home, _scripts(), _reference(settings), derived())


def layout() -> str:
    """What a warehouse file made by this release says of itself."""
    return index.layout(_scripts(), derived())


def outdated(path: Path) -> list[tuple[str, int]]:
    """(table, rows) of each derived table that the warehouse file holds otherwise than if it were made anew."""
    return census.outdated(path, _scripts(), derived())


def derived() -> index.Derived:
    """What the warehouse keeps beside its rollups: the ledger."""
    return index.Derived(ledger.whole(), ledger.changes())


def _scripts() -> list[str]:
    return [*trends.scripts(), *ledger.scripts()]


def _reference(settings: Settings) -> dict[str, pa.Table]:
    return reference.tables(Beat.load(settings.beat), feeds_of(settings))


def feeds_of(settings: Settings) -> tuple[Feed, ...]:
    """The feeds of the beat, or of the OPML file that the settings name."""
    return feeds.load_feeds(Beat.load(settings.beat), settings.feeds)


def families_of(settings: Settings) -> publishers.Families:
    """The families of outlets that the beat lists."""
    return publishers.families(Beat.load(settings.beat))
