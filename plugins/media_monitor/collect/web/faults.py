"""Why a fetch failed, in words for people, and how much that counts in the back-off.

Linear back-off with fractional weights is the practice of Media Cloud's rss-fetcher: what time may cure counts half,
a name that does not resolve just now a quarter, everything else one.
"""

import os
import socket
import ssl
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar

from media_monitor.collect.web.exchange import Exchange

_Cause = TypeVar("_Cause", bound=BaseException)

HARD = 1.0
SOFT = 0.5
DNS = 0.25
_SOFT_STATUS = {404, 408, 425, 429}
_ASKS_FOR_PATIENCE = {429, 503}


class Fault(Exception):  # noqa: N818 - it is a finding about a feed, recorded in its row, not an error of the run
    """A fetch cannot go on: the reason and its weight."""

    def __init__(self, reason: str, weight: float) -> None:
        super().__init__(reason, weight)
        self.reason = reason
        self.weight = weight


def status_fault(exchange: Exchange) -> Fault | None:
    """What is wrong with the answer's status; None for 2xx and 304."""
    status = exchange.status
    if status == 304 or 200 <= status < 300:
        return None
    if status == 410:
        return Fault("is gone for good (410)", HARD)
    soft = status in _SOFT_STATUS or status >= 500
    return Fault(f"answered {status} {exchange.reason}".rstrip(), SOFT if soft else HARD)


def transport_fault(error: Exception, seconds: float, *, started: bool) -> Fault:
    """The fault behind an exception of the HTTP client; `started` when some answer had arrived."""
    chain = list(_chain(error))
    if any(isinstance(e, TimeoutError) or "Timeout" in type(e).__name__ for e in chain):
        return Fault(f"{'answer not complete' if started else 'no answer'} within {seconds:g} s", SOFT)
    if name := _first(chain, socket.gaierror):
        return Fault(f"the host's name cannot be resolved ({name.strerror})", DNS)
    if unsafe := _first(chain, ssl.SSLError):
        return Fault(f"no safe connection: {getattr(unsafe, 'verify_message', '') or unsafe.reason}", HARD)
    if closed := _first(chain, OSError):
        return Fault(f"no connection: {os.strerror(closed.errno) if closed.errno else closed}", SOFT)
    return Fault(f"the exchange failed: {error or type(error).__name__}", HARD)


def _first(chain: Iterable[BaseException], kind: type[_Cause]) -> _Cause | None:
    return next((error for error in chain if isinstance(error, kind)), None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            yield from error.exceptions
        error = error.__cause__ or error.__context__


def retry_after(exchange: Exchange, now: datetime) -> timedelta | None:
    """How long a 429 or 503 asks to wait, from seconds or an HTTP date; None where it does not, or not readably."""
    text = (exchange.header("Retry-After") or "").strip()
    if exchange.status not in _ASKS_FOR_PATIENCE or not text:
        return None
    try:
        if text.isascii() and text.isdigit():
            return timedelta(seconds=min(int(text), 10**9))
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return max(until.replace(tzinfo=until.tzinfo or UTC) - now, timedelta(0))
