"""The function that engines run: parts in, their articles and facts out, each a table as bytes.

It reads, and changes nothing. What it makes of a part depends on the part and the job alone.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import pyarrow as pa

from media_monitor import columns, tables
from media_monitor.backfill import outlets, parts, records, runs, webpages
from media_monitor.backfill.parts import Part
from media_monitor.backfill.request import Request
from media_monitor.backfill.sources import opened
from media_monitor.backfill.tally import ARTICLES, OTHER_DAYS, OTHER_LANGUAGES, REPEATS, Tally, from_json
from media_monitor.beat import Beat
from media_monitor.collect.sandbox import Sandbox
from media_monitor.config import Settings
from media_monitor.errors import TransientError
from media_monitor.extract import batch as extraction
from media_monitor.extract.stories.heads import HEADS, heads
from media_monitor.model import Article

TALLY = "tally"  # in place of a table's name: what was counted, as JSON
MADE = pa.schema([("table", pa.string()), ("payload", pa.binary())])
AT_ONCE, AT_ONCE_CHARACTERS = 250, 2_000_000  # articles and their characters in memory
KEPT = (tables.ARTICLES, *tables.FACTS, HEADS)


@dataclass(frozen=True, slots=True)
class Job:
    """What of the parts is wanted, and how it is read. `now` is when the backfill began."""

    settings: Settings
    request: Request
    now: datetime


def job(settings: Settings, request: Request, now: datetime) -> Job:
    """The job, without what other machines need not know."""
    bare = replace(settings, alert_urls=(), page_token="", translator="", home=settings.home.absolute())
    return Job(bare, request, now)


def work(batches: Iterator[pa.RecordBatch], wanted: Job) -> Iterator[pa.RecordBatch]:
    """For each part batches of `MADE`, the last of them with its tally.

    Raises:
        TransientError: a part could not be read for a reason that may pass; nothing of it counts then.
    """
    for batch in batches:
        for part in parts.of(batch):
            yield from _worked(part, wanted)


def _worked(part: Part, wanted: Job) -> Iterator[pa.RecordBatch]:
    tally, seen = Tally(), set[tuple[str, str]]()
    with Sandbox(wanted.settings.timeout_seconds) as sandbox:
        for some in _cut(_wanted(read(part, wanted, sandbox, tally), wanted, tally, seen)):
            for table, rows in facts(some, wanted, tally).items():
                yield _made(table, _packed(rows))
    yield _made(TALLY, json.dumps(tally.as_json()).encode())


def read(part: Part, wanted: Job, sandbox: Sandbox, tally: Tally) -> Iterator[Article]:
    """The articles of the part as they stand there.

    Raises:
        TransientError: as for `work`.
    """
    if part.reader == "jsonl":
        yield from records.lines(part, wanted.now, tally)
    elif part.reader == "parquet":
        yield from records.groups(part, wanted.now, tally)
    else:
        try:
            if part.reader == "runs":
                yield from runs.articles(part.files, wanted.settings.home, sandbox, tally)
            else:
                with opened(part.files[0]) as file:
                    yield from webpages.articles(file, part.files[0], sandbox, wanted.settings.max_bytes, tally)
        except OSError as error:
            raise TransientError(part.name, f"could not be read: {error}") from error


def _wanted(found: Iterator[Article], wanted: Job, tally: Tally, seen: set[tuple[str, str]]) -> Iterator[Article]:
    for article in found:
        key = article.article_id, article.content_sha256
        if not wanted.request.wants(article.day):
            tally.left(OTHER_DAYS)
        elif key in seen:
            tally.left(REPEATS)
        else:
            seen.add(key)
            yield article


def _cut(found: Iterator[Article]) -> Iterator[list[Article]]:
    some: list[Article] = []
    characters = 0
    for article in found:
        some.append(article)
        characters += len(article.text or "")
        if len(some) >= AT_ONCE or characters >= AT_ONCE_CHARACTERS:
            yield some
            some, characters = [], 0
    if some:
        yield some


def facts(some: list[Article], wanted: Job, tally: Tally) -> dict[str, pa.Table]:
    """The articles, under their outlets and in the languages that are wanted, and their facts."""
    settings = wanted.settings
    named = outlets.of_outlets(some, outlets.known(settings))
    found = extraction.extract(tables.ARTICLES.arrow(named), Beat.load(settings.beat), settings.semantic)
    found[HEADS.name] = heads(found["articles"], settings.semantic)
    if wanted.request.languages:
        found = _in_languages(found, wanted.request.languages, tally)
    tally.counts[ARTICLES] += found["articles"].num_rows
    return found


def _in_languages(found: dict[str, pa.Table], languages: tuple[str, ...], tally: Tally) -> dict[str, pa.Table]:
    known = columns.instances(Article, found["articles"])
    kept = {a.article_id for a in known if a.language in languages}
    tally.counts[OTHER_LANGUAGES] += sum(a.article_id not in kept for a in known)
    return {name: rows.filter(pa.array([i in kept for i in rows["article_id"].to_pylist()], pa.bool_()))
            for name, rows in found.items()}  # fmt: skip


def _made(table: str, payload: bytes) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([{"table": table, "payload": payload}], schema=MADE)


def _packed(rows: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as stream:
        stream.write_table(rows)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


def unpacked(batches: Iterable[pa.RecordBatch]) -> tuple[dict[str, pa.Table], Tally]:
    """The tables of a part, each whole, and its tally."""
    found: dict[str, list[pa.Table]] = {table.name: [] for table in KEPT}
    tally = Tally()
    for row in (row for batch in batches for row in batch.to_pylist()):
        if row["table"] == TALLY:
            tally.add(from_json(json.loads(row["payload"])))
        else:
            found[row["table"]].append(pa.ipc.open_stream(row["payload"]).read_all())
    return {table.name: columns.concat(table, found[table.name]) for table in KEPT}, tally
