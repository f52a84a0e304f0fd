"""The server of the week: one port at every loopback address, which is as many hosts.

It notes what it was asked, and judges whether a rule was broken.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from week.clock import Clock
from week.script import Reply, reply
from week.world import Served, date


@dataclass
class Log:
    """What servers saw. `gaps` are seconds between two starts on a host, the shortest one by host."""

    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    bytes: int = 0
    gaps: dict[str, float] = field(default_factory=dict)
    too_soon: int = 0
    impatient: int = 0  # requests while the host had asked to be left alone
    undead: int = 0  # requests for a feed after it was said to be gone for good

    def merged(self, other: "Log") -> "Log":
        return Log(
            self.requests + other.requests,
            self.statuses + other.statuses,
            self.bytes + other.bytes,
            self.gaps | other.gaps,
            self.too_soon + other.too_soon,
            self.impatient + other.impatient,
            self.undead + other.undead,
        )


class Judge:
    """Keeps the log; `spacing` is the shortest time between two starts on a host, in seconds."""

    def __init__(self, spacing: float) -> None:
        self.log, self._spacing = Log(), spacing
        self._last: dict[str, float] = {}
        self._until: dict[str, float] = defaultdict(float)
        self._gone: set[int] = set()

    def asked(self, feed: Served, now: float) -> None:
        log, host = self.log, feed.host.address
        log.requests += 1
        if host in self._last:
            gap = now - self._last[host]
            log.gaps[host] = min(log.gaps.get(host, gap), gap)
            log.too_soon += gap < self._spacing
        self._last[host] = now
        log.impatient += now < self._until[host]
        log.undead += feed.number in self._gone

    def answered(self, feed: Served, answer: Reply, size: int, now: float) -> None:
        self.log.statuses[answer.status] += 1
        self.log.bytes += size
        if answer.patience:
            self._until[feed.host.address] = now + answer.patience
        if answer.status == 410:
            self._gone.add(feed.number)


class Server:
    """Answers for the feeds, each host after a latency of its own, in the loop that it is started in."""

    def __init__(self, feeds: Sequence[Served], clock: Clock, spacing: float) -> None:
        self._feeds = {feed.number: feed for feed in feeds}
        self._clock, self._judge, self.port = clock, Judge(spacing), 0

    @property
    def log(self) -> Log:
        return self._judge.log

    async def start(self) -> None:
        listening = await asyncio.get_running_loop().create_server(
            lambda: _Connection(self), "0.0.0.0", 0, backlog=4000
        )
        self.port = listening.sockets[0].getsockname()[1]

    def asked(self, head: str, transport: asyncio.Transport) -> None:
        first, *rest = head.split("\r\n")
        path = first.split(" ")[1]
        fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
        feed = self._feeds[int(path.rpartition("/")[2])]
        self._judge.asked(feed, self._clock.now)
        validators = fields.get("if-none-match", ""), fields.get("if-modified-since", "")
        wait = feed.host.latency
        asyncio.get_running_loop().call_later(wait, self._answer, feed, path, validators, transport)

    def _answer(self, feed: Served, path: str, validators: tuple[str, str], transport: asyncio.Transport) -> None:
        now = self._clock.now
        said = reply(feed, path, *validators, now)
        sent = written(said, feed, now, self.port)
        self._judge.answered(feed, said, len(sent), now)
        if transport.is_closing():
            return
        transport.write(sent) if said.status else transport.abort()


class _Connection(asyncio.Protocol):
    def __init__(self, server: Server) -> None:
        self._server, self._heard = server, b""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        if not transport.get_extra_info("sockname")[0].startswith("127."):
            transport.abort()  # it listens everywhere, for Linux has no other way to listen at all of loopback

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while b"\r\n\r\n" in self._heard:
            head, _, self._heard = self._heard.partition(b"\r\n\r\n")
            self._server.asked(head.decode("latin-1"), self._transport)


def written(said: Reply, feed: Served, now: float, port: int) -> bytes:
    """The answer as it goes over the wire; nothing for a connection that is cut."""
    if not said.status:
        return b""
    body = feed.body(now, port) if said.whole else b""
    length = () if said.status == 304 else (("Content-Length", str(len(body))),)
    headers = (("Date", date(now)), *said.headers, *length)
    lines = [f"HTTP/1.1 {said.status} {HTTPStatus(said.status).phrase}", *(f"{k}: {v}" for k, v in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body
