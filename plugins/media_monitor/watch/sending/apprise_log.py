"""What Apprise logs of a send. It names the cause of a failure only in its debug log, beside URLs with passwords in
them; so that log is read here, and goes nowhere else meanwhile."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

APPRISE = "apprise"
CONNECTIONS = "urllib3.connectionpool"  # logs the path of every request, which for many services is the password

_lock = threading.Lock()
_before: list[tuple[logging.Logger, int, bool, list[logging.Handler]]] = []
_depth = 0


class _Lines(logging.Handler):
    """Keeps of its own thread what tells why a send failed: warnings, and the exception that is logged beside them."""

    def __init__(self, kept: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self.thread_id = threading.get_ident()
        self.kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        line = " ".join(record.getMessage().split())
        told = record.levelno >= logging.WARNING or line.startswith(("Socket Exception", "Sent "))
        if told and record.thread == self.thread_id:
            self.kept.append(line)


@contextmanager
def lines(kept: list[str]) -> Iterator[None]:
    """Adds to the list what the sends of this thread log, as it comes."""
    handler, logger = _Lines(kept), logging.getLogger(APPRISE)
    with _unheard():
        logger.addHandler(handler)
        try:
            yield
        finally:
            logger.removeHandler(handler)


@contextmanager
def _unheard() -> Iterator[None]:
    """Debug logs on, and kept from everybody else; over threads side by side the last one out restores them."""
    global _depth
    with _lock:
        _depth += 1
        if _depth == 1:
            _before.extend(_silenced(name) for name in (APPRISE, CONNECTIONS))
    try:
        yield
    finally:
        with _lock:
            _depth -= 1
            while _depth == 0 and _before:
                _restore(*_before.pop())


def _silenced(name: str) -> tuple[logging.Logger, int, bool, list[logging.Handler]]:
    logger = logging.getLogger(name)
    before = logger, logger.level, logger.propagate, logger.handlers
    logger.setLevel(logging.DEBUG if name == APPRISE else logging.WARNING)
    logger.propagate, logger.handlers = False, []
    return before


def _restore(logger: logging.Logger, level: int, propagate: bool, handlers: list[logging.Handler]) -> None:
    logger.setLevel(level)
    logger.propagate, logger.handlers = propagate, handlers
