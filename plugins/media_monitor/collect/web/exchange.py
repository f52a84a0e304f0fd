"""What is exchanged with a server: what the archive keeps and the parser reads."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

PERMANENT = {301, 308}
_CONDITIONS = {"if-none-match", "if-modified-since"}
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer.

    `payload` is expanded where that was possible; the headers that spoke of the transfer are then called
    `X-Orig-…`. `truncated` is the WARC word for why it is not whole (length, time, disconnect). `fault` tells
    people what is wrong with the body, and `weight` what that counts in the back-off.
    """

    url: str
    at: datetime
    request: Headers
    status: int
    reason: str
    headers: Headers
    payload: bytes = b""
    truncated: str | None = None
    fault: str | None = None
    weight: float = 0.0

    @property
    def readable(self) -> bytes:
        """What there is to parse: what arrived before the connection broke can be read, what was cut off cannot be
        told from the rest."""
        whole = 200 <= self.status < 300 and self.truncated in (None, "disconnect")
        return self.payload if whole else b""

    def header(self, name: str) -> str | None:
        """Value of the answer's first header of that name, in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for a feed, with every redirect on the way.

    `error` is the reason when that failed, and `weight` what it counts in the back-off. `body` is what there is to
    parse: with an error, what arrived before the connection broke, or nothing. Of an answer that was read back from an
    archive which keeps no second copy of a body, hash and length of that are `known_sha256` and `known_bytes`.
    """

    at: datetime
    exchanges: tuple[Exchange, ...]
    elapsed_ms: int
    body: bytes = b""
    error: str | None = None
    weight: float = 0.0
    retry_after: timedelta | None = None
    known_sha256: str | None = None
    known_bytes: int | None = None

    @property
    def sha256(self) -> str:
        """Hash of the body."""
        return self.known_sha256 or hashlib.sha256(self.body).hexdigest()

    @property
    def bytes(self) -> int:
        """Length of the last payload, 0 where no server answered."""
        return self.known_bytes if self.known_bytes is not None else len(self.last.payload) if self.last else 0

    @property
    def conditional(self) -> bool:
        """Whether it was asked for by validators."""
        return any(key.lower() in _CONDITIONS for exchange in self.exchanges[:1] for key, _ in exchange.request)

    @property
    def last(self) -> Exchange | None:
        """The exchange after all redirects; None where no server answered."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def ended_at(self) -> datetime:
        """When the last server had answered."""
        return (self.last.at if self.last else self.at) + timedelta(milliseconds=self.elapsed_ms)

    @property
    def moved_to(self) -> str | None:
        """The new address when every redirect said that the move is permanent."""
        hops = self.exchanges[:-1]
        return self.exchanges[-1].url if hops and all(hop.status in PERMANENT for hop in hops) else None
