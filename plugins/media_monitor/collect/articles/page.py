"""Which page an address is of, whatever edition it leads to: for telephones, AMP, with or without www or a last slash.

The result is for comparing; it need not be an address that a server answers.
"""

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from media_monitor.collect.articles.address import is_opaque
from media_monitor.collect.articles.address_rules import rules
from media_monitor.collect.web.domains import registrable

_WRITTEN = "".join(map(chr, range(0x21, 0x7F)))
_HEX = re.compile(r"%[0-9a-fA-F]{2}")
_TELLS = re.compile(r"[\d.-]")  # a number, a file name, or words joined: more than the name of a section
_REMEMBERED = 4_096  # an address is asked for several times while its feed is read
_MOST_EDITIONS = 8  # marks in one path that are taken away; addresses have one or two
_AMP = ("amp", "amp.html")
_AMP_SUFFIX = re.compile(r"(?<=.)\.amp(\.html?)?$")


@lru_cache(_REMEMBERED)
def page_key(url: str) -> str:
    """The same for all addresses of one page, and never for two articles. `url` is canonical.

    >>> page_key("http://m.example.org/2025/04/ferry-opens/amp/?amp=1")
    'https://example.org/2025/04/ferry-opens'
    """
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port is not None else ""
    path = _path([part for part in _evenly_quoted(parts.path).split("/") if part])
    query = _query(_evenly_quoted(parts.query))
    key = f"{_host(parts.hostname or '')}{port}/{path}{'?' if query else ''}{query}"
    for pattern, meaning in rules().same:
        key = pattern.sub(meaning, key, count=1) if pattern.match(key) else key
    return f"https://{key}"


def identifies(url: str) -> bool:
    """Whether the canonical URL can name one article: some feeds link every item to the front page."""
    parts = urlsplit(page_key(url))
    return (parts.path != "/" or bool(parts.query)) and not is_opaque(url)


def _host(host: str) -> str:
    """Without labels of editions, where what somebody registered is left whole."""
    domain = registrable(f"https://[{host}]/" if ":" in host else f"https://{host}/")
    while True:
        label, _, rest = host.partition(".")
        if label not in rules().labels or not (rest == domain or rest.endswith(f".{domain}")):
            return f"[{host}]" if ":" in host else host
        host = rest


def _path(parts: list[str]) -> str:
    for _ in range(_MOST_EDITIONS):
        parts = _without_edition(parts)
    return "/".join(parts)


def _without_edition(parts: list[str]) -> list[str]:
    """Without one more part that names an edition, or the folder's own page."""
    if not parts:
        return parts
    *folders, last = parts
    if last.lower() in rules().index:
        return folders
    if last.lower() in _AMP and folders and _TELLS.search(folders[-1]):
        return folders
    if parts[0].lower() == "amp" and _TELLS.search("".join(parts[1:])):
        return parts[1:]
    return [*folders, _AMP_SUFFIX.sub(r"\1", last)]


def _query(query: str) -> str:
    return "&".join(sorted(part for part in query.split("&") if part and part.lower() not in rules().amp))


def _evenly_quoted(text: str) -> str:
    """With one spelling for what may be written plain or by percent signs, in capitals or not."""
    return quote(_HEX.sub(lambda found: found[0].upper(), text), safe=_WRITTEN)
