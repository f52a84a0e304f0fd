"""Spark: the engine for a cluster. Each item is a job of one task, so that Spark tries it again where a worker dies.

Nodes need Python with this package. Parts are read where they are worked on, so sources must be within their reach.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

import pyarrow as pa

from media_monitor.engines.contract import ATTEMPTS, Done, Work
from media_monitor.errors import SettingError

_MISSING = "PySpark is not installed; install the extra: pip install 'media-monitor[spark]'"


class Spark:
    """A Spark application on the master of that address (`spark://host:7077`, `yarn`, `k8s://…`, `local[4]`).

    Without a master, that of spark-submit or spark-defaults.conf counts, else this machine. `options` are settings of
    Spark by name. `workers` is how many items are worked on at once, by default as many as the cluster has cores.

    Raises:
        SettingError: PySpark is not installed, or no session can be made.
    """

    def __init__(self, master: str | None = None, workers: int | None = None, **options: str) -> None:
        self._workers = workers
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise SettingError("engine spark", _MISSING) from error
        builder = SparkSession.builder.appName("media-monitor")
        builder = builder.config("spark.task.maxFailures", str(ATTEMPTS + 1))
        for name, value in options.items():
            builder = builder.config(name, value)
        try:
            self._session: Any = (builder.master(master) if master else builder).getOrCreate()
        except Exception as error:
            raise SettingError("engine spark", f"no session could be made: {_line(error)}") from error

    def run(self, work: Work, schema: pa.Schema, items: Iterable[pa.RecordBatch], /) -> Iterator[Done]:
        """As the contract says."""
        from pyspark.sql.pandas.types import from_arrow_schema

        most = self._workers or self._session.sparkContext.defaultParallelism
        made = from_arrow_schema(schema)
        running: set[Future[Done]] = set()
        with ThreadPoolExecutor(most) as threads:
            for number, item in enumerate(items):
                running.add(threads.submit(self._done, number, item, work, made))
                if len(running) > most:
                    yield from _finished(running)
            while running:
                yield from _finished(running)

    def _done(self, number: int, item: pa.RecordBatch, work: Work, made: Any) -> Done:
        try:
            frame = self._session.createDataFrame(pa.Table.from_batches([item])).coalesce(1)
            return Done(number, tuple(frame.mapInArrow(work, made).toArrow().to_batches()))
        except Exception as error:  # of Spark or of the function: this item's misfortune, not the others'
            return Done(number, fault=_line(error))

    def __enter__(self) -> "Spark":
        return self

    def __exit__(self, *_: object) -> None:
        self._session.stop()


def _finished(running: set[Future[Done]]) -> Iterator[Done]:
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    running -= done
    yield from (future.result() for future in done)


def _line(error: Exception) -> str:
    """The last line of the message: Spark puts a Java trace around what was said in Python."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = [line for line in lines if "Error: " in line and not line.startswith("at ")]
    return (told[-1] if told else lines[0] if lines else type(error).__name__)[:500]
