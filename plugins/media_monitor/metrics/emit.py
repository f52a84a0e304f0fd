"""Hands metrics to whatever the process has chosen; to nobody where it has chosen nothing.

A receiver that fails never fails what is measured: that is logged once, and the run goes on.
"""

import logging
from collections.abc import Callable
from typing import Protocol

from media_monitor.metrics.registry import METRICS, Kind

_log = logging.getLogger(__name__)


class Sink(Protocol):
    """Where metrics go."""

    def count(self, name: str, number: int) -> None: ...

    def gauge(self, name: str, value: float) -> None: ...

    def time(self, name: str, milliseconds: float) -> None: ...

    def close(self) -> None: ...


class _Chosen:
    sink: Sink | None = None
    failed = False


def use(sink: Sink | None) -> None:
    """From now on metrics of this process go there; to nobody for None. What was chosen before is ended: what it still
    holds goes out."""
    before, _Chosen.sink, _Chosen.failed = _Chosen.sink, sink, False
    if before is not None:
        before.close()


def wanted() -> bool:
    """Whether metrics go anywhere: what costs something to measure is only measured then."""
    return _Chosen.sink is not None


def count(metric: str, number: int = 1, **parts: str) -> None:
    """Adds to the counter; nothing for 0."""
    if number:
        _hand(metric, "counter", parts, lambda sink, name: sink.count(name, number))


def gauge(metric: str, value: float, **parts: str) -> None:
    """Sets the gauge."""
    _hand(metric, "gauge", parts, lambda sink, name: sink.gauge(name, value))


def time(metric: str, milliseconds: float, **parts: str) -> None:
    """Notes how long it took."""
    _hand(metric, "timer", parts, lambda sink, name: sink.time(name, milliseconds))


def _hand(metric: str, kind: Kind, parts: dict[str, str], give: Callable[[Sink, str], None]) -> None:
    known = METRICS[metric]
    if known.kind != kind:
        raise ValueError(f"metric {metric} is a {known.kind}")
    if _Chosen.sink is None:
        return
    try:
        give(_Chosen.sink, known.named(parts))
    except Exception as error:  # whatever a receiver's library raises
        if not _Chosen.failed:
            _log.warning("metrics cannot be sent: %s", error)
        _Chosen.failed = True
