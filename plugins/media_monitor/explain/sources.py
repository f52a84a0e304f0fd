"""Finds what is to be explained: a stored article, a file, or standard input. Asks no server for anything."""

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from media_monitor import columns
from media_monitor.collect.articles.address import canonical_url
from media_monitor.collect.articles.identity import page_id
from media_monitor.collect.formats.charset import decode
from media_monitor.collect.formats.clean import plain_line, plain_text
from media_monitor.errors import DocumentError, QueryError
from media_monitor.extract.batch import document_of
from media_monitor.extract.document import UNDATED, Document, document_from, row_of
from media_monitor.model import Article, stable_id
from media_monitor.warehouse import query

LARGEST = 20_000_000  # bytes of a file that are read
# Where a page keeps its article, the likeliest first; and what inside it is none of it.
_MAIN = ("article", "main", "[role=main]", "body")
_ASIDE = "nav,header,footer,aside,form,button,figure"
_DATES = ('meta[property="article:published_time"]', 'meta[name="date"]', 'meta[itemprop="datePublished"]')
_ARTICLE_ID = re.compile(r"[0-9a-f]{16}")


def find(source: str, home: Path, record: str | None = None) -> Document:
    """The document: "-" is standard input, an existing file is read, all else is looked for among stored articles.

    Raises:
        DocumentError: there is no such file or article, or it cannot be read.
    """
    if is_of_stored(source):
        return _stored(source, home)
    if source == "-":
        return _from_text(sys.stdin.buffer.read(LARGEST), "standard input", record)
    path = Path(source)
    if path.is_file():
        return _from_file(path, record)
    raise DocumentError(source, "is no file, no address and no id of an article")


def is_of_stored(source: str) -> bool:
    """Whether that means a stored article: it is the address or the id of one, and no file."""
    return not Path(source).is_file() and bool(canonical_url(source) or _ARTICLE_ID.fullmatch(source))


def changed(document: Document, language: str | None, published: date | None, outlet: str | None) -> Document:
    """The document with what a person says of it."""
    return replace(
        document,
        language=language or document.language,
        published=published or document.published,
        day=published or document.day,
        outlet=outlet or document.outlet,
    )


def _stored(source: str, home: Path) -> Document:
    sql = """
        SELECT * FROM articles WHERE article_id IN ($given, $page) OR url IN ($given, $url) OR guid = $given
        ORDER BY revision DESC LIMIT 1
    """
    hint = "save the page and give the file; nothing is fetched here"
    try:
        url = canonical_url(source)
        found = query.run(home, sql, {"given": source, "url": url, "page": page_id(url) if url else None})
    except QueryError as error:
        raise DocumentError(source, f"is no file, and {error}. Or {hint}") from error
    if not found.num_rows:
        raise DocumentError(
            source, f"is not stored in {home}: collect a feed that has it (`media-monitor run`), or {hint}"
        )
    (article,) = columns.instances(Article, found)
    return document_of(article)


def _from_file(path: Path, record: str | None) -> Document:
    try:
        with path.open("rb") as file:
            body = file.read(LARGEST)
    except OSError as error:
        raise DocumentError(path, f"cannot be read: {error.strerror}") from error
    if path.suffix.lower() in (".html", ".htm", ".xhtml"):
        return from_html(body, path.name)
    return _from_text(body, path.name, record, lines=path.suffix.lower() in (".jsonl", ".ndjson"))


def _from_text(body: bytes, name: str, record: str | None, lines: bool = False) -> Document:
    """A text whose first line is the title, a page, or JSON Lines, by their look."""
    text, _ = decode(body)
    start = text.lstrip("\ufeff \t\r\n")
    if lines or start.startswith("{"):
        return _from_lines(text.splitlines(), name, record)
    if re.match(r"(?i)<(!doctype html|html|head|body|article)\b", start):
        return from_html(body, name)
    if not start:
        raise DocumentError(name, "is empty")
    title, _, rest = start.partition("\n")
    return Document(stable_id(text), title.strip(), rest.strip("\r\n"))


def _from_lines(rows: Sequence[str], name: str, record: str | None) -> Document:
    for number, row in enumerate(rows, 1):
        if not row.strip():
            continue
        where = f"{name}:{number}"
        found = row_of(row, where)
        if record is None or found.get("id") == record:
            return document_from({"id": name, **found}, where)
    raise DocumentError(name, f"has no document {record!r}" if record else "is empty")


def from_html(body: bytes, name: str) -> Document:
    """The document of a saved page: its title, and the text of its article element, else of its main part, else all."""
    declared = re.search(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", body[:4096], re.IGNORECASE)
    text, _ = decode(body, f"charset={declared[1].decode('ascii', 'replace')}" if declared else "")
    tree = LexborHTMLParser(text)
    title = _title(tree)
    language = (tree.root.attributes.get("lang") if tree.root else None) or ""
    main = next((node for selector in _MAIN if (node := tree.css_first(selector))), None)
    for aside in main.css(_ASIDE) if main else ():
        aside.decompose()
    told = plain_text(main.html or "") if main else ""
    told = told.removeprefix(title).lstrip("\n") if title else told
    if not title and not told:
        raise DocumentError(name, "has no text in it")
    published = _published(tree)
    site = tree.css_first('meta[property="og:site_name"]')
    outlet = plain_line((site.attributes.get("content") if site else None) or "")
    code = language.split("-")[0].lower()
    return Document(
        stable_id(title, told),
        title,
        told,
        code if len(code) == 2 else None,
        published,
        outlet,
        day=published or UNDATED,
    )


def _title(tree: LexborHTMLParser) -> str:
    heading = tree.css_first("article h1") or tree.css_first("h1")
    if heading:
        return plain_line(heading.html or "")
    meta = tree.css_first('meta[property="og:title"]')
    title = tree.css_first("title")
    return plain_line((meta.attributes.get("content") or "") if meta else (title.text() if title else ""))


def _published(tree: LexborHTMLParser) -> date | None:
    found = [node.attributes.get("content") for selector in _DATES for node in tree.css(selector)]
    found += [node.attributes.get("datetime") for node in tree.css("time[datetime]")]
    for text in found:
        try:
            return date.fromisoformat((text or "")[:10])
        except ValueError:
            continue
    return None
