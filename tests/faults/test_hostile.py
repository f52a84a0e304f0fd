"""Feeds of all bad kinds beside the samples, through all stages: each has its reason, the others do not notice."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from tests.collect.conftest import HostileServer
from tests.faults import state

from media_monitor.beat import Beat
from media_monitor.collect.lists.feeds import load_feeds
from media_monitor.collect.lists.opml import write_opml

REASONS = {
    "/html": "is an HTML page, not a feed",
    "/empty": "is empty",
    "/json": "is not a feed",
    "/broken-off": "the connection broke off",
    "/60-mb": "larger than 1,000,000 bytes",
    "/endless": "larger than 1,000,000 bytes",
    "/gzip-bomb": "larger than 1,000,000 bytes",
    "/drip": "not complete within 1 s",
    "/silent": "no answer within 1 s",
    "/circle": "redirects in a circle",
    "/staircase": "redirects more than 5 times",
    "/entity-bomb": "declares nested entities",
    "/reset": "Connection reset",
    "/500": "answered 500",
}
READ_ALL_THE_SAME = ("/truncated", "/wrong-charset", "/no-items")


@pytest.fixture
def hostile() -> Iterator[HostileServer]:
    with HostileServer() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.stopping.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def mixed(samples: Path, hostile: HostileServer, tmp_path: Path) -> Path:
    """An OPML file in which bad feeds stand between the samples."""
    good = list(load_feeds(Beat.load("dprk_russia"), samples))
    bad = [hostile.feed(path) for path in (*REASONS, *READ_ALL_THE_SAME)]
    both = [feed for pair in zip(bad, [*good, *good[: len(bad) - len(good)]], strict=True) for feed in pair]
    opml = tmp_path / "mixed.opml"
    opml.write_text(write_opml(dict.fromkeys(both)))
    return opml


def test_bad_feeds_beside_the_samples(new_place, mixed, undisturbed, endpoint):
    place = new_place(mixed, timeout_seconds=1.0, max_bytes=1_000_000)
    run = place.command("run")
    assert run.wait() == 0, run.text
    assert "Traceback" not in run.text
    found = state.stored(place.home)
    fetches = {row["feed_id"]: row for row in found["fetches"].to_pylist()}
    assert {feed: why for feed, why in REASONS.items() if why not in (fetches[feed]["error"] or "")} == {}
    assert {feed: fetches[feed]["error"] for feed in READ_ALL_THE_SAME if fetches[feed]["error"]} == {}
    steady = {name: _of_samples(rows) for name, rows in state.steady(found).items()}
    assert state.differences(steady, undisturbed.contents) == []
    assert state.unaccounted(found["alerts"], endpoint.received(place.home.parent.name)) == []
    told = " ".join(run.text.split())
    assert [feed for feed in REASONS if f"Outlet {feed}" not in told] == []


def _of_samples(rows: pa.Table) -> pa.Table:
    return rows.filter(pc.starts_with(rows["feed_id"], "sample-")) if "feed_id" in rows.column_names else rows
