"""The whole flow on one screen; no Airflow import.

    plan      feeds that are due, in chunks
    collect   a chunk of feeds    -> fetched, archived, parsed          (many at once)
    settle    all chunks          -> new articles and revisions, in parts
    pages     all parts           -> article pages, where they are asked for
    extract   a part of articles  -> mentions, events, statements       (many at once)
    validate  all parts           -> good rows, quarantine, checks
    load      good rows           -> lake, warehouse, ledger, new alerts
    alert     what is not yet delivered -> channels

Each stage reads what the one before it staged in the batch's folder and stages its own result by rename. A stage
can so be run again at any time, in any process, and a run that was killed leaves nothing half done. What a stage
returns is small and can be JSON. Fetch state moves on only when a batch is loaded: what a killed run had fetched
is fetched again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa

from media_monitor import alerting, columns, consistency, exporting, linking, measuring, readmission, tables
from media_monitor import pages as paging
from media_monitor.beat import Beat
from media_monitor.collect import chunk
from media_monitor.collect import settle as settling
from media_monitor.collect.articles import attribution, changes
from media_monitor.collect.politeness import pace, schedule
from media_monitor.collect.warc import batches
from media_monitor.config import Settings
from media_monitor.errors import BatchRejectedError
from media_monitor.extract import batch as extraction
from media_monitor.extract import document
from media_monitor.extract.document import Document
from media_monitor.extract.semantic.model import chosen
from media_monitor.extract.stories import heads
from media_monitor.model import Article, stable_id
from media_monitor.results import Delivered, Loaded
from media_monitor.sources import Fetch
from media_monitor.validate import codes, gate
from media_monitor.warehouse import lake, query, staging
from media_monitor.watch.sending.routes import LookUp

LOADED = batches.LOADED  # the mark beside the archive of a batch
PART_SIZE = 500  # articles to a part: a few seconds of extraction, against 0.9 s that a task instance costs


def batch_id(moment: datetime, run: str = "") -> str:
    """A name for a run that sorts by time: `20250428T101500Z-3f2a…`. The same moment and run give the same name."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}-{stable_id(moment.isoformat(), run)[:8]}"


def new_batch() -> str:
    """A name for a run that nobody else gives one."""
    return batch_id(datetime.now(UTC), uuid4().hex)


def run(
    settings: Settings, *, force: bool = False, progress: Callable[[str], None] = lambda _: None
) -> tuple[str, Loaded]:
    """All stages in this process; returns the batch and what its load changed. `progress` is told each step.

    Raises:
        DeliveryError: everything was loaded, but an alert channel took no message.
    """
    batch = new_batch()
    progress("plan")
    chunks = plan(settings, force=force)
    for number, feed_ids in enumerate(chunks):
        progress(f"collect {number + 1}/{len(chunks)}")
        collect(settings, batch, number, feed_ids)
    progress("settle")
    count = settle(settings, batch, len(chunks))
    progress("pages")
    pages(settings, batch, count)
    for number in range(count):
        progress(f"extract {number + 1}/{count}")
        extract(settings, batch, number)
    progress("validate")
    validate(settings, batch, count)
    progress("load")
    loaded = load(settings, batch)
    progress("alert")
    alert(settings)
    return batch, loaded


@measuring.stage
def plan(settings: Settings, *, force: bool = False) -> list[list[str]]:
    """Chunks of ids of the feeds that are due now, after finishing what an interrupted run left in the lake.

    With `force` every feed is due.
    """
    consistency.prepare(settings)
    alerting.rules(settings)  # a fault in them is told before anything is fetched
    states = consistency.sound(settings, lambda home: query.fetch_states(home, settings.now()))
    wanted = schedule.due(consistency.feeds_of(settings), states, settings.now(), force)
    return [[feed.feed_id for feed in part] for part in schedule.chunks(wanted, settings.chunk_size)]


@measuring.stage
def collect(settings: Settings, batch: str, number: int, feed_ids: Sequence[str]) -> int:
    """Fetches one chunk of feeds and stages its articles and fetches; returns the number of articles seen."""
    wanted = [feed for feed in consistency.feeds_of(settings) if feed.feed_id in set(feed_ids)]
    warc = settings.home / "warc" / batch / f"{number:04}.warc.gz"
    fetches, articles = chunk.collect(wanted, query.fetch_states(settings.home, settings.now()), settings, batch, warc)
    staged = {"fetches": tables.FETCHES.arrow(fetches), "articles": tables.ARTICLES.arrow(articles)}
    staging.write(settings.home, batch, f"collect-{number:04}", staged)
    return len(articles)


@measuring.stage
def settle(settings: Settings, batch: str, chunks: int) -> int:
    """Keeps what is new of all chunks and stages it in parts; returns the number of parts."""
    staged = [staging.read(settings.home, batch, f"collect-{n:04}") for n in range(chunks)]
    articles = _all(tables.ARTICLES, staged)
    ids = articles["article_id"].to_pylist()
    known = consistency.sound(settings, lambda home: query.known_revisions(home, ids))
    feeds = consistency.feeds_of(settings)
    found = attribution.attributed(columns.instances(Article, articles), feeds, consistency.families_of(settings))
    fresh, fetches = settling.settle(found, columns.instances(Fetch, _all(tables.FETCHES, staged)), known)
    fresh = described(settings, fresh)
    fetches = pace.paced(fetches, fresh, feeds, settings)
    staging.write(settings.home, batch, "settle", {"fetches": tables.FETCHES.arrow(fetches)})
    cut = [fresh[i : i + PART_SIZE] for i in range(0, len(fresh), PART_SIZE)]
    for number, part in enumerate(cut):
        staging.write(settings.home, batch, f"settle-{number:04}", {"articles": tables.ARTICLES.arrow(part)})
    return len(cut)


def described(settings: Settings, fresh: list[Article]) -> list[Article]:
    """The articles, later revisions with what changed. Of the stored texts only those of changed articles are read."""
    changed = [article.article_id for article in fresh if article.revision > 1]
    if not changed:
        return fresh
    stored = consistency.sound(settings, lambda home: query.last_contents(home, changed))
    return changes.described(fresh, {key: changes.Content(*content) for key, content in stored.items()})


@measuring.stage
def pages(settings: Settings, batch: str, parts: int) -> dict[str, int]:
    """Fetches the pages of new articles that may be relevant, of feeds that the setting `full_text` lets in, and
    stages what the articles gain; returns pages by outcome."""
    return paging.fetch(settings, batch, parts)


@measuring.stage
def extract(settings: Settings, batch: str, number: int) -> dict[str, int]:
    """Extracts the facts of one part and stages them; returns rows by table."""
    articles = paging.enriched(settings, batch, staging.read(settings.home, batch, f"settle-{number:04}")["articles"])
    facts = extraction.extract(articles, Beat.load(settings.beat), settings.semantic)
    vectors = {heads.HEADS.name: heads.heads(facts["articles"], settings.semantic)}
    staging.write(settings.home, batch, f"extract-{number:04}", facts | vectors)
    return _counts(facts)


def parts(settings: Settings, batch: str) -> int:
    """The number of parts that `settle` staged of a batch."""
    return sum(name.startswith("settle-") for name in staging.stages(settings.home, batch))


@measuring.stage
def validate(settings: Settings, batch: str, parts: int) -> dict[str, int]:
    """Stages good rows, quarantine and checks of the whole batch; returns rows by table.

    Raises:
        BatchRejectedError: an expectation on the batch that is critical failed; its checks are stored, nothing else.
    """
    staged = [staging.read(settings.home, batch, f"extract-{n:04}") for n in range(parts)]
    batch_tables = {table.name: _all(table, staged) for table in (tables.ARTICLES, *tables.FACTS)}
    batch_tables["articles"] = linking.linked(settings, batch_tables["articles"])
    batch_tables["fetches"] = staging.read(settings.home, batch, "settle")["fetches"]
    batch_tables |= paging.asked(settings, batch)
    verdict = gate.check(batch_tables, settings.expectations, batch, settings.now(), codes.of(Beat.load(settings.beat)))
    if verdict.rejected:
        with consistency.writing(settings):
            lake.merge(settings.home, {"checks": verdict.checks})
            consistency.refresh(settings)
        measuring.rejected()
        raise BatchRejectedError(f"batch {batch}", "; ".join(verdict.rejected))
    vectors = columns.concat(heads.HEADS, [one[heads.HEADS.name] for one in staged if heads.HEADS.name in one])
    good = verdict.good | linking.told(settings, verdict.good | {heads.HEADS.name: vectors})
    passed = {**good, "quarantine": verdict.quarantine, "checks": verdict.checks}
    staging.write(settings.home, batch, "validate", passed)
    return _counts(passed)


@measuring.stage
def load(settings: Settings, batch: str, history: datetime | None = None) -> Loaded:
    """Merges the batch into lake and warehouse, and raises an alert for each piece of news in it.

    With `history` the batch is of the past: alerts on what was printed before that moment are stored and not sent.
    """
    if not staging.exists(settings.home, batch, "validate") and query.loaded_batches(settings.home, [batch]):
        return Loaded({}, (), (f"batch {batch} was loaded before, and its stages are cleared away",))
    passed = staging.read(settings.home, batch, "validate")
    with consistency.writing(settings):
        alerting.finish_history(settings)
        alerting.begin_history(settings, history)
        rows, messages = readmission.merge(settings, passed)
        new = alerting.raise_alerts(settings, batch, history)
        if new.num_rows:
            rows |= lake.merge(settings.home, {"alerts": new})
            messages += consistency.refresh(settings)
        alerting.end_history(settings)
        messages += exporting.refresh(settings)
        _mark_loaded(settings, batch)
        # Still under the lock: once it is free, the next run may clear the stages of this batch away.
        raised = alerting.raised(settings, batch)
    measuring.loaded(settings, passed, rows, len(raised))
    return Loaded(rows, raised, tuple(messages))


def _mark_loaded(settings: Settings, batch: str) -> None:
    folder = settings.home / "warc" / batch
    if folder.is_dir():
        (folder / LOADED).touch()


@measuring.stage
def alert(
    settings: Settings, resend: str | None = None, connection: LookUp | None = None, by: str | None = None
) -> Delivered:
    """Delivers every alert that is due and that a channel of its rule has not had, or sends the alert with the id
    `resend` again, as `by` asked. `connection` gives the URLs of an Airflow connection.

    Sending holds no lock on the warehouse: a channel that is slow or down keeps no load waiting.

    Raises:
        DeliveryError: a channel took no message; what others took is recorded, the rest is tried again next time.
        QueryError: no alert has the id `resend`.
        BeatError: the file of alert rules is faulty.
    """
    return alerting.deliver(settings, resend, connection, by)


def documents(path: Path) -> list[tuple[Document, dict[str, Any]]]:
    """The documents of a file in the gold format, each with its whole row.

    Raises:
        DocumentError: a line is no document; the message names file and line.
    """
    return list(document.read_gold(path))


def predict(settings: Settings, item: Document) -> dict[str, Any]:
    """The prediction for one document, in the gold format."""
    return extraction.predict(item, Beat.load(settings.beat), settings.semantic)


def extractors(settings: Settings) -> dict[str, Callable[[Document], dict[str, Any]]]:
    """By name, what predicts in the gold format: first what runs use, then what it is compared with."""
    rules = partial(predict, replace(settings, semantic="off"))
    if not chosen(settings.semantic):
        return {"rules": rules}
    return {"rules+encoder": partial(predict, settings), "rules": rules}


def _all(table: columns.Table, staged: Iterable[dict[str, pa.Table]]) -> pa.Table:
    return columns.concat(table, [parts[table.name] for parts in staged])


def _counts(parts: dict[str, pa.Table]) -> dict[str, int]:
    return {name: table.num_rows for name, table in parts.items()}
