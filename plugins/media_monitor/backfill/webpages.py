"""Articles of WARC files of article pages, such as those of Common Crawl's news crawl (CC-NEWS).

Main text, dates, by-lines and outlet are found as they are on pages that a run fetches.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import BinaryIO

from warcio.recordloader import ArcWarcRecord

from media_monitor.backfill.members import records
from media_monitor.backfill.rows import ORIGIN
from media_monitor.backfill.tally import NO_ARTICLE, Tally
from media_monitor.collect.articles.address import canonical_url
from media_monitor.collect.articles.identity import page_id
from media_monitor.collect.articles.page import identifies
from media_monitor.collect.pages.pagereading import PageDocument, PageReading
from media_monitor.collect.sandbox import Sandbox
from media_monitor.collect.web.domains import registrable
from media_monitor.extract.batch import agency
from media_monitor.model import Article, document_text


def articles(file: BinaryIO, name: str, sandbox: Sandbox, most: int, tally: Tally) -> Iterator[Article]:
    """The articles among the pages of the open WARC file; `most` is the largest page that is read, in bytes.

    Raises:
        OSError: it cannot be read.
    """
    for offset, record in records(file, name, tally):
        if record.rec_type != "response":
            continue
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        where = f"{name}: byte {offset:,}"
        try:
            document = _document(record, url, most)
        except Exception as error:  # of a coding, a header or a date: what servers send and crawlers keep
            tally.fault(where, f"{url}: cannot be read: {type(error).__name__}: {str(error)[:200]}")
            continue
        if isinstance(document, str):
            tally.left(NO_ARTICLE, document)
            continue
        made = _article(document, sandbox.read(document))
        if isinstance(made, str):
            tally.left(NO_ARTICLE, made)
        else:
            yield replace(made, warc_file=name, warc_offset=offset)


def article(document: PageDocument, reading: PageReading) -> Article | None:
    """The page as an article of its own; None for what is none."""
    made = _article(document, reading)
    return None if isinstance(made, str) else made


def _document(record: ArcWarcRecord, url: str, most: int) -> PageDocument | str:
    """The page, or why the record is none."""
    status = record.http_headers.get_statuscode() if record.http_headers else ""
    if not status.startswith("2"):
        return f"status {status}" if status else "no answer of a web server"
    if canonical_url(url) is None or not identifies(canonical_url(url) or ""):
        return "a front page, or no web address"
    body = _body(record, most)
    if len(body) > most:
        return f"a page of more than {most:,} bytes"
    at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")).astimezone(UTC)
    return PageDocument(body, record.http_headers.get_header("Content-Type") or "", url, url, "", "", at)


def _body(record: ArcWarcRecord, most: int) -> bytes:
    """The expanded body, one byte more than `most` where it is longer."""
    stream, pieces, size = record.content_stream(), [], 0
    while size <= most and (piece := stream.read(1 << 16)):
        pieces.append(piece)
        size += len(piece)
    if size <= most and record.raw_stream.limit > 0:
        raise EOFError(f"{record.raw_stream.limit:,} bytes are missing at its end")
    return b"".join(pieces)[: most + 1]


def _article(page: PageDocument, reading: PageReading) -> Article | str:
    """The article, or why the page is none."""
    told, url = reading.facts, canonical_url(page.url) or ""
    if reading.outcome != "text":
        return f"{reading.outcome}: {reading.reason.partition(':')[0]}"
    if told.published_at is None and not told.is_article:
        return "neither declares itself an article nor has a date"
    canonical = told.canonical_url
    if canonical and identifies(canonical) and registrable(canonical) == registrable(url):
        url = canonical
    title = next((one for one in (*told.headings, told.title) if one), "")
    content = document_text(title, reading.text)
    return Article(
        article_id=page_id(url), revision=1, url=url, guid=None, feed_id=ORIGIN, outlet=told.site, publisher="",
        affiliation="", country=None, language=told.language, title=title, text=reading.text,
        agency=agency(told.credits), authors=told.authors, published_at=told.published_at,
        date_source="page" if told.published_at else "none", fetched_at=page.fetched_at,
        content_sha256=hashlib.sha256(content.encode("utf-8", "replace")).hexdigest(), text_source="page",
    )  # fmt: skip
