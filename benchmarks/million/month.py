"""The archive of a month of runs every quarter of an hour, six chunks of 25 feeds each, with the rows that name its
answers: what its many small files take, before and after upkeep has joined them."""

import os
import random
import re
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import duckdb

from media_monitor import consistency, pipeline, tables
from media_monitor.collect.warc import batches
from media_monitor.collect.warc.archive import Archive
from media_monitor.collect.web.exchange import Answer, Exchange
from media_monitor.config import Settings
from media_monitor.upkeep import steps
from media_monitor.upkeep.compaction import Joined
from media_monitor.warehouse import index
from media_monitor.warehouse.schema import version
from million import facts, world

FIRST = datetime(2026, 10, 1, tzinfo=UTC)
CHUNKS, FEEDS, BODY = 6, 25, 100  # chunks a run, feeds a chunk, bytes of an answer
EVERY = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Archived:
    """What an archive is: files, folders, bytes on disk; seconds of looking at each, copying all, listing batches."""

    files: int
    folders: int
    disk: int
    look: float
    copy: float
    listing: float


def settings(home: Path, days: int) -> Settings:
    """Of upkeep on the day when the last of them is old enough to be joined."""
    return Settings(home=home, as_of=FIRST + timedelta(days=days + 8), semantic="off")


def make(home: Path, days: int) -> None:
    """Archive, lake and warehouse of that many days."""
    content, offsets = _chunk(home / "chunk" / "0000.warc.gz")
    runs = [FIRST + n * EVERY for n in range(days * 96)]
    names = [pipeline.batch_id(moment) for moment in runs]
    for name in names:
        folder = home / "warc" / name
        folder.mkdir(parents=True)
        for number in range(CHUNKS):
            (folder / f"{number:04}.warc.gz").write_bytes(content)
        (folder / batches.LOADED).touch()
    version.begin(home)
    _rows(home, names, offsets)
    index.rebuild(home, world.SCRIPTS, world.references(), consistency.derived())
    consistency.prepare(settings(home, days))


def measured(home: Path) -> Archived:
    """The archive as it is."""
    folder = home / "warc"
    files = sum(1 for _ in folder.rglob("*.warc.gz"))
    disk = sum(path.stat().st_blocks * 512 for path in folder.rglob("*"))
    copied = home / "copied"
    look = _seconds(lambda: [entry.stat() for path, _, _ in os.walk(folder) for entry in os.scandir(path)])
    copy = _seconds(lambda: shutil.copytree(folder, copied))
    shutil.rmtree(copied)
    listing = _seconds(lambda: batches.loaded(folder))
    return Archived(files, sum(path.is_dir() for path in folder.iterdir()), disk, look, copy, listing)


def joined(home: Path, days: int) -> tuple[Joined, float, float]:
    """(what was joined, seconds, megabytes of memory that it took at most), in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_joined, home, days).result()


def _joined(home: Path, days: int) -> tuple[Joined, float, float]:
    began = time.perf_counter()
    done = steps.run(settings(home, days), ["compact"])["compact"].joined
    taken = time.perf_counter() - began
    assert done is not None
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return done, taken, int(peak) / 1e3


def _chunk(path: Path) -> tuple[bytes, list[int]]:
    """(content, places of its answers) of a chunk; all chunks are alike."""
    draw, offsets = random.Random(1), []
    with Archive(path) as archive:
        for number in range(FEEDS):
            answer = Exchange(f"https://f{number}.example/rss", FIRST, (), 200, "OK", (), draw.randbytes(BODY))
            offsets.append(archive.add(answer))
            archive.note({"feed_id": f"feed-{number:03}"}, Answer(FIRST, (answer,), 5))
    content = path.read_bytes()
    shutil.rmtree(path.parent)
    return content, offsets


def _rows(home: Path, names: list[str], offsets: list[int]) -> None:
    """A fetch of each feed by each run, and an article of every tenth fetch."""
    fetches = f"""
        SELECT
            'feed-' || printf('%03d', f) AS feed_id, batch, 'https://f' || f || '.example/rss' AS url,
            CAST(strptime(batch[1:8], '%Y%m%d') AS DATE) AS day, 'Outlet ' || f AS outlet,
            CAST(strptime(batch[1:15], '%Y%m%dT%H%M%S') AS TIMESTAMPTZ) AS fetched_at, 200 AS status, 500 AS bytes,
            200 AS elapsed_ms, 20 AS entries, CAST((f + n) % 10 = 0 AS INTEGER) AS new_entries, 0 AS failures,
            '' AS note,
            'warc/' || batch || '/' || printf('%04d', f // {FEEDS}) || '.warc.gz' AS warc_file,
            ({offsets!r})[1 + f % {FEEDS}] AS warc_offset
        FROM (SELECT unnest($names) AS batch, unnest(range(len($names))) AS n), range({CHUNKS * FEEDS}) AS feeds(f)
    """
    made = facts.selects(CHUNKS * FEEDS * len(names) // 10, 1, 4, facts.SHORT_TEXT, 1)["articles"]
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'; SET threads = 2")
        for table in tables.TABLES:
            connection.execute(table.ddl)
        connection.execute(f"INSERT INTO fetches BY NAME {fetches}", {"names": names})
        connection.execute(f"""
            INSERT INTO articles BY NAME
            SELECT a.* EXCLUDE (day, n), f.day, f.warc_file, f.warc_offset FROM
            (SELECT *, row_number() OVER (ORDER BY article_id) AS n FROM ({made}) WHERE revision = 1) AS a
            JOIN (SELECT *, row_number() OVER (ORDER BY batch, feed_id) AS n FROM fetches WHERE new_entries > 0) AS f
            USING (n)
        """)
        for name in ("fetches", "articles"):
            world.write(connection, home, name)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
