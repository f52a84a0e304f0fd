"""What people decide about rows in quarantine, stored: for the command line and for the page.

A release is one merge of the row and of the decision, so that a killed one has happened or has not. It raises no
alert itself; the next load does, for what it finds in the ledger.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pyarrow as pa

from media_monitor import columns, consistency, exporting, readmission, tables
from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.readmission import Record
from media_monitor.validate import codes, decisions, restore
from media_monitor.validate.decisions import Choice, Decision
from media_monitor.validate.quarantine import ARTICLE_QUARANTINED
from media_monitor.warehouse import lake, query

_FACTS = [table.name for table in tables.FACTS]


@dataclass(frozen=True, slots=True)
class Decided:
    """The rows that were decided now, and a line for each that could not be: "row: column: reason"."""

    rows: tuple[Record, ...]
    refused: tuple[str, ...]

    @property
    def only_refused(self) -> bool:
        return bool(self.refused) and not self.rows


@dataclass(frozen=True, slots=True)
class _Change:
    """Rows on which it is decided so, a line for each that cannot be, and what a merge adds for it and takes away."""

    rows: Sequence[Record]
    refused: Sequence[str] = ()
    batch: Mapping[str, pa.Table] = field(default_factory=dict)
    gone: Mapping[str, pa.Table] = field(default_factory=dict)


_Before = Mapping[str, Decision]
_Outcome = Callable[[list[Record], _Before], _Change]


def release(
    settings: Settings, ids: Sequence[str], reason: str, by: str | None = None, *, with_facts: bool = True
) -> Decided:
    """Puts the rows into their tables as if they had passed. Again it changes nothing.

    With `with_facts` the facts that wait only because their article was quarantined go with it.

    Raises:
        QueryError: a row is not in quarantine, or there is no reason.
    """
    if not reason.strip():
        raise QueryError("a release", "needs a reason")
    return _decide(settings, ids, "released", partial(_released, settings, with_facts=with_facts), reason, by)


def discard(settings: Settings, ids: Sequence[str], reason: str | None = None, by: str | None = None) -> Decided:
    """Marks the rows as dealt with. Again it changes nothing; a row that was released must be reopened first.

    Raises:
        QueryError: a row is not in quarantine.
    """
    return _decide(settings, ids, "discarded", _discarded, reason, by)


def reopen(settings: Settings, ids: Sequence[str], reason: str | None = None, by: str | None = None) -> Decided:
    """Lets the rows wait again: those that were released leave their tables, an article with its released facts.

    Raises:
        QueryError: a row is not in quarantine.
    """
    return _decide(settings, ids, "reopened", partial(_reopened, settings), reason, by)


def _decide(
    settings: Settings, ids: Sequence[str], choice: Choice, outcome: _Outcome, reason: str | None, by: str | None
) -> Decided:
    """Decides on the rows on which it was not decided so yet, and stores the decision with what it changes."""
    with consistency.writing(settings):
        consistency.refresh(settings)
        before = readmission.decisions(settings)
        found = outcome(_open(_rows(settings, ids), before, choice), before)
        made = _decided(settings, found.rows, before, choice, reason, by)
        _store(settings, {**found.batch, **made}, found.gone)
    return Decided(tuple(found.rows), tuple(found.refused))


def _released(settings: Settings, rows: list[Record], before: _Before, *, with_facts: bool) -> _Change:
    waiting = _open(_facts_of(settings, rows), before, "reopened", keep=True) if with_facts else []
    found = readmission.readmitted(settings, [*rows, *waiting], {})
    return _Change(found.accepted, found.refused, readmission.together(settings, found, {}))


def _discarded(rows: list[Record], before: _Before) -> _Change:
    told = [(row, decisions.refusal(before.get(row["quarantine_id"]), "discarded")) for row in rows]
    refused = [f"{restore.named(row)}: {why}" for row, why in told if why is not None]
    return _Change([row for row, why in told if why is None], refused)


def _reopened(settings: Settings, rows: list[Record], before: _Before) -> _Change:
    released = _open(rows, before, "released", keep=True)
    released += _open(_facts_of(settings, released, whatever=True), before, "released", keep=True)
    batch, gone = _taken_out(settings, released)
    known = {row["quarantine_id"]: row for row in [*rows, *released]}
    return _Change(list(known.values()), batch=batch, gone=gone)


def _rows(settings: Settings, ids: Iterable[str]) -> list[Record]:
    wanted = dict.fromkeys(ids)
    sql = "FROM quarantine WHERE quarantine_id IN (SELECT unnest(?::VARCHAR[]))"
    found = {row["quarantine_id"]: row for row in query.rows(settings.home, sql, [list(wanted)])}
    for one in wanted:
        if one not in found:
            raise QueryError(f"quarantine {one}", "there is no such row")
    return [found[one] for one in wanted]


def _open(rows: Iterable[Record], before: _Before, choice: Choice, *, keep: bool = False) -> list[Record]:
    """The rows that are not decided so yet; with `keep` those that are."""
    return [row for row in rows if decisions.stands(before.get(row["quarantine_id"]), choice) is keep]


def _facts_of(settings: Settings, rows: Sequence[Record], *, whatever: bool = False) -> list[Record]:
    """The facts in quarantine of these articles: those that failed nothing themselves, or `whatever` they failed."""
    articles = {row["row_id"] for row in rows if row["table"] == tables.ARTICLES.name}
    sql = """
        SELECT * FROM quarantine
        WHERE "table" IN (SELECT unnest($facts::VARCHAR[])) AND ($whatever OR expectations = [$reason])
            AND concat(article_id, ' ', "row"->>'$.revision') IN (SELECT unnest($articles::VARCHAR[]))
    """
    values = {"facts": _FACTS, "whatever": whatever, "reason": ARTICLE_QUARANTINED, "articles": sorted(articles)}
    return query.rows(settings.home, sql, values) if articles else []


def _decided(
    settings: Settings,
    rows: Sequence[Record],
    before: _Before,
    choice: Choice,
    reason: str | None,
    by: str | None,
) -> dict[str, pa.Table]:
    now, table = settings.now(), tables.QUARANTINE_DECISIONS
    made = [decisions.decided(row, before.get(row["quarantine_id"]), choice, reason, by, now) for row in rows]
    return {table.name: table.arrow(made)} if made else {}


def _store(settings: Settings, batch: Mapping[str, pa.Table], gone: Mapping[str, pa.Table]) -> None:
    if batch:
        lake.merge(settings.home, batch, gone)
        consistency.refresh(settings)
        exporting.refresh(settings)


def _taken_out(settings: Settings, rows: Sequence[Record]) -> tuple[dict[str, pa.Table], dict[str, pa.Table]]:
    """(what is left of the facts of an article, owners whose rows go). A row that was replaced since stays."""
    known = codes.of(Beat.load(settings.beat))
    by_table: dict[str, list[Record]] = {table.name: [] for table in tables.FACTS}
    for row in rows:
        by_table.setdefault(row["table"], []).append(restore.row(row, known))
    gone = {
        name: _found(settings, tables.BY_NAME[name], records)
        for name, records in by_table.items()
        if name not in _FACTS and records
    }
    articles = {_values(row, tables.ARTICLES.key) for row in gone.get(tables.ARTICLES.name, ())}
    batch = {}
    for table in tables.FACTS:
        released = {_values(row, table.key): row for row in by_table[table.name]}
        owners = {_values(row, table.owner) for row in released.values()} | articles
        facts = readmission.facts_of(settings, table, owners)
        left = [r for r in facts if _values(r, table.owner) not in articles and not _is_released(r, released, table)]
        if len(left) < len(facts):
            batch[table.name] = pa.Table.from_pylist(left, schema=table.schema)
            gone[table.name] = facts
    gone |= {"stories": _stories(settings, articles)} if articles else {}
    return batch, {name: _owners(tables.BY_NAME[name], found) for name, found in gone.items()}


def _found(settings: Settings, table: columns.Table, records: Sequence[Record]) -> list[Record]:
    """The rows of the lake that are the records."""
    released = {_values(record, table.key): record for record in records}
    stored = readmission.stored(settings, table, table.key[0], {key[0] for key in released})
    return [row for row in stored if _is_released(row, released, table)]


def _is_released(row: Record, released: Mapping[tuple[Any, ...], Record], table: columns.Table) -> bool:
    record = released.get(_values(row, table.key))
    return record is not None and readmission.same(record, row)


def _owners(table: columns.Table, rows: Sequence[Record]) -> pa.Table:
    schema = pa.schema([table.schema.field(name) for name in table.owner])
    return pa.Table.from_pylist([{name: row[name] for name in table.owner} for row in rows], schema=schema)


def _values(row: Record, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def _stories(settings: Settings, articles: Collection[tuple[Any, ...]]) -> list[Record]:
    """Stories that one of the articles founded, and that nothing else is in."""
    sql = """
        SELECT story_id FROM stories AS s
        WHERE concat(article_id, ' ', revision) IN (SELECT unnest($founders::VARCHAR[]))
            AND NOT EXISTS (
                FROM articles AS a WHERE a.story_id = s.story_id
                    AND concat(a.article_id, ' ', a.revision) NOT IN (SELECT unnest($founders::VARCHAR[]))
            )
            AND NOT EXISTS (FROM story_changes AS c WHERE s.story_id IN (c.story_id, c.next_story))
    """
    return query.rows(settings.home, sql, {"founders": [f"{article} {revision}" for article, revision in articles]})
