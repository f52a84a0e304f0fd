"""Rows that were released from quarantine, put among those that passed: once when they are released, and again each
time that a batch with them is loaded, so that no load takes back what a person decided.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from media_monitor import columns, consistency, linking, tables
from media_monitor.beat import Beat
from media_monitor.columns import Table
from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.validate import codes, restore
from media_monitor.validate.decisions import Decision, last
from media_monitor.warehouse import lake, query

Record = dict[str, Any]
Key = tuple[Any, ...]
_OF_STORING = frozenset({"story_id"})  # columns that a row gains after it passed


@dataclass
class Readmitted:
    """Rows by table and key, with the row in quarantine that each is of, and why others cannot be stored."""

    rows: dict[str, dict[Key, Record]] = field(default_factory=dict)
    accepted: list[Record] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def of(self, table: str) -> dict[Key, Record]:
        return self.rows.setdefault(table, {})


def decisions(settings: Settings) -> dict[str, Decision]:
    """By row in quarantine, the decision that counts."""
    return last(columns.instances(Decision, lake.read(settings.home, tables.QUARANTINE_DECISIONS.name)))


def merge(settings: Settings, passed: Mapping[str, pa.Table]) -> tuple[dict[str, int], list[str]]:
    """Merges what passed of a batch, and those of its rows in quarantine that somebody released; returns rows by table
    that were new or different, and messages for people. The warehouse is up to the lake then.

    Facts of articles that passed, or are stored, go in one merge with the batch, which would take them away else.
    Articles that are not stored, in another data folder above all, follow with their facts, as when they were released.
    """
    released = _released(settings, passed["quarantine"])
    if not released:
        return lake.merge(settings.home, passed), consistency.refresh(settings)
    consistency.refresh(settings)
    others = [row for row in released if row["table"] != tables.ARTICLES.name]
    counts = lake.merge(settings.home, together(settings, readmitted(settings, others, passed), passed))
    messages = consistency.refresh(settings)
    found = readmitted(settings, released, {})
    late = together(settings, found, {})
    if late:
        counts |= {name: counts.get(name, 0) + more for name, more in lake.merge(settings.home, late).items()}
        messages += consistency.refresh(settings)
    return counts, [*messages, *(f"released, and not loaded again: {reason}" for reason in found.refused)]


def _released(settings: Settings, quarantined: pa.Table) -> list[Record]:
    ids = {row for row, one in decisions(settings).items() if one.decision == "released"} if len(quarantined) else set()
    return [row for row in quarantined.to_pylist() if row["quarantine_id"] in ids]


def readmitted(settings: Settings, quarantined: Iterable[Record], passed: Mapping[str, pa.Table]) -> Readmitted:
    """The rows as they may stand in their tables, articles first; `passed` is the batch that they come with.

    A row whose key another row has, in the batch or in the lake, is refused: which of them is right is for a person.
    """
    rows = sorted(quarantined, key=lambda row: (row["table"] != tables.ARTICLES.name, row["quarantine_id"]))
    known, found = codes.of(Beat.load(settings.beat)), Readmitted()
    beside = {
        name: _standing(settings, name, rows, passed) for name in {tables.ARTICLES.name, *(r["table"] for r in rows)}
    }
    for row in rows:
        try:
            record = restore.row(row, known)
            _admit(row, record, beside, found)
        except QueryError as error:
            found.refused.append(str(error))
    return found


def together(settings: Settings, found: Readmitted, passed: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The batch with the rows, and what a merge would take away by them: it replaces all facts of an article."""
    batch = dict(passed)
    for name, part in _with_stories(settings, found).items():
        batch[name] = _joined(tables.BY_NAME[name], [batch.get(name), part])
    articles = set(_keys(tables.ARTICLES, passed.get("articles")))
    for table in tables.FACTS:
        new = found.of(table.name)
        owners = {(row["article_id"], row["revision"]) for row in new.values()} | found.of("articles").keys()
        kept = facts_of(settings, table, owners - articles)
        if new or table.name in batch or kept:
            parts = [batch.get(table.name), _arrow(table, [row for row in kept if _key(table, row) not in new]),
                     _arrow(table, new.values())]  # fmt: skip
            batch[table.name] = _joined(table, parts)
    return batch


def facts_of(settings: Settings, table: Table, articles: Collection[Key]) -> list[Record]:
    """The stored facts of those revisions of articles."""
    found = stored(settings, table, "article_id", {key[0] for key in articles})
    return [row for row in found if (row["article_id"], row["revision"]) in articles]


def stored(settings: Settings, table: Table, column: str, values: Collection[Any]) -> list[Record]:
    """The rows of the lake with one of the values in that column; the warehouse is up to the lake."""
    if not values:
        return []
    sql = f'SELECT * FROM "{table.name}" WHERE "{column}" IN (SELECT unnest($values::VARCHAR[]))'
    return list(query.run(settings.home, sql, {"values": sorted(values)}).cast(table.schema).to_pylist())


def same(one: Record, other: Record) -> bool:
    """Whether they are one row, but for what a row gains after it passed."""
    return all(one[name] == other[name] for name in one.keys() - _OF_STORING)


def _standing(
    settings: Settings, name: str, rows: Iterable[Record], passed: Mapping[str, pa.Table]
) -> dict[Key, Record]:
    """Rows of the table that the new ones will stand among, as far as they can concern them."""
    table = tables.BY_NAME.get(name)
    if table is None:
        return {}
    first = {row["row_id"].partition(" ")[0] for row in rows if row["table"] == name}
    if table is tables.ARTICLES:
        first |= {row["article_id"] for row in rows if row["article_id"]}
    here = passed[name].to_pylist() if name in passed else []
    there = stored(settings, table, table.key[0], first)
    if table in tables.FACTS:  # those of the batch's articles make way for those of the batch
        replaced = set(_keys(tables.ARTICLES, passed.get("articles")))
        there = [row for row in there if (row["article_id"], row["revision"]) not in replaced]
    return {_key(table, row): row for row in [*there, *here]}


def _admit(row: Record, record: Record, beside: Mapping[str, Mapping[Key, Record]], found: Readmitted) -> None:
    """Adds the record, where it is not stored already.

    Raises:
        QueryError: it has no place.
    """
    table = tables.BY_NAME[row["table"]]
    key = _key(table, record)
    before = found.of(table.name).get(key) or beside[table.name].get(key)
    if before and not same(record, before):
        differing = sorted(name for name in record.keys() - _OF_STORING if record[name] != before[name])
        raise QueryError(
            restore.named(row),
            f"column {table.key[0]!r}: another row has this key, which differs in {', '.join(differing)}",
        )
    if table in tables.FACTS:
        of = (record["article_id"], record["revision"])
        reason = restore.misfit(record, found.of("articles").get(of) or beside["articles"].get(of))
        if reason:
            raise QueryError(restore.named(row), reason)
    if before is None:
        found.of(table.name)[key] = record
    found.accepted.append(row)


def _with_stories(settings: Settings, found: Readmitted) -> dict[str, pa.Table]:
    """The tables that are no facts; articles with the story that they tell, as articles that pass have it."""
    facts = {table.name: _arrow(table, found.of(table.name).values()) for table in (tables.ARTICLES, *tables.FACTS)}
    told = linking.told(settings, facts) if facts["articles"].num_rows else {}
    others = {name: rows for name, rows in found.rows.items() if name not in facts and rows}
    return told | {name: _arrow(tables.BY_NAME[name], rows.values()) for name, rows in others.items()}


def _joined(table: Table, parts: Iterable[pa.Table | None]) -> pa.Table:
    return columns.concat(table, [part for part in parts if part is not None])


def _arrow(table: Table, rows: Iterable[Record]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=table.schema)


def _keys(table: Table, rows: pa.Table | None) -> list[Key]:
    return [] if rows is None else [_key(table, row) for row in rows.select(table.key).to_pylist()]


def _key(table: Table, row: Mapping[str, Any]) -> Key:
    return tuple(row[name] for name in table.key)
