"""Queries that are kept under a name: shipped ones, those of a beat, and people's own.

A query is a file `<name>.sql`, which any editor and DuckDB client reads, with comments at its head:

    -- title: Who confirmed what
    -- about: First confirmations with their words, newest first.
    -- $claim = troops_in_combat: a claim; all without one
    -- saved: 2026-01-31T12:00:00+00:00 by desk

    SELECT …
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from media_monitor.errors import QueryError
from media_monitor.warehouse import durable

SHIPPED = Path(__file__).parent / "queries"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_HEAD = re.compile(
    r"-- (?:(?P<key>title|about|saved): (?P<text>.*)"
    r"|\$(?P<name>\w+) = ?(?P<value>\"(?:[^\"\\]|\\.)*\"|[^\":]*): ?(?P<meaning>.*))"
)
# Texts, quoted names and comments, in which no parameter stands; then a parameter.
_TOKEN = re.compile(
    r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/|\$\$.*?\$\$|\$(?P<name>[a-z_]\w*)", re.S | re.I
)


@dataclass(frozen=True, slots=True)
class Query:
    """`values` and `meanings` by parameter. `shipped` queries cannot be replaced or deleted."""

    name: str
    title: str
    about: str
    sql: str
    values: dict[str, str] = field(default_factory=dict)
    meanings: dict[str, str] = field(default_factory=dict)
    shipped: bool = False
    saved_by: str = ""
    saved_at: datetime | None = None

    @property
    def parameters(self) -> list[str]:
        return parameters(self.sql)


def parameters(sql: str) -> list[str]:
    """The names of `$name` in the query, in the order of their first use."""
    return list(dict.fromkeys(found["name"].lower() for found in _TOKEN.finditer(sql) if found["name"]))


def folder(home: Path) -> Path:
    """Where people's own queries are; a rebuild does not touch it."""
    return home / "queries"


def shipped(*folders: Path) -> list[Query]:
    """The queries of the product, and of the folders of a beat where there are any, by title."""
    found = [_read(path, shipped=True) for one in (SHIPPED, *folders) for path in one.glob("*.sql")]
    return sorted(found, key=lambda query: query.title)


def own(home: Path) -> list[Query]:
    """People's own queries, by name."""
    return [_read(path, shipped=False) for path in sorted(folder(home).glob("*.sql")) if NAME.fullmatch(path.stem)]


def write(home: Path, query: Query, replace: bool = False) -> None:
    """Keeps the query. One of that name stays unless it is to be replaced.

    Raises:
        QueryError: the name has a wrong form or is taken, or there is no query.
        StorageError: it cannot be written.
    """
    if not NAME.fullmatch(query.name):
        raise QueryError(f"name {query.name!r}", "must be small letters, digits, - and _, 60 at most")
    if not query.sql.strip():
        raise QueryError(f"query {query.name}", "there is no query")
    path = folder(home) / f"{query.name}.sql"
    durable.make_folder(path.parent)
    if replace:
        durable.write_text(path, text(query))
        return
    waiting = path.with_name(f".{query.name}.{uuid4().hex}")
    durable.write_text(waiting, text(query))
    try:
        path.hardlink_to(waiting)  # unlike a rename it replaces nothing, whoever saves at the same time
    except FileExistsError:
        raise QueryError(f"query {query.name}", "there is one of this name already") from None
    finally:
        waiting.unlink()


def delete(home: Path, name: str) -> None:
    """Removes one's own query.

    Raises:
        QueryError: there is none of that name.
    """
    path = folder(home) / f"{name}.sql"
    if not NAME.fullmatch(name) or not path.exists():
        raise QueryError(f"query {name}", "there is no own query of this name")
    with durable.storing(path):
        path.unlink()


def text(query: Query) -> str:
    """The query as a file."""
    return "\n".join([*_head(query), "", query.sql.strip(), ""])  # the empty line: comments of the query are its own


def _head(query: Query) -> Iterator[str]:
    yield f"-- title: {_line(query.title)}"
    if query.about:
        yield f"-- about: {_line(query.about)}"
    for name, value in query.values.items():
        yield f"-- ${name} = {_value(value)}: {_line(query.meanings.get(name, ''))}"
    if query.saved_at:
        yield f"-- saved: {query.saved_at.isoformat()} by {_line(query.saved_by)}"


def _value(text: str) -> str:
    line = _line(text)
    return json.dumps(line, ensure_ascii=False) if re.search('[":]', line) else line


def _line(words: str) -> str:
    return " ".join(words.split())


def _read(path: Path, *, shipped: bool) -> Query:
    lines = path.read_text(encoding="utf-8").splitlines()
    heads = []
    for line in lines:
        found = _HEAD.fullmatch(line)
        if not found:
            break
        heads.append(found)
    told = {found["key"]: found["text"] for found in heads if found["key"]}
    at, _, by = told.get("saved", "").partition(" by ")
    return Query(
        name=path.stem,
        title=told.get("title", path.stem),
        about=told.get("about", ""),
        sql="\n".join(lines[len(heads) :]).strip(),
        values={found["name"]: _unquoted(found["value"]) for found in heads if found["name"]},
        meanings={found["name"]: found["meaning"] for found in heads if found["name"]},
        shipped=shipped,
        saved_by=by,
        saved_at=datetime.fromisoformat(at) if at else None,
    )


def _unquoted(value: str) -> str:
    return str(json.loads(value)) if value.startswith('"') else value
