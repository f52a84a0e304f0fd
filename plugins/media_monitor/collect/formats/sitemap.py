"""News sitemaps (sitemaps.org 0.9 with Google's news extension 0.9) to entries.

They name the last two days' articles with title, date and language, and no text: a way to follow publishers that
have no feed. Elements are told by their local names, for the namespaces have had several addresses.
"""

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import ParseError, iterparse

from media_monitor.collect.formats.parsed import BREAKS_OFF, MOST_ITEMS, Parsed, as_html, language, only_some
from media_monitor.sources import Entry

ROOTS = frozenset({"urlset", "sitemapindex"})
_MOST_NAMED = 50
_Fields = Mapping[str, str]


def read(document: str) -> Parsed:
    """The entries of a news sitemap. A sitemap without titles, and an index of sitemaps, is a fault that says so.

    `document` must have a harmless prolog: entities are expanded as it declares them.
    """
    rows, broken = _rows(document)
    if any("sitemap" in row for row in rows):
        named = _most_telling_first(rows)
        return Parsed(fault=f"is an index of sitemaps, not a feed; it names a sitemap at {named[0]}", sitemaps=named)
    titled = [row for row in rows if row.get("title")]
    if not titled:
        return Parsed(fault=f"is a sitemap without titles of news ({len(rows):,} addresses), not a feed")
    left_out = len(rows) - len(titled)
    notes = [f"{left_out:,} addresses without a title of news were left out"] if left_out else []
    entries = tuple(_entry(row) for row in titled[:MOST_ITEMS])
    return Parsed(entries, notes=(*notes, *only_some(len(titled)), *([BREAKS_OFF] if broken else [])))


def _rows(document: str) -> tuple[list[_Fields], bool]:
    """For each address its fields by local name, the first of each; and whether the document is not well-formed."""
    rows: list[_Fields] = []
    try:
        for row in _read(document):
            rows.append(row)  # one by one: what came before an error is kept
    except ParseError:
        return rows, True
    return rows, False


def _read(document: str) -> Iterator[_Fields]:
    fields: dict[str, str] = {}
    path: list[str] = []
    for event, element in iterparse(io.BytesIO(document.encode()), ("start", "end")):
        name = _local(element)
        if event == "start":
            path.append(name)
            continue
        path.pop()
        if name in ("url", "sitemap") and len(path) == 1:
            yield {**fields, name: ""}
            fields = {}
        elif path[2:3] in ([], ["news"]):  # pictures and films have titles of their own
            fields.setdefault(name, " ".join((element.text or "").split()))
        element.clear()


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _entry(row: _Fields) -> Entry:
    fields = defaultdict(str, row)
    return Entry(
        title=as_html(fields["title"]),
        link=fields["loc"] or None,
        guid=fields["loc"] or None,
        summary_html="",
        published_raw=fields["publication_date"] or None,
        updated_raw=fields["lastmod"] or None,
        language=language(fields["language"]),
    )


def _most_telling_first(rows: list[_Fields]) -> tuple[str, ...]:
    """Addresses of the sitemaps that are likeliest to hold news: first those named so, then those changed last."""

    def rank(row: _Fields) -> tuple[bool, str]:
        return "news" in row.get("loc", "").lower(), row.get("lastmod", "")

    return tuple(row.get("loc", "") for row in sorted(rows, key=rank, reverse=True)[:_MOST_NAMED])
