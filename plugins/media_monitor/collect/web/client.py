"""One address asked for, redirects followed, every exchange kept: what feeds, article pages and robots.txt share."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx

from media_monitor.collect.web.exchange import Answer, Exchange, Headers
from media_monitor.collect.web.expand import BrokenCodingError, TooLargeError, expand
from media_monitor.collect.web.faults import HARD, SOFT, Fault, retry_after, status_fault, transport_fault
from media_monitor.collect.web.network import transport
from media_monitor.collect.web.reach import Reach
from media_monitor.collect.web.spacing import HostClock
from media_monitor.config import Settings
from media_monitor.errors import StorageError

CODINGS = "gzip, br, zstd, deflate"
REDIRECTS = {301, 302, 303, 307, 308}
# Bodies of redirects and error pages are of no use; the archive keeps the first bytes of them as evidence.
EVIDENCE_BYTES = 65_536
_TRANSFER = {"content-encoding", "content-length", "transfer-encoding"}


class Web:
    """The way out: what all clients of a run share. `client()` gives one with cookies of its own."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = HostClock(settings.home, settings.host_spacing_seconds)
        self._ways = asyncio.Semaphore(settings.concurrency)
        self._trust = httpx.create_ssl_context()
        self._reach = Reach.of(settings.ports, settings.private_addresses)

    def client(self) -> httpx.AsyncClient:
        """A client to be closed by the caller."""
        return httpx.AsyncClient(
            headers={"User-Agent": self.settings.user_agent, "Accept-Encoding": CODINGS},
            transport=transport(self._reach, self._trust),
            # Less than the deadline of the whole: the library closes a handshake that it gives up itself, not one that
            # is cancelled.
            timeout=httpx.Timeout(self.settings.timeout_seconds, connect=0.9 * self.settings.timeout_seconds),
            follow_redirects=False,
            trust_env=False,  # a proxy of the environment would resolve names unchecked
        )

    async def get(
        self,
        client: httpx.AsyncClient,
        url: str,
        headers: Mapping[str, str],
        most_bytes: int | None = None,
        asked_for_304: bool = False,
    ) -> Answer:
        """The answer, whatever happens: a failure is its `error`.

        `headers` go with every request; `most_bytes` bounds the body (default: setting max_bytes); a 304 is a fault
        unless it was asked for.

        Raises:
            StorageError: the data folder cannot be written.
        """
        asking = _Asking(self, client, headers, most_bytes or self.settings.max_bytes)
        at, fault, body, patience = self.settings.now(), None, b"", None
        try:
            await asking.follow(url)
            last = asking.exchanges[-1]
            patience = retry_after(last, self.settings.now())
            fault = _judged(last, asked_for_304)
            body = last.readable
        except Fault as found:
            fault = found
        except StorageError:
            raise
        except Exception as error:  # whatever a server makes the client trip over, it is this feed's fault alone
            fault = transport_fault(error, self.settings.timeout_seconds, started=bool(asking.exchanges))
        elapsed = round(asking.seconds * 1000)
        why, weight = (fault.reason, fault.weight) if fault else (None, 0.0)
        return Answer(at, tuple(asking.exchanges), elapsed, body, why, weight, patience)

    @asynccontextmanager
    async def turn(self, url: httpx.URL) -> AsyncIterator[None]:
        """One of the ways out, held from the moment at which the host may be asked; who waits for that holds none."""
        while True:
            async with self._ways:
                wait = self.clock.take(url.host)
                if not wait:
                    yield
                    return
            await asyncio.sleep(wait)


@dataclass
class _Asking:
    """One address being asked for; keeps the exchanges so far and the seconds that they took, waiting left out."""

    web: Web
    client: httpx.AsyncClient
    headers: Mapping[str, str]
    most: int
    exchanges: list[Exchange] = field(default_factory=list)
    seconds: float = 0.0

    async def follow(self, url: str) -> None:
        """Goes from redirect to redirect until something else comes."""
        seen: set[tuple[str, str]] = set()
        target: str | None = url
        most = self.web.settings.max_redirects
        while target is not None:
            request = self._request(target)
            # A site that sets a cookie and sends one back to the same address is no circle.
            step = (str(request.url), request.headers.get("cookie", ""))
            if step in seen:
                raise Fault(f"redirects in a circle: {' -> '.join([*(e.url for e in self.exchanges), step[0]])}", HARD)
            if len(seen) > most:
                raise Fault(f"redirects more than {most} times, last to {target}", HARD)
            seen.add(step)
            target = await self._timed(request)

    def _request(self, url: str) -> httpx.Request:
        request = self.client.build_request("GET", url, headers=dict(self.headers))
        if request.url.scheme not in ("http", "https") or not request.url.host:
            origin = "redirects to" if self.exchanges else "the address is"
            raise Fault(f"{origin} {url!r}, which is no http or https address", HARD)
        return request

    async def _timed(self, request: httpx.Request) -> str | None:
        """The address that the answer redirects to, or None. The time for all exchanges together is limited."""
        async with self.web.turn(request.url):
            start = time.monotonic()
            try:
                async with asyncio.timeout(self.web.settings.timeout_seconds - self.seconds):
                    return await self._exchange(request)
            finally:
                self.seconds += time.monotonic() - start

    async def _exchange(self, request: httpx.Request) -> str | None:
        at = self.web.settings.now()
        response = await self.client.send(request, stream=True)
        raw, truncated = bytearray(), "time"
        most = self.most if response.status_code == 200 else EVIDENCE_BYTES
        try:
            truncated = await _receive(response, raw, most)
        finally:
            # Kept even when the deadline ends it here: the archive tells how far the answer came.
            body = _body(response, bytes(raw), truncated, most)
            self.exchanges.append(
                Exchange(
                    str(request.url), at, _plain(request.headers), response.status_code, response.reason_phrase, *body
                )
            )
            await response.aclose()
        return _target(response)


def _judged(last: Exchange, asked_for_304: bool) -> Fault | None:
    """What is wrong with the last exchange."""
    if last.status == 304 and not asked_for_304:
        return Fault("says that nothing changed (304) without having been asked", HARD)
    return status_fault(last) or (Fault(last.fault, last.weight) if last.fault else None)


async def _receive(response: httpx.Response, raw: bytearray, most: int) -> str:
    """Why the answer is not whole, as WARC names it; "" for a whole one. The bytes go to `raw`."""
    try:
        async for part in response.aiter_raw():
            raw += part
            if len(raw) > most:
                return "length"
    except httpx.TransportError:
        return "disconnect"
    return ""


def _body(
    response: httpx.Response, raw: bytes, truncated: str, most: int
) -> tuple[Headers, bytes, str | None, str | None, float]:
    """The last fields of an `Exchange`: headers, payload, truncated, fault, weight."""
    headers = _plain(response.headers)
    try:
        if truncated == "length":
            raise TooLargeError
        payload = expand(raw, response.headers.get("content-encoding", ""), most)
    except TooLargeError:
        return headers, raw[:EVIDENCE_BYTES], "length", f"answer is larger than {most:,} bytes", HARD
    except BrokenCodingError as error:
        return headers, raw[:EVIDENCE_BYTES], truncated or "length", str(error), HARD
    if truncated == "disconnect":
        fault = f"the connection broke off after {len(raw):,} bytes"
        return _renamed(headers), payload, truncated, fault, SOFT
    return _renamed(headers), payload, truncated or None, None, 0.0


def _renamed(headers: Headers) -> Headers:
    """The transfer's own headers as `X-Orig-…`: they would belie the expanded payload."""
    return tuple((f"X-Orig-{key}" if key.lower() in _TRANSFER else key, value) for key, value in headers)


def _plain(headers: httpx.Headers) -> Headers:
    return tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in headers.raw)


def _target(response: httpx.Response) -> str | None:
    if response.status_code not in REDIRECTS:
        return None
    if "location" not in response.headers:
        raise Fault(f"redirects ({response.status_code}) without saying where to", HARD)
    return str(response.url.join(response.headers["location"]))
