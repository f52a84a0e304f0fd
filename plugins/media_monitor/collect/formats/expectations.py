"""What the files of feedparser's test suite expect of their entries, held against ours.

Each begins with a comment, `Expect: not bozo and entries[0]['title'] == 'x'`. That is a stranger's Python: it is
taken apart, never run. Texts are compared as what a reader sees, for that is what is stored; links, ids and dates as
they are.
"""

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from media_monitor.collect.formats.charset import decode
from media_monitor.collect.formats.clean import plain_line
from media_monitor.collect.formats.dates import read_date
from media_monitor.sources import Entry

_OPENING = 5_000
_LONGEST = 3_000
_EXPECT = re.compile(r"Description:.*?Expect:\s*(.*?)\s*-->", re.DOTALL)
_HEADER = re.compile(r"^\s*Header:\s*([\w-]+):(.*)$", re.MULTILINE)
_Path = tuple[str | int, ...]
_Judge = Callable[[Entry, Any], bool]


def headers(body: bytes) -> Mapping[str, str]:
    """The HTTP headers that the file says it comes with, by name in lower case."""
    found = _HEADER.findall(decode(body[:_OPENING])[0].partition("-->")[0])
    return {name.lower(): value.strip() for name, value in found}


def holds(body: bytes, entries: Sequence[Entry]) -> bool | None:
    """Whether the entries are as the file expects; None where it expects nothing of what an entry has here."""
    stated = _EXPECT.search(decode(body)[0][:_OPENING])
    if stated is None or len(stated[1]) > _LONGEST:
        return None
    try:
        tree = ast.parse(stated[1].strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    verdicts = [_verdict(path, expected, entries) for path, expected in _equations(tree.body)]
    judged = [verdict for verdict in verdicts if verdict is not None]
    return all(judged) if judged else None


def _equations(node: ast.expr) -> Iterator[tuple[_Path, Any]]:
    """(path, expected value) of each `path == literal` in a conjunction; `len(path)` has "len" at its end."""
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        for value in node.values:
            yield from _equations(value)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq):
        path = _path(node.left)
        try:
            expected = ast.literal_eval(node.comparators[0])
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            return
        if path:
            yield path, expected


def _path(node: ast.expr) -> _Path | None:
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Call):
        is_len = isinstance(node.func, ast.Name) and node.func.id == "len" and len(node.args) == 1
        inner = _path(node.args[0]) if is_len else None
        return (*inner, "len") if inner else None
    if not isinstance(node, ast.Attribute | ast.Subscript):
        return None
    inner, key = _path(node.value), node.attr if isinstance(node, ast.Attribute) else _key(node.slice)
    return (*inner, key) if inner and key is not None else None


def _key(node: ast.expr) -> str | int | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str | int) else None


def _verdict(path: _Path, expected: Any, entries: Sequence[Entry]) -> bool | None:
    if path == ("entries", "len"):
        return bool(len(entries) == expected)
    judge = _JUDGES.get(path[2:]) if path[0] == "entries" and len(path) > 2 else None
    if judge is None or not isinstance(path[1], int):
        return None
    return 0 <= path[1] < len(entries) and judge(entries[path[1]], expected)


def _title(entry: Entry, expected: Any) -> bool:
    return plain_line(entry.title) == plain_line(str(expected))


def _text(entry: Entry, expected: Any) -> bool:
    return plain_line(entry.summary_html) == plain_line(str(expected))


def _published(entry: Entry, expected: Any) -> bool:
    return _date(entry.published_raw, expected)


def _updated(entry: Entry, expected: Any) -> bool:
    return _date(entry.updated_raw or entry.published_raw, expected)


def _date(raw: str | None, expected: Any) -> bool:
    """A date is a string as written, or the nine numbers of a time in UTC, of which the first six tell."""
    if isinstance(expected, str):
        return (raw or "") == expected
    reading = read_date(raw)
    return reading is not None and reading.at.timetuple()[:6] == tuple(expected)[:6]


def _author(entry: Entry, expected: Any) -> bool:
    return any(plain_line(name) == plain_line(str(expected)) for name in entry.authors)


_JUDGES: Mapping[_Path, _Judge] = {
    ("title",): _title,
    ("title_detail", "value"): _title,
    ("description",): _text,
    ("summary",): _text,
    ("summary_detail", "value"): _text,
    ("content", 0, "value"): _text,
    ("link",): lambda entry, expected: entry.link == expected,
    ("id",): lambda entry, expected: entry.guid == expected,
    ("guid",): lambda entry, expected: entry.guid == expected,
    ("published",): _published,
    ("published_parsed",): _published,
    ("updated",): _updated,
    ("updated_parsed",): _updated,
    ("author",): _author,
    ("author_detail", "name"): _author,
    ("authors", 0, "name"): _author,
    ("source", "title"): lambda entry, expected: plain_line(entry.source_title or "") == plain_line(str(expected)),
    ("source", "href"): lambda entry, expected: entry.source_url == expected,
    ("source", "link"): lambda entry, expected: entry.source_url == expected,
}
