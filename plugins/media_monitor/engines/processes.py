"""The process pool: the default engine, a process for each core of this machine."""

import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process

import pyarrow as pa

from media_monitor import cycles
from media_monitor.engines.contract import ATTEMPTS, Done, Work

_AHEAD = 1  # items that wait beside those that run, so that no process waits for the next


class Processes:
    """A pool of `workers` processes, as many as there are cores where that is None; with 1, this process itself."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or len(os.sched_getaffinity(0))

    def run(self, work: Work, _: pa.Schema, items: Iterable[pa.RecordBatch], /) -> Iterator[Done]:
        """As the contract says."""
        numbered = enumerate(items)
        if self.workers == 1:
            yield from (_done(number, work, item) for number, item in numbered)
            return
        while True:
            with _Pool(self.workers, work) as pool:
                yield from pool.drain(numbered)
            if not pool.lost:
                return
            for number, item in pool.lost:
                yield _alone(number, item, work)


class _Pool:
    """Processes that are started fresh: libraries with threads hang in a forked one."""

    def __init__(self, workers: int, work: Work) -> None:
        self._executor = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_end_with_parent)
        self._most, self._work = workers + _AHEAD, work
        self.lost: list[tuple[int, pa.RecordBatch]] = []

    def drain(self, items: Iterator[tuple[int, pa.RecordBatch]]) -> Iterator[Done]:
        """What became of the items, until they end or a process dies; `lost` are those that ran then."""
        running: dict[Future[Done], tuple[int, pa.RecordBatch]] = {}
        for item in items:
            try:
                running[self._executor.submit(_done, item[0], self._work, item[1])] = item
            except BrokenProcessPool:
                self.lost.append(item)
            if len(running) >= self._most:
                yield from self._finished(running)
            if self.lost:
                break
        while running:
            yield from self._finished(running)

    def _finished(self, running: dict[Future[Done], tuple[int, pa.RecordBatch]]) -> Iterator[Done]:
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            item = running.pop(future)
            try:
                yield future.result()
            except BrokenProcessPool:
                self.lost.append(item)

    def __enter__(self) -> "_Pool":
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)


def _done(number: int, work: Work, item: pa.RecordBatch) -> Done:
    try:
        return Done(number, tuple(work(iter([item]))))
    except Exception as error:  # a fault of the function is this item's misfortune, not the others'
        return Done(number, fault=f"{type(error).__name__}: {error}")


def _alone(number: int, item: pa.RecordBatch, work: Work) -> Done:
    """Each item that ran when a process died runs in a process of its own: the one to blame dies there again."""
    for _ in range(ATTEMPTS - 1):
        with _Pool(1, work) as pool:
            found = list(pool.drain(iter([(number, item)])))
        if found:
            return found[0]
    return Done(number, fault=f"the process that worked on it died {ATTEMPTS} times")


def _end_with_parent() -> None:
    """In a process of the pool: ends it with the one that started it, however that ends, and leaves Ctrl-C to it."""
    cycles.seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent is not None
    threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
