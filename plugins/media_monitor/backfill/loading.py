"""Loads a window of days: new articles and their facts through the gate into lake and warehouse, as a run does."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import pyarrow as pa

from media_monitor import columns, consistency, pipeline, tables
from media_monitor.allocators import give_back
from media_monitor.backfill.record import Record
from media_monitor.backfill.windows import Window
from media_monitor.beat import Beat
from media_monitor.collect import settle as settling
from media_monitor.config import Settings
from media_monitor.errors import WarehouseBusyError
from media_monitor.extract import batch as extraction
from media_monitor.extract.stories.heads import HEADS
from media_monitor.model import Article, stable_id
from media_monitor.results import Loaded
from media_monitor.warehouse import query, staging

_PATIENCE = 30  # times that the writer's lock is waited for, a minute each: live runs come first
_NOTHING = Loaded({}, (), ())
Rows = Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a window: its batch (None where nothing was new) and what its load changed."""

    batch: str | None
    loaded: Loaded
    repeats: int


def load(settings: Settings, record: Record, keys: Sequence[str], window: Window, history: datetime) -> Stored:
    """Loads what the parts of those keys have in the window. Alerts on what was printed before `history` are stored as
    history.

    Raises:
        BatchRejectedError: an expectation on the whole window failed; nothing of it was loaded.
        WarehouseBusyError: others were writing for half an hour.
        CorruptFileError: what was put by is damaged.
    """
    seen, facts = _found(settings, record, keys, window)
    fresh = facts["articles"].num_rows
    if not fresh:
        return Stored(None, _NOTHING, seen)
    then = replace(settings, as_of=max(facts["articles"]["fetched_at"].to_pylist()))
    batch = pipeline.batch_id(then.now(), stable_id(record.folder.name, *window.as_json().values()))
    staging.write(settings.home, batch, "settle", {"fetches": tables.FETCHES.empty()})
    staging.write(settings.home, batch, "extract-0000", facts)
    del facts  # staged: what follows has its own
    pipeline.validate(then, batch, 1)
    give_back()
    loaded = _loaded(then, batch, history)
    staging.discard(settings.home, batch)
    return Stored(batch, loaded, seen - fresh)


def _found(settings: Settings, record: Record, keys: Sequence[str], window: Window) -> tuple[int, dict[str, pa.Table]]:
    """How many articles the parts have in the window, and what of them is new, with its facts."""
    parts = [_within(record.read(key, window.first, window.last), window) for key in keys]
    parts = [part for part in parts if part.get("articles")]
    return sum(part["articles"].num_rows for part in parts), _settled(settings, parts)


def _loaded(settings: Settings, batch: str, history: datetime) -> Loaded:
    for _ in range(_PATIENCE):
        try:
            return pipeline.load(settings, batch, history)
        except WarehouseBusyError as error:
            busy = error
    raise busy


def _within(rows: dict[str, pa.Table], window: Window) -> dict[str, pa.Table]:
    if window.shares == 1:
        return rows
    return {
        name: table.filter(pa.array([window.has(one) for one in table["article_id"].to_pylist()], pa.bool_()))
        for name, table in rows.items()
    }


def _settled(settings: Settings, parts: Sequence[Rows]) -> dict[str, pa.Table]:
    """What of the parts is new, as revisions of what is stored, with its facts: those of the part that each article is
    taken from. Facts belong to a revision: those of later ones are made again."""
    origin = _origins(parts)
    known = consistency.sound(settings, lambda home: query.known_revisions(home, {a.article_id for a in origin}))
    fresh, _ = settling.settle(list(origin), [], known)
    fresh = pipeline.described(settings, fresh)
    twice = _twice(parts)
    asis, again = list[Article](), list[Article]()
    taken: list[set[str]] = [set() for _ in parts]
    for article in fresh:
        number = origin[replace(article, revision=1, change=None)]
        if article.relevant and (article.revision > 1 or (number, article.article_id) in twice):
            again.append(article)
        else:
            asis.append(article if article.relevant else extraction.without_text(article))
            taken[number].add(article.article_id)
    made = extraction.extract(tables.ARTICLES.arrow(again), Beat.load(settings.beat), settings.semantic)
    remade = {article.article_id for article in again}
    found = {"articles": columns.concat(tables.ARTICLES, [tables.ARTICLES.arrow(asis), made["articles"]])}
    for table in tables.FACTS:
        kept = [_of(part[table.name], ids - remade) for part, ids in zip(parts, taken, strict=True)]
        found[table.name] = columns.concat(table, [*kept, made[table.name]])
    found[HEADS.name] = columns.concat(HEADS, [part[HEADS.name] for part in parts if HEADS.name in part])
    return found


def _origins(parts: Sequence[Rows]) -> dict[Article, int]:
    """Each article with the number of the first part that has it."""
    found: dict[Article, int] = {}
    for number, part in enumerate(parts):
        for article in columns.instances(Article, part["articles"]):
            found.setdefault(article, number)
    return found


def _twice(parts: Sequence[Rows]) -> set[tuple[int, str]]:
    """(number of the part, id) of articles that a part has in several contents."""
    return {
        (number, one)
        for number, part in enumerate(parts)
        for one, count in Counter(part["articles"]["article_id"].to_pylist()).items()
        if count > 1
    }


def _of(rows: pa.Table, articles: set[str]) -> pa.Table:
    return rows.filter(pa.array([one in articles for one in rows["article_id"].to_pylist()], pa.bool_()))
