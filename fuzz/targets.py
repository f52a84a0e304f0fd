"""What is fuzzed: for each reader of what strangers wrote a function of bytes that raises only what is declared.

A target checks what must hold for any bytes, so that a finding is more than a crash. Seeds are in `seeds/`.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from media_monitor.beat import read_toml
from media_monitor.collect.formats.clean import plain_line, plain_text
from media_monitor.collect.formats.parsed import NOT_XML
from media_monitor.collect.lists.discover import names
from media_monitor.collect.lists.feeds import feed_of
from media_monitor.collect.lists.opml import read_opml, write_opml
from media_monitor.collect.lists.publishers import Families, read_publishers
from media_monitor.collect.pages.maintext import main_text
from media_monitor.collect.reading import Document, read
from media_monitor.errors import BeatError, MediaMonitorError
from media_monitor.sources import Feed

FEED = Feed("f", "https://harbour.example/rss", "Harbour News", "harbour.example")
NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
SEEDS = Path(__file__).resolve().parent / "seeds"
_UNKNOWN = Families({}, {}, {})


def feed(data: bytes) -> None:
    """Entries or a fault; nothing that is no text; the same twice."""
    reading = read(Document(FEED, data, "", FEED.url, NOON))
    assert not (reading.fault or "").startswith("cannot be parsed"), reading.fault
    for article in reading.articles:
        assert "\n" not in article.title
        for text in (article.title, article.text or "", article.url or ""):
            assert not NOT_XML.search(text), text
            text.encode()
        assert article.published_at is None or article.published_at.utcoffset() is not None
    again = read(Document(FEED, data, "", FEED.url, NOON))
    assert [a.article_id for a in again.articles] == [a.article_id for a in reading.articles]


def html(data: bytes) -> None:
    """Clean text, which cleaning leaves as it is where it holds no markup; the main text; the feeds that are named."""
    markup = data.decode("utf-8", "replace")
    text, line = plain_text(markup), plain_line(markup)
    assert "\n" not in line
    for found in (text, line):
        assert not NOT_XML.search(found), found
    if not {"<", "&"} & set(text):
        assert plain_text(text) == text
    for named in names(markup, "https://harbour.example/"):
        assert named.url.startswith(("http://", "https://"))
    main_text(markup).encode()


def opml(data: bytes) -> None:
    """Subscriptions, or an error that names the file; written and read again they are the same."""
    with _file(data, "feeds.opml") as path:
        try:
            feeds = [feed_of(outline, _UNKNOWN) for outline in read_opml(path)]
        except BeatError as error:
            one_line(error, path)
            return
        path.write_text(write_opml(feeds), encoding="utf-8")
        assert [feed_of(outline, _UNKNOWN) for outline in read_opml(path)] == feeds


def toml(data: bytes) -> None:
    """A table, or an error that names the file."""
    with _file(data, "publishers.toml") as path:
        for reader in (lambda: read_toml(path, {"publisher"}), lambda: read_publishers(path)):
            try:
                reader()
            except BeatError as error:
                one_line(error, path)


def one_line(error: MediaMonitorError, culprit: object) -> None:
    """Checks that the error is one line that begins with the culprit."""
    assert error.culprit.startswith(str(culprit)), error
    assert "\n" not in str(error), error


@contextmanager
def _file(data: bytes, name: str) -> Iterator[Path]:
    """A file of that name in a folder of its own, in memory where there is such a place."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        yield path


TARGETS: dict[str, Callable[[bytes], None]] = {"feed": feed, "html": html, "opml": opml, "toml": toml}


def seeds(target: str) -> list[Path]:
    """The files that the target begins with: small ones, so that many inputs can be tried."""
    return sorted((SEEDS / target).iterdir())
