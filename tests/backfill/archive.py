"""Archives of articles to be backfilled: our own labelled texts, dated over some weeks, as files of each kind."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from media_monitor import tables
from media_monitor.config import Settings
from media_monitor.warehouse import lake

GOLD = Path(__file__).parents[1] / "gold"
FIRST = datetime(2025, 3, 1, 8, tzinfo=UTC)
Row = dict[str, Any]


def rows(count: int, languages: tuple[str, ...] = ("en", "de", "ru")) -> list[Row]:
    """So many articles, each of a text of its own, one every ten hours."""
    lines = [line for name in languages for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]
    found = [json.loads(line) for line in lines][:count]
    assert len(found) == count
    return [
        {
            "url": f"https://paper{number % 4}.example.org/2025/{number}/story",
            "title": row["title"],
            "text": row["text"],
            "published_at": (FIRST + timedelta(hours=10 * number)).isoformat(),
            "outlet": f"Paper {number % 4}",
        }
        for number, row in enumerate(found)
    ]


def lines(path: Path, found: list[Row]) -> Path:
    """The rows as JSON Lines, compressed where the name says so."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return path


def columnar(path: Path, found: list[Row], in_group: int = 7) -> Path:
    """The rows as Parquet, times as timestamps."""
    typed = [row | {"published_at": datetime.fromisoformat(row["published_at"])} for row in found]
    parquet.write_table(pa.Table.from_pylist(typed), path, row_group_size=in_group)
    return path


def settings(home: Path, **more: Any) -> Settings:
    return Settings(home=home, semantic="off", **more)


def partitions(home: Path) -> dict[str, bytes]:
    """Content of each partition of the lake by its name."""
    folder = home / "lake"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.glob("*/day=*/*.parquet"))}


def keys(home: Path, table: str) -> list[tuple[Any, ...]]:
    """The keys of the rows of the table, each of which has to stand once."""
    found = lake.read(home, table).select(list(tables.BY_NAME[table].key)).to_pylist()
    return sorted(tuple(row.values()) for row in found)
