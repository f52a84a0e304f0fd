"""Whether a publisher's robots.txt lets us read its article pages (RFC 9309), asked once a day a host.

Feeds are published to be read by programs and are asked for without it. What cannot be reached is not read: a server
that fails (5xx) forbids all until it answers; one that has no such file (4xx) allows all.
"""

import hashlib
import json
import math
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from protego import Protego

from media_monitor.collect.web.client import Web
from media_monitor.collect.web.exchange import Answer

KEEP_SECONDS = 24 * 3600  # RFC 9309, section 2.4
RETRY_SECONDS = 3600  # after a server that failed
MOST_BYTES = 512_000  # RFC 9309, section 2.5: at least 500 KiB
LONGEST_DELAY = 60.0  # seconds; who asks for more has its pages read this slowly all the same
AGENT = "media-monitor"
_FORBIDDEN = "User-agent: *\nDisallow: /\n"


class Robots:
    """The robots.txt of every host that was asked, kept under `politeness/robots` of the data folder."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._folder = web.settings.home / "politeness" / "robots"
        self._read: dict[str, Protego] = {}

    async def allows(self, client: httpx.AsyncClient, url: str) -> bool:
        """Whether the page may be read."""
        return bool((await self._rules(client, url)).can_fetch(url, AGENT))

    async def delay(self, client: httpx.AsyncClient, url: str) -> float:
        """Seconds between two requests that the host asks for (Crawl-delay), 0 where it does not."""
        return crawl_delay(await self._rules(client, url))

    async def _rules(self, client: httpx.AsyncClient, url: str) -> Protego:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._read:
            path = self._folder / f"{hashlib.sha256(site.encode('utf-8', 'replace')).hexdigest()[:16]}.json"
            text = _kept(path)
            if text is None:
                text = await self._ask(client, site, path)
            self._read[site] = Protego.parse(text)
        return self._read[site]

    async def _ask(self, client: httpx.AsyncClient, site: str, path: Path) -> str:
        answer = await self._web.get(client, f"{site}/robots.txt", {"Accept": "text/plain, */*;q=0.1"}, MOST_BYTES)
        text, keep = _meaning(answer)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"site": site, "until": time.time() + keep, "text": text}), encoding="utf-8")
        return text


def crawl_delay(rules: Protego) -> float:
    """The Crawl-delay for us in seconds, from 0 to `LONGEST_DELAY`; 0 for none, and for what is no number."""
    asked = float(rules.crawl_delay(AGENT) or 0)
    return 0.0 if math.isnan(asked) else min(max(asked, 0.0), LONGEST_DELAY)


def _meaning(answer: Answer) -> tuple[str, float]:
    """(the rules, seconds that they hold) of what came of asking for the file."""
    status = answer.last.status if answer.last else None
    if status is not None and 400 <= status < 500 and status != 429:
        return "", KEEP_SECONDS
    if answer.last is not None and status == 200 and (not answer.error or answer.last.truncated == "length"):
        return answer.last.payload[:MOST_BYTES].decode("utf-8", "replace"), KEEP_SECONDS
    return _FORBIDDEN, RETRY_SECONDS


def _kept(path: Path) -> str | None:
    """The rules of the file, None where it is missing, damaged, too old, or of a clock that was wrong."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        left = float(known["until"]) - time.time()
        return str(known["text"]) if 0 < left <= KEEP_SECONDS else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
