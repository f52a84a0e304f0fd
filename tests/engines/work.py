"""Functions for engines to run."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

MADE = pa.schema([("number", pa.int64()), ("process", pa.int64())])


def item(number: int, order: str = "", folder: str = "") -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([{"number": number, "order": order, "folder": folder}])


def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The number and this process; `order`: what happens before (raise, die, die once, sleep)."""
    for batch in batches:
        for row in batch.to_pylist():
            _obey(row["order"], Path(row["folder"]) / str(row["number"]))
            yield pa.RecordBatch.from_pylist([{"number": row["number"], "process": os.getpid()}], schema=MADE)


def _obey(order: str, mark: Path) -> None:
    if order == "raise":
        raise ValueError("cannot be read")
    if order == "sleep":
        mark.write_text(str(os.getpid()))
        time.sleep(600)
    if order == "die" or (order == "die once" and not mark.exists()):
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
