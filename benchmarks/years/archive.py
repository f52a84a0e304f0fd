"""The archive on disk: Parquet files of row groups, as a news archive is kept."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from years import news

FILE_ROWS, GROUP_ROWS = 100_000, 10_000
SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("url", "title", "text", "language", "outlet")),
        *((name, pa.timestamp("us", "UTC")) for name in ("published_at", "fetched_at")),
    ]
)


def write(folder: Path, count: int) -> int:
    """Writes `count` articles in files of `FILE_ROWS`; gives the size of all, bytes."""
    folder.mkdir(parents=True)
    for number, first in enumerate(range(0, count, FILE_ROWS)):
        made = news.articles(min(FILE_ROWS, count - first), first)
        with pq.ParquetWriter(folder / f"{number:04}.parquet", SCHEMA, compression="zstd") as writer:
            for rows in _groups(made):
                writer.write_table(pa.Table.from_pylist(rows, schema=SCHEMA))
    return sum(path.stat().st_size for path in folder.glob("*.parquet"))


def _groups(made: Iterator[news.Made]) -> Iterator[list[dict[str, object]]]:
    while rows := [one.row for one in islice(made, GROUP_ROWS)]:
        yield rows
