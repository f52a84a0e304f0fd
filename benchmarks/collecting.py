"""How fast feeds are read and cleaned, beside feedparser alone on the same bytes: `make parsing [FEEDS=folder]`.

Without a folder of feed files, feeds are made: 50 items each with markup, in RSS and Atom, in six scripts. Rounds of
all candidates alternate, so that a noisy machine slows all of them; what is printed are medians of processor time.
"""

import argparse
import io
import time
import warnings
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import feedparser
from rich.console import Console
from rich.table import Table

from media_monitor.collect.articles.address import canonical_url
from media_monitor.collect.articles.page import page_key
from media_monitor.collect.formats.parse import parse
from media_monitor.collect.reading import Document, read
from media_monitor.sources import Feed

FEED = Feed("f", "https://harbour.example/rss", "Harbour News", "harbour.example")
NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
ITEMS = 50
SENTENCES = (
    "The ferry across the bay opened on Monday, and every ticket of the first day was sold.",
    "Паромная линия через залив открылась в понедельник, и билеты первого дня были проданы.",
    "만을 가로지르는 여객선 노선이 월요일에 열렸고 첫날 표는 모두 팔렸다.",
    "横渡海湾的轮渡航线周一开通，第一天的船票全部售完。",
    "湾を横断するフェリー航路が月曜日に開通し、初日の切符は売り切れた。",
    "افتتح خط العبارات عبر الخليج يوم الاثنين وبيعت تذاكر اليوم الأول كلها.",
)
_RSS = """<item><title>{title} &amp;c.</title><link>https://harbour.example/{number}?utm_source=rss</link>
<guid isPermaLink="false">harbour-{number}</guid><pubDate>Mon, 28 Apr 2025 09:{minute:02}:00 +0300</pubDate>
<author>desk@harbour.example (Ann Port)</author><description><![CDATA[{body}]]></description></item>"""
_ATOM = """<entry><title type="html">{title} &amp;amp;c.</title><link href="https://harbour.example/{number}"/>
<id>urn:harbour:{number}</id><published>2025-04-28T09:{minute:02}:00+03:00</published>
<author><name>Ann Port</name></author>
<content type="html"><![CDATA[{body}]]></content></entry>"""
Candidate = Callable[[bytes], object]


def made() -> list[bytes]:
    """A feed a script and dialect."""
    return [_feed(sentence, atom) for sentence in SENTENCES for atom in (False, True)]


def _feed(sentence: str, atom: bool) -> bytes:
    body = f"<p><b>{sentence}</b></p>" + f"<p>{sentence} <a href='/x?a=1&amp;b=2'>{sentence[:20]}</a></p>" * 4
    item = _ATOM if atom else _RSS
    items = "".join(item.format(title=sentence, number=n, minute=n, body=body) for n in range(ITEMS))
    if atom:
        return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{items}</feed>'.encode()
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()


def alone(body: bytes, **options: bool) -> object:
    """feedparser's own result."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return feedparser.parse(io.BytesIO(body), **options)


CANDIDATES: dict[str, Candidate] = {
    "feedparser": alone,
    "feedparser, no cleaning, no links": lambda body: alone(body, sanitize_html=False, resolve_relative_uris=False),
    "entries": lambda body: parse(body, "", FEED.url),
    "articles, cleaned and identified": lambda body: read(Document(FEED, body, "", FEED.url, NOON)),
}


def measured(bodies: Sequence[bytes], rounds: int) -> dict[str, float]:
    """Seconds of processor time for all bodies, by candidate."""
    taken: dict[str, list[float]] = {name: [] for name in CANDIDATES}
    for _ in range(rounds):
        for name, candidate in CANDIDATES.items():
            canonical_url.cache_clear()
            page_key.cache_clear()
            start = time.process_time()
            for body in bodies:
                candidate(body)
            taken[name].append(time.process_time() - start)
    return {name: median(seconds) for name, seconds in taken.items()}


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("feeds", nargs="*", type=Path, help="feed files, or folders of .xml and .rss files")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    bodies = [path.read_bytes() for given in options.feeds for path in _files(given)] or made()
    entries = sum(len(parse(body).entries) for body in bodies)
    seconds = measured(bodies, options.rounds)
    megabytes = sum(map(len, bodies)) / 1e6
    table = Table("Read as", "Entries a second", "MB a second", "Times feedparser")
    for name, taken in seconds.items():
        table.add_row(
            name, f"{entries / taken:,.0f}", f"{megabytes / taken:.1f}", f"{taken / seconds['feedparser']:.2f}"
        )
    Console().print(f"{len(bodies)} feeds, {megabytes:.1f} MB, {entries:,} entries", table)


def _files(given: Path) -> list[Path]:
    return sorted(p for p in given.rglob("*") if p.suffix in (".xml", ".rss")) if given.is_dir() else [given]


if __name__ == "__main__":
    main()
