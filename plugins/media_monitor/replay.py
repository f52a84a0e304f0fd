"""Runs past batches again from the archive alone: the same answers of servers, the present code, another data folder.

With the code of then the tables come out the same, but for the moments at which rows were checked, quarantined and
raised: those are the last moment of the batch's answers.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from media_monitor import consistency, exporting, pages, pipeline, tables
from media_monitor.collect import chunk
from media_monitor.collect.sandbox import Sandbox
from media_monitor.collect.warc import batches as kept
from media_monitor.config import Settings
from media_monitor.errors import StorageError
from media_monitor.results import Loaded
from media_monitor.warehouse import held, lake, places, query, staging


def batches(archive: Path, since: date | None = None, until: date | None = None) -> list[str]:
    """The batches of that data folder whose archive is kept and that were loaded, in order of time.

    `since` and `until` are days of the batches' starts, UTC, both included.

    Raises:
        StorageError: there is no such folder, or it has no archive.
    """
    folder = archive / "warc"
    if not archive.is_dir():
        raise StorageError(archive, "there is no such folder")
    if not folder.is_dir():
        raise StorageError(archive, "has no archive (folder warc); is it the data folder of runs, such as var/live?")
    return kept.loaded(folder, since, until)


def replay(
    settings: Settings,
    archive: Path,
    since: date | None = None,
    until: date | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[tuple[str, Loaded]]:
    """Each batch and what its load changed in the data folder of the settings, which should be a new one.

    Nothing is asked of any server, and no alert is sent; alerts are raised and stored. What people decided about rows
    in quarantine comes along, and counts from the first load on. Files of the setting `exports` are made at the end.

    Raises:
        StorageError: the folder has no archive, or the settings name the folder of the archive itself.
        CorruptFileError: a file of the archive is damaged.
        WarehouseBusyError: another process is writing into the data folder.
    """
    if settings.home.resolve() == archive.resolve():
        raise StorageError(settings.home, "is the folder of the archive itself: replay into another one")
    chosen = batches(archive, since, until)
    consistency.prepare(settings)
    decided = tables.QUARANTINE_DECISIONS.name
    lake.merge(settings.home, {decided: lake.seen(archive, decided)})
    try:
        with Sandbox(settings.timeout_seconds) as sandbox:
            for number, batch in enumerate(chosen, 1):
                progress(f"replay {number}/{len(chosen)}: {batch}")
                yield batch, _one(replace(settings, exports=("none",)), archive, batch, sandbox)
    finally:
        held.let_go(places.published(settings.home))
        with consistency.writing(settings):
            exporting.refresh(settings)


@held.open_afterwards()  # a batch asks the warehouse half a dozen times
def _one(settings: Settings, archive: Path, batch: str, sandbox: Sandbox) -> Loaded:
    states = query.fetch_states(settings.home)
    last: list[datetime] = []
    archived = kept.finished(archive / "warc", batch)
    page_files = archived.pop(pages.WARC.partition(".")[0], None)
    chunks = list(archived.values())
    for number, files in enumerate(chunks):
        fetches, articles = chunk.replay(files, states, settings, batch, archive, sandbox)
        last += [fetch.fetched_at for fetch in fetches]
        staged = {"fetches": tables.FETCHES.arrow(fetches), "articles": tables.ARTICLES.arrow(articles)}
        staging.write(settings.home, batch, f"collect-{number:04}", staged)
    then = replace(settings, as_of=max(last)) if last else settings
    parts = pipeline.settle(then, batch, len(chunks))
    if page_files is not None:
        pages.replay(then, batch, parts, page_files, archive)
    for number in range(parts):
        pipeline.extract(then, batch, number)
    pipeline.validate(then, batch, parts)
    return pipeline.load(then, batch)
