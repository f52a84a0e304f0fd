"""Asks servers for feeds: many hosts at once, one feed of a host at a time. The only module that makes requests."""

import asyncio
import ssl
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta

import httpx

from media_monitor.collect.exchange import Answer, Exchange, Headers
from media_monitor.collect.expand import BrokenCodingError, TooLargeError, expand
from media_monitor.collect.faults import HARD, SOFT, Fault, retry_after, status_fault, transport_fault
from media_monitor.collect.schedule import by_host
from media_monitor.config import Settings
from media_monitor.model import Feed, FetchState

ACCEPT = "application/atom+xml, application/rss+xml, application/rdf+xml, application/xml;q=0.9, */*;q=0.1"
CODINGS = "gzip, br, zstd, deflate"
REDIRECTS = {301, 302, 303, 307, 308}
# Bodies of redirects and error pages are of no use; the archive keeps the first bytes of them as evidence.
EVIDENCE_BYTES = 65_536
_TRANSFER = {"content-encoding", "content-length", "transfer-encoding"}


def fetch_all(feeds: Sequence[Feed], states: Mapping[str, FetchState], settings: Settings) -> list[Answer]:
    """One answer for each feed, in their order; a feed that cannot be fetched has an answer with `error`."""
    return asyncio.run(_fetch_all(feeds, states, settings))


async def _fetch_all(feeds: Sequence[Feed], states: Mapping[str, FetchState], settings: Settings) -> list[Answer]:
    ways = asyncio.Semaphore(settings.concurrency)
    trust = httpx.create_ssl_context()
    answers: dict[str, Answer] = {}

    async def ask_host(group: Sequence[Feed]) -> None:
        async with ways, _client(settings, trust) as client:
            for feed in group:
                state = states.get(feed.feed_id, FetchState(feed.feed_id))
                answers[feed.feed_id] = await _Asking(client, settings, state).ask(feed.url)

    async with asyncio.TaskGroup() as tasks:
        for group in by_host(feeds):
            tasks.create_task(ask_host(group))
    return [answers[feed.feed_id] for feed in feeds]


def _client(settings: Settings, trust: ssl.SSLContext) -> httpx.AsyncClient:
    headers = {"User-Agent": settings.user_agent, "Accept": ACCEPT, "Accept-Encoding": CODINGS}
    return httpx.AsyncClient(headers=headers, verify=trust, timeout=settings.timeout_seconds, follow_redirects=False)


class _Asking:
    """One feed being asked for; keeps the exchanges so far, whatever happens then."""

    def __init__(self, client: httpx.AsyncClient, settings: Settings, state: FetchState) -> None:
        self.client = client
        self.settings = settings
        self.state = state
        self.exchanges: list[Exchange] = []

    async def ask(self, url: str) -> Answer:
        at, start = self.settings.now(), time.monotonic()
        fault, body, patience = None, b"", None
        try:
            async with asyncio.timeout(self.settings.timeout_seconds):
                await self._follow(url)
            fault, body, patience = self._judge()
        except Fault as found:
            fault = found
        except Exception as error:  # whatever a server makes the client trip over, it is this feed's fault alone
            fault = transport_fault(error, self.settings.timeout_seconds, started=bool(self.exchanges))
        elapsed = round((time.monotonic() - start) * 1000)
        why, weight = (fault.reason, fault.weight) if fault else (None, 0.0)
        return Answer(at, tuple(self.exchanges), elapsed, body, why, weight, patience)

    async def _follow(self, url: str) -> None:
        """Goes from redirect to redirect until something else comes."""
        seen: set[tuple[str, str]] = set()
        target: str | None = url
        while target is not None:
            request = self._request(target)
            # A site that sets a cookie and sends one back to the same address is no circle.
            step = (str(request.url), request.headers.get("cookie", ""))
            if step in seen:
                raise Fault(f"redirects in a circle: {' -> '.join([*(e.url for e in self.exchanges), step[0]])}", HARD)
            if len(seen) > self.settings.max_redirects:
                raise Fault(f"redirects more than {self.settings.max_redirects} times, last to {target}", HARD)
            seen.add(step)
            target = await self._exchange(request)

    def _request(self, url: str) -> httpx.Request:
        request = self.client.build_request("GET", url, headers=_conditions(self.state))
        if request.url.scheme not in ("http", "https") or not request.url.host:
            origin = "redirects to" if self.exchanges else "the address is"
            raise Fault(f"{origin} {url!r}, which is no http or https address", HARD)
        return request

    async def _exchange(self, request: httpx.Request) -> str | None:
        """The address that the answer redirects to, or None; the exchange is kept."""
        at = self.settings.now()
        response = await self.client.send(request, stream=True)
        raw, truncated = bytearray(), "time"
        most = self.settings.max_bytes if response.status_code == 200 else EVIDENCE_BYTES
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

    def _judge(self) -> tuple[Fault | None, bytes, timedelta | None]:
        """(what is wrong, what to parse, how long the server asks to wait) of the last exchange."""
        last = self.exchanges[-1]
        patience = retry_after(last, self.settings.now())
        if last.status == 304 and self.state.etag is None and self.state.last_modified is None:
            return Fault("says that nothing changed (304) without having been asked", HARD), b"", None
        fault = status_fault(last)
        if fault or last.status == 304:
            return fault, b"", patience
        fault = Fault(last.fault, last.weight) if last.fault else None
        return fault, last.payload if last.truncated in (None, "disconnect") else b"", patience


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


def _conditions(state: FetchState) -> dict[str, str]:
    given = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in given.items() if value}
