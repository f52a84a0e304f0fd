"""The canonical form of an article's URL: what a person can open, without how a reader came there."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from media_monitor.collect.articles.address_rules import rules, suffixes

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
_UNWRITABLE = re.compile(r"[\s\x00-\x20\x7f-\xa0\ud800-\udfff\"<>\\^`{|}]")
_INVISIBLE = re.compile("[\t\r\n\u200b\u200e\u200f\ufeff]")
_REMEMBERED = 4_096  # an address is asked for several times while its feed is read
_MOST_REDIRECTS = 3  # one in another: Google's cache of a page behind a redirect


@lru_cache(_REMEMBERED)
def canonical_url(url: str | None) -> str | None:
    """The URL with scheme and host in lower case, without default port, credentials, fragment and tracking
    parameters; the other parameters keep their order. An address that carries another one (a redirect of a search
    engine, a cache of AMP pages) is that other one. None for what is no http or https address.

    >>> canonical_url("HTTPS://Example.org:443/a?b=2&utm_source=rss&a=1#top")
    'https://example.org/a?b=2&a=1'
    >>> canonical_url("https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.org%2Fa&usg=x")
    'https://example.org/a'
    """
    found = _canonical(url)
    for _ in range(_MOST_REDIRECTS):
        carried = found and _canonical(_carried(found))
        if not carried:
            break
        found = carried
    return found


def is_opaque(url: str) -> bool:
    """Whether the canonical URL leads to an article without telling to which, as those of Google News do."""
    return rules().opaque.match(_after_scheme(url)) is not None


def _canonical(url: str | None) -> str | None:
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
    return urlunsplit((scheme, netloc, _quoted(parts.path) or "/", _quoted(_telling(parts, host)), ""))


def _carried(url: str) -> str | None:
    """The address inside this one; None where it carries none."""
    rest = _after_scheme(url)
    found = next(filter(None, (pattern.match(rest) for pattern in rules().redirects)), None)
    if found is None:
        return None
    named = {name: value for name, value in found.groupdict().items() if value}
    return unquote(named["url"]) if "url" in named else "".join(f"{scheme}://{rest}" for scheme, rest in named.items())


def _telling(parts: SplitResult, host: str) -> str:
    """The query without parameters that only say how the reader came here."""
    return "&".join(part for part in parts.query.split("&") if part and not _tracks(part, host))


def _tracks(parameter: str, host: str) -> bool:
    known, name = rules(), parameter.partition("=")[0].lower()
    if name in known.names or name.startswith(known.prefixes):
        return True
    return any(name in known.tracking_on.get(suffix, ()) for suffix in suffixes(host))


def _after_scheme(url: str) -> str:
    return url.partition("://")[2]


def _quoted(text: str) -> str:
    return _UNWRITABLE.sub(lambda found: "".join(f"%{b:02X}" for b in found[0].encode("utf-8", "replace")), text)
