import time
from datetime import UTC, datetime

from media_monitor.collect.reading import Document, read
from media_monitor.collect.sandbox import Sandbox
from media_monitor.sources import Feed

FEED = Feed("f", "https://a.example/rss", "Outlet", "a.example")
NOON = datetime(2025, 4, 28, 12, tzinfo=UTC)
GOOD = b'<rss version="2.0"><channel><item><title>Ferry</title><link>https://a.example/1</link></item></channel></rss>'
MANY = GOOD.replace(b"</item>", b"<a></a>" * 600_000 + b"</item>")


def document(body: bytes) -> Document:
    return Document(FEED, body, "", FEED.url, NOON)


def test_it_reads_what_reading_reads():
    with Sandbox(10) as sandbox:
        assert sandbox.read(document(GOOD)) == read(document(GOOD))
        assert sandbox.read(document(b"")).fault == "is empty"


def test_a_document_that_takes_for_ever_is_given_up_and_the_next_is_read():
    start = time.monotonic()
    with Sandbox(1) as sandbox:
        assert sandbox.read(document(MANY)).fault == "could not be read within 1 s"
        assert sandbox.read(document(GOOD)).articles[0].title == "Ferry"
    assert time.monotonic() - start < 8


def test_a_reader_that_dies_is_replaced():
    with Sandbox(10) as sandbox:
        sandbox.read(document(GOOD))
        sandbox._process.kill()
        assert sandbox.read(document(GOOD)).fault == "the parser broke down over it"
        assert sandbox.read(document(GOOD)).fault is None


def test_the_process_ends_with_the_sandbox():
    with Sandbox(10) as sandbox:
        assert sandbox._process is None  # nothing to read yet
        sandbox.read(document(GOOD))
        process = sandbox._process
        assert process.poll() is None
    assert process.returncode == 0
