"""What is measured of stages, loads, deliveries and upkeep."""

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from media_monitor import tables
from media_monitor.config import Settings
from media_monitor.metrics import emit
from media_monitor.warehouse import places, query

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")
_NEWEST = """
    SELECT max(printed_at) AS newest FROM current_articles
    WHERE day >= (SELECT max(day) - 1 FROM current_articles WHERE day <= $now::DATE) AND printed_at <= $now
"""
_WAITING = "SELECT count(*) AS n FROM alerts_at($now) WHERE state IN ('waiting', 'failed')"


def stage(work: Callable[_Given, _Found]) -> Callable[_Given, _Found]:
    """The stage, timed by its name; one that ends in an error is counted."""

    @wraps(work)
    def timed(*args: _Given.args, **kwargs: _Given.kwargs) -> _Found:
        with _timed(work.__name__):
            return work(*args, **kwargs)

    return timed


@contextmanager
def _timed(name: str) -> Iterator[None]:
    started = time.monotonic()
    try:
        yield
    except BaseException:
        emit.count("stage_failures.{stage}", stage=name)
        raise
    finally:
        emit.time("stage.{stage}", (time.monotonic() - started) * 1000, stage=name)


def rejected() -> None:
    """A batch was rejected."""
    emit.count("batches.rejected")


def loaded(settings: Settings, passed: Mapping[str, pa.Table], rows: Mapping[str, int], raised: int) -> None:
    """A batch was loaded: `passed` is what was to be stored, `rows` how much of it was new, by table. What a repeated
    load finds stored already counts once."""
    if not emit.wanted():
        return
    if rows.get("checks"):
        emit.count("batches.loaded")
        emit.count("alerts.raised", raised)
    if rows.get("fetches"):
        _feeds(passed["fetches"])
    emit.count("articles.new", rows.get("articles", 0))
    for table in tables.FACTS:
        emit.count("facts.{table}", rows.get(table.name, 0), table=table.name)
    if rows.get("quarantine"):
        for found in pc.value_counts(passed["quarantine"]["table"]).to_pylist():
            emit.count("quarantined.{table}", found["counts"], table=found["values"])
    _state(settings)


def delivered(settings: Settings, sent: int, failed: int) -> None:
    """Alerts were sent, or not taken."""
    if emit.wanted():
        emit.count("alerts.sent", sent)
        emit.count("alerts.failed", failed)
        _alerts(settings)


def removed(rows: int, size: int) -> None:
    """Upkeep removed rows, and freed bytes."""
    emit.count("upkeep.rows", rows)
    emit.count("upkeep.bytes", max(size, 0))


def _feeds(fetches: pa.Table) -> None:
    failed = fetches.num_rows - fetches["error"].null_count
    same = pc.and_(pc.is_null(fetches["error"]), pc.equal(fetches["new_entries"], 0))
    emit.count("feeds.fetched", fetches.num_rows)
    emit.count("feeds.failed", failed)
    emit.count("feeds.unchanged", pc.sum(same).as_py() or 0)


def _state(settings: Settings) -> None:
    now = settings.now()
    newest = query.rows(settings.home, _NEWEST, {"now": now})[0]["newest"]
    if newest is not None:
        emit.gauge("articles.newest_age_seconds", (now - newest).total_seconds())
    emit.gauge("warehouse.bytes", places.published(settings.home).stat().st_size)
    emit.gauge("disk.free_bytes", shutil.disk_usage(settings.home).free)
    _alerts(settings)


def _alerts(settings: Settings) -> None:
    emit.gauge("alerts.waiting", query.rows(settings.home, _WAITING, {"now": settings.now()})[0]["n"])
    emit.gauge("outbox.records", sum(1 for _ in (settings.home / "outbox").glob("*.json")))
