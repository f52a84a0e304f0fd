"""Real feeds and the suites of other parsers, where they are at hand: measured, not copied."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from media_monitor.collect.reading import Document, read
from media_monitor.model import Feed

CORPUS = Path(__file__).parents[2].parent / "shared" / "feeds"
FEED = Feed("f", "https://a.example/rss", "Outlet", "a.example")
NOW = datetime(2030, 1, 1, tzinfo=UTC)
SECONDS = 10.0


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the feed corpus is not beside the checkout")
def test_every_feed_of_the_corpus_is_read_or_refused_with_a_reason(record_property):
    files = [path for path in sorted(CORPUS.rglob("*")) if path.is_file()]
    entries = refused = 0
    for path in files:
        start = time.monotonic()
        reading = read(Document(FEED, path.read_bytes(), "", FEED.url, NOW))
        assert time.monotonic() - start < SECONDS, path
        assert reading.fault is None or (reading.articles == () and "\n" not in reading.fault), path
        entries += len(reading.articles)
        refused += reading.fault is not None
    record_property("entries", entries)
    print(f"{len(files)} files: {entries} entries, {refused} refused")
    assert entries > 10_000
    assert refused < len(files) / 10
