"""A clock that stands still while something happens and jumps to what comes next when nothing does.

Client and server run in one event loop whose time it is. Waiting costs nothing, so that a week passes in minutes,
with every pause, deadline and answer at its exact moment.
"""

import asyncio
import selectors
import socket
from datetime import UTC, datetime
from typing import Any

_GRACE = 0.0005  # real seconds in which bytes on the way through loopback arrive


class Clock:
    """`now` is in seconds of the epoch."""

    def __init__(self, now: float) -> None:
        self.now = now

    def time(self) -> float:
        return self.now

    monotonic = time

    def moment(self) -> datetime:
        """The present as an aware UTC datetime."""
        return datetime.fromtimestamp(self.now, UTC)

    def until(self, moment: float) -> None:
        """Moves on; never back."""
        self.now = max(self.now, moment)


class _Selector(selectors.DefaultSelector):
    clock: Clock

    def select(self, timeout: float | None = None) -> Any:
        events = super().select(0)
        if events or timeout == 0:
            return events
        events = super().select(None if timeout is None else _GRACE)
        if timeout is not None and not events:
            self.clock.now += timeout
        return events


class Loop(asyncio.SelectorEventLoop):
    """An event loop that lives by the clock."""

    def __init__(self, clock: Clock) -> None:
        selector = _Selector()
        selector.clock = clock
        self._clock_of_week = clock
        super().__init__(selector)
        self._clock_resolution = 1e-6  # seconds of the epoch are no finer; a timer that is due would not be seen as due

    def time(self) -> float:
        return self._clock_of_week.now

    async def getaddrinfo(self, host: Any, port: Any, **more: Any) -> Any:
        """Without the thread that is usual, which the clock would not wait for; all hosts here are addresses."""
        return socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST, type=more.get("type", 0))
