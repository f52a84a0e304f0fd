"""A data folder with the archive of some days, as runs leave it: chunks, one of them collected twice, article pages,
answers that bring nothing new, rows in quarantine, and a batch that was never loaded.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pyarrow as pa
from tests.test_pages import Handler

from media_monitor import consistency, pipeline, tables
from media_monitor.beat import Beat
from media_monitor.collect.lists.feeds import load_feeds
from media_monitor.collect.lists.opml import write_opml
from media_monitor.config import PACKAGE, Settings
from media_monitor.launch.samples import ON_LOOPBACK, serving
from media_monitor.validate import quarantine
from media_monitor.warehouse import lake

SAMPLES = PACKAGE / "beats" / "dprk_russia" / "samples"
FEW = ("sample-northgate-wire",)
LOADED = ("20250730T101500Z-0000000a", "20250730T111500Z-0000000b", "20250731T101500Z-0000000c")
KILLED = "20250730T121500Z-0000000d"
DAY, JOINED = "2025-07-30", "warc/2025-07-30/0000.warc.gz"
NOW = datetime(2025, 8, 20, 3, tzinfo=UTC)


def build(folder: Path) -> Settings:
    """Makes it in the folder; the settings of it at the moment `NOW`."""
    shutil.copytree(SAMPLES, folder / "served")
    with serving(folder / "served", folder / "samples.opml"), _pages() as port:
        settings = _settings(folder, port)
        for number, batch in enumerate((*LOADED, KILLED)):
            if number == 1:
                _change(folder / "served" / "northgate-wire.xml")
            run(settings, batch, load=batch != KILLED, twice=number == 0)
    lake.merge(settings.home, {"quarantine": _kept_out(settings.home)})
    consistency.refresh(settings)
    return replace(settings, as_of=NOW)


def run(settings: Settings, batch: str, *, load: bool = True, twice: bool = False) -> None:
    """The stages of a run of that name; with `twice` its first chunk is collected once more."""
    then = replace(settings, as_of=datetime.strptime(batch[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC))
    chunks = pipeline.plan(then, force=True)
    for number, feeds in [*enumerate(chunks), *([(0, chunks[0])] if twice else [])]:
        pipeline.collect(then, batch, number, feeds)
    if not load:
        return
    parts = pipeline.settle(then, batch, len(chunks))
    pipeline.pages(then, batch, parts)
    for number in range(parts):
        pipeline.extract(then, batch, number)
    pipeline.validate(then, batch, parts)
    pipeline.load(then, batch)


def stored(home: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of all tables."""
    return {table.name: lake.read(home, table.name).to_pylist() for table in tables.TABLES}


def tree(home: Path) -> dict[str, bytes]:
    """The files of the archive, by name."""
    files = (path for path in (home / "warc").rglob("*") if path.is_file())
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in files}


def _settings(folder: Path, port: int) -> Settings:
    feeds = [one for one in load_feeds(Beat.load("dprk_russia"), folder / "samples.opml") if one.feed_id in FEW]
    asked = f'<outline text="Outlet" mm:fulltext="yes" xmlUrl="http://127.0.0.1:{port}/rss"/></body>'
    opml = folder / "feeds.opml"
    opml.write_text(write_opml(tuple(feeds)).replace("</body>", asked), encoding="utf-8")
    return Settings(home=folder / "home", feeds=opml, chunk_size=1, semantic="off", full_text="feeds", **ON_LOOPBACK)


@contextmanager
def _pages() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def _kept_out(home: Path) -> pa.Table:
    """A row in quarantine: an article as a feed gave it, under another id."""
    row = next(row for row in lake.read(home, "articles").to_pylist() if DAY.replace("-", "") in row["warc_file"])
    kept = {
        "quarantine_id": "kept", "day": row["day"], "table": "articles", "row_id": "kept 1", "article_id": "kept",
        "row": quarantine.as_json(row | {"article_id": "kept"}), "expectations": ["x"], "batch": LOADED[0],
        "at": row["fetched_at"],
    }  # fmt: skip
    return pa.Table.from_pylist([kept], schema=tables.QUARANTINE.schema)


def _change(feed: Path) -> None:
    """Another title for the first item."""
    first, _, rest = feed.read_bytes().partition(b"</title>")
    title, _, tail = rest.partition(b"</title>")
    feed.write_bytes(first + b"</title>" + title + b" (updated)</title>" + tail)
