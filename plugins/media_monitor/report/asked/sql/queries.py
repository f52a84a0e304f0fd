"""SQL of people: what may be asked, what comes out, and the queries that are kept under a name."""

import difflib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.exports import delimited
from media_monitor.warehouse import saved
from media_monitor.warehouse.guarded import ask
from media_monitor.warehouse.guarded.ask import Answer, Limits
from media_monitor.warehouse.saved import Query

LONGEST_CELL = 2_000  # characters of a cell on the page
MOST_CHARACTERS = 4_000_000  # of a result on the page


def page_limits(settings: Settings) -> Limits:
    """What a query of the page may take."""
    return Limits(
        seconds=settings.sql_seconds,
        rows=settings.sql_rows,
        memory_mb=settings.sql_memory_mb,
        longest_cell=LONGEST_CELL,
        most_characters=MOST_CHARACTERS,
    )


def chosen(settings: Settings, sql: str, name: str, values: Mapping[str, str]) -> Query:
    """The query to run: the SQL given, or the one of the name where none is given or it is the same. Values that are
    given go before its own.

    Raises:
        QueryError: there is none of that name.
    """
    sql = sql.replace("\r\n", "\n")  # as forms send it
    kept = one(settings, name) if name else None
    if kept is None or (sql.strip() and sql.strip() != kept.sql):
        return Query("", "", "", sql, {one: values.get(one, "") for one in saved.parameters(sql)})
    return replace(kept, values=kept.values | {name: values[name] for name in kept.parameters if name in values})


def run(settings: Settings, sql: str, values: Mapping[str, str], limits: Limits | None = None) -> Answer:
    """The result of a query. A parameter without a value is NULL.

    Raises:
        QueryError, WarehouseBusyError: as for `ask.run`.
    """
    given = {name: values.get(name, "") for name in saved.parameters(sql)}
    return ask.run(settings.home, sql, given, limits)


def queries(settings: Settings) -> list[Query]:
    """All queries that are kept: shipped ones, then people's own. A shipped one asks of a claim of the beat."""
    beat = Beat.load(settings.beat)
    shipped = (_fitting(query, beat) for query in saved.shipped(beat.folder / "queries"))
    return [*shipped, *saved.own(settings.home)]


def _fitting(query: Query, beat: Beat) -> Query:
    """The query with another claim for an example where the beat does not have the one that it names."""
    if query.values.get("claim", "") in ("", *beat.claims):
        return query
    return replace(query, values=query.values | {"claim": next(reversed(beat.claims), "")})


def one(settings: Settings, name: str) -> Query:
    """The query of that name.

    Raises:
        QueryError: there is none; the message names the nearest.
    """
    known = {query.name: query for query in queries(settings)}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"do you mean {near[0]}?" if near else "`media-monitor sql --list` shows them"
        raise QueryError(f"query {name}", f"there is none of this name; {hint}")
    return known[name]


def save(settings: Settings, query: Query, instead: bool = False) -> None:
    """Keeps a query of one's own; one of that name stays unless this stands `instead` of it.

    Raises:
        QueryError: the name is that of a shipped query, is taken, or has a wrong form.
        StorageError: it cannot be written.
    """
    if any(known.shipped and known.name == query.name for known in queries(settings)):
        raise QueryError(f"query {query.name}", "is the name of a shipped query")
    saved.write(settings.home, query, instead)


def delete(settings: Settings, name: str) -> None:
    """Removes a query of one's own.

    Raises:
        QueryError: there is none of that name, or it is a shipped one.
    """
    if one(settings, name).shipped:
        raise QueryError(f"query {name}", "is a shipped one, which stays")
    saved.delete(settings.home, name)


def said(answer: Answer, limits: Limits | None = None) -> str:
    """What must be known of the result: "1,000 rows in 0.2 s; more rows exist; 2 cells are cut"."""
    rows = f"{len(answer.rows):,} row{'' if len(answer.rows) == 1 else 's'}"
    parts = [f"{rows} in {answer.seconds:.1f} s"]
    if answer.more:
        parts.append("more rows exist: ask for fewer columns or with LIMIT and OFFSET")
    if answer.cut:
        longest = f" at {limits.longest_cell:,} characters" if limits and limits.longest_cell else ""
        parts.append(f"{answer.cut:,} cell{' is' if answer.cut == 1 else 's are'} cut{longest}")
    return "; ".join(parts)


def shown(value: Any) -> str:
    """A cell as text: lists and structs as JSON, nothing for NULL."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def as_csv(answer: Answer) -> bytes:
    """The result with a header line, for spreadsheets."""
    rows = answer.records()
    return delimited.as_csv(rows, list(rows[0]) if rows else answer.columns)


def record(query: Query) -> dict[str, Any]:
    """The query as JSON has it."""
    return {
        "name": query.name,
        "title": query.title,
        "about": query.about,
        "sql": query.sql,
        "parameters": {
            name: {"value": query.values.get(name, ""), "meaning": query.meanings.get(name, "")}
            for name in query.parameters
        },
        "shipped": query.shipped,
        "saved_by": query.saved_by,
        "saved_at": query.saved_at.isoformat() if query.saved_at else None,
    }
