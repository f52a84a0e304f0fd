"""The canonical form of an article's URL: what tells one article from another."""

import re
from urllib.parse import urlsplit, urlunsplit

from media_monitor.collect.tracking import TRACKING, TRACKING_PREFIXES

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
_UNWRITABLE = re.compile(r"[\s\x00-\x20\x7f-\xa0\ud800-\udfff\"<>\\^`{|}]")
_INVISIBLE = re.compile("[\t\r\n\u200b\u200e\u200f\ufeff]")


def canonical_url(url: str | None) -> str | None:
    """The URL with scheme and host in lower case, without default port, credentials, fragment and tracking
    parameters; the other parameters keep their order. None for what is no http or https address.

    >>> canonical_url("HTTPS://Example.org:443/a?b=2&utm_source=rss&a=1#top")
    'https://example.org/a?b=2&a=1'
    """
    try:
        parts = urlsplit(_INVISIBLE.sub("", url or "").strip())
        host = (parts.hostname or "").rstrip(".")
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not host or _UNWRITABLE.search(host):
        return None
    netloc = (f"[{host}]" if ":" in host else host) + ("" if port == _DEFAULT_PORTS[scheme] else port)
    return urlunsplit((scheme, netloc, _quoted(parts.path) or "/", _quoted(_telling(parts.query)), ""))


def _telling(query: str) -> str:
    """The query without parameters that only say how the reader came here."""
    return "&".join(part for part in query.split("&") if part and not _tracks(part))


def _tracks(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def _quoted(text: str) -> str:
    return _UNWRITABLE.sub(lambda found: "".join(f"%{b:02X}" for b in found[0].encode("utf-8", "replace")), text)


def identifies(url: str) -> bool:
    """Whether the canonical URL can name one article: some feeds link every item to the front page."""
    parts = urlsplit(url)
    return parts.path != "/" or bool(parts.query)
