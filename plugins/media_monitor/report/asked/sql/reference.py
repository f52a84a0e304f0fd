"""What can be asked in SQL: views, macros and tables, each with its meaning, columns and an example.

The source of views and macros is docs/sql.md, which the package has as `warehouse/sql.md`; that of tables are their
definitions in Python.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from media_monitor import tables
from media_monitor.columns import Table
from media_monitor.config import PACKAGE
from media_monitor.warehouse import reference

PAGE = PACKAGE / "warehouse" / "sql.md"
_SECTION = re.compile(r"^(?P<marks>##+) (?P<heading>.+?)\n(?P<text>.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"(?P<name>[a-z]\w*)(?P<arguments>\(.*\))?")
_COLUMNS = re.compile(r"^\| column \| meaning \|\n.*\n((?:\|.*\n)+)", re.MULTILINE)
_COLUMN = re.compile(r"^\| `(\w+)` \| (.*?) \|$", re.MULTILINE)
_INHERITED = re.compile(r"The columns of \[`(\w+)`\]")
_LISTED = re.compile(r"`(\w+)`")
_EXAMPLE = re.compile(r"```sql\n(.*?)```", re.DOTALL)
_MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|[`*]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A view, macro or table. `columns` are (name, meaning), the meaning empty where the docs give none."""

    name: str
    arguments: str
    group: str
    meaning: str
    columns: tuple[tuple[str, str], ...]
    example: str


@cache
def entries() -> tuple[Entry, ...]:
    """All of them, in the order of the docs."""
    return (*_documented(PAGE.read_text(encoding="utf-8")), *map(_table, (*tables.TABLES, *reference.TABLES)))


def _documented(page: str) -> Iterator[Entry]:
    group = ""
    for section in _SECTION.finditer(page):
        heading = _HEADING.fullmatch(section["heading"])
        if heading:
            default = group if section["marks"] == "###" else "Trends"
            yield _entry(heading["name"], heading["arguments"] or "", default, section["text"])
        else:
            group = section["heading"]


def _entry(name: str, arguments: str, group: str, text: str) -> Entry:
    example = _EXAMPLE.search(text)
    before = text[: example.start()] if example else text
    prose = before.strip().partition("\n\n")[0]
    found = _columns(text)
    sentence, colon, rest = prose.partition(": `")
    if not found and colon:
        found = tuple((column, "") for column in _LISTED.findall(f"`{rest}".partition(".")[0]))
    meaning = _first(sentence if colon and found else "" if prose.startswith("|") else prose)
    return Entry(name, arguments, group, meaning, found, example[1].strip() if example else f"FROM {name}")


def _columns(text: str) -> tuple[tuple[str, str], ...]:
    """The columns of the section's table, after those that it takes over from a table of the lake."""
    inherited = _INHERITED.search(text)
    taken = _table(tables.BY_NAME[inherited[1]]).columns if inherited else ()
    told = _COLUMNS.search(text)
    return (*taken, *((name, _plain(meaning)) for name, meaning in _COLUMN.findall(told[1] if told else "")))


def _table(table: Table) -> Entry:
    columns = tuple((column.name, _plain(column.doc)) for column in table.columns)
    group = "Tables" if table in tables.TABLES else "Reference tables"
    return Entry(table.name, "", group, _first(table.doc), columns, f'FROM "{table.name}" LIMIT 20')


def _first(prose: str) -> str:
    """The first sentence, without markup."""
    return re.split(r"(?<=[\w)'])\.(?:\s|$)|;", _plain(" ".join(prose.split())), maxsplit=1)[0].removesuffix(":")


def _plain(text: str) -> str:
    return text if (bare := _MARKUP.sub(lambda found: found[1] or "", text)) == text else _plain(bare)
