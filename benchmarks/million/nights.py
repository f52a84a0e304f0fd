"""Nights of upkeep of two years of news, and what the lake's file a table and day costs beside a file a month."""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
from pyarrow import dataset, parquet

from media_monitor import tables
from media_monitor.config import Settings
from media_monitor.upkeep import steps
from media_monitor.warehouse import partition, places, vacuum
from million import given

LONG = "forever"
NIGHTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("nothing is due", (f"fetches={LONG}", f"checks={LONG}")),
    ("the first with the default limits", ()),
    ("half of all articles are past their limit", ("articles=365",)),
)


def measured(home: Path) -> Iterator[tuple[str, float, int, int]]:
    """(night, seconds, rows that went, rows that stayed though they are as old) of each, one after the other."""
    then = datetime.combine(given.day_of(given.DAYS), datetime.min.time(), UTC)
    settings = Settings(home=home, as_of=then, semantic="off")
    steps.run(settings, ["vacuum"])  # what a warehouse that was just made has to catch up with
    for name, limits in NIGHTS:
        began = time.perf_counter()
        found = steps.run(replace(settings, retention_days=limits), [n for n in steps.STEPS if n != "vacuum"])
        taken = time.perf_counter() - began
        removals = [one for done in found.values() for one in done.removals]
        yield name, taken, sum(one.rows for one in removals), sum(one.kept for one in removals)
    began = time.perf_counter()
    freed = vacuum.vacuum(home)  # whether it is worth the while or not
    yield f"the file written anew: {freed / 1e6:,.0f} MB less", time.perf_counter() - began, 0, 0


def files(home: Path) -> Iterator[tuple[str, str]]:
    """(what, figure) of the lake's files, and of the same rows in a file a month."""
    paths = [path for table in tables.TABLES for _, path in places.partitions(home, table.name)]
    size = sum(path.stat().st_size for path in paths)
    yield "files", f"{len(paths):,}, {size / 1e6:,.0f} MB"
    look = _seconds(lambda: [partition.fingerprint(path) for path in _all(home)])
    yield "looking at all of them, as a run does", f"{look:.2f} s"
    yield "reading all", f"{_seconds(lambda: [parquet.ParquetFile(path).read() for path in _all(home)]):.1f} s"
    months = home / "months"
    _by_month(home, months)
    monthly = sorted(months.rglob("*.parquet"))
    yield "in a file a month", f"{len(monthly):,}, {sum(path.stat().st_size for path in monthly) / 1e6:,.0f} MB"
    yield "reading all of these", f"{_seconds(lambda: [parquet.ParquetFile(path).read() for path in monthly]):.1f} s"
    whole, day = max((months / "articles").iterdir()), max(places.partitions(home, "articles"))[1]
    for what, path in (("writing articles of a month again, as a load would", whole), ("of a day, as it does", day)):
        rows = parquet.ParquetFile(path).read()
        yield what, f"{_seconds(lambda rows=rows: _write(rows, months / 'again.parquet')):.3f} s"
    shutil.rmtree(months)


def _all(home: Path) -> Iterator[Path]:
    return (path for table in tables.TABLES for _, path in places.partitions(home, table.name))


def _by_month(home: Path, folder: Path) -> None:
    for table in tables.TABLES:
        months: dict[str, list[str]] = {}
        for day, path in places.partitions(home, table.name):
            months.setdefault(f"{day:%Y-%m}", []).append(str(path))
        for name, paths in months.items():
            target = folder / table.name / f"{name}.parquet"
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(dataset.dataset(paths, schema=table.schema).to_table(), target)


def _write(rows: pa.Table, path: Path) -> None:
    parquet.write_table(rows.combine_chunks(), path, compression="zstd", write_page_checksum=True)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
