"""Which family owns an outlet: several feeds, domains and languages of one publisher count as one voice.

`publishers.toml` of a beat says what belongs together. What it does not list is a family of its own, named by its
host: it then corroborates nobody but itself, which is the safe side to err on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from media_monitor.beat import read_toml
from media_monitor.collect.domains import registrable
from media_monitor.errors import BeatError

_KNOWN = {"id", "name", "outlets", "domains", "credits"}
# Hosts that many publishers share: with a name of its own each, which the Public Suffix List does not have, and with a
# path of its own each.
_SHARED_HOSTS = ("livejournal.com", "substack.com")
_SHARED_PATHS = {
    "feeds.feedburner.com", "feedburner.com", "medium.com", "news.google.com", "politepol.com", "rss.app", "rsshub.app",
    "t.me", "youtube.com",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Families:
    """Publisher ids by outlet name (case-folded) and by domain."""

    outlets: Mapping[str, str]
    domains: Mapping[str, str]

    def publisher(self, outlet: str, url: str) -> str:
        """The family of that outlet, else of the longest domain that the URL's host ends in, else the host's own."""
        listed = self.outlets.get(outlet.casefold())
        return listed or self._by_domain(url) or own_family(url)

    def _by_domain(self, url: str) -> str | None:
        labels = _host(url).split(".")
        suffixes = (".".join(labels[i:]) for i in range(len(labels)))
        return next((self.domains[suffix] for suffix in suffixes if suffix in self.domains), None)


def read_publishers(path: Path) -> Families:
    """The families of the file; none where there is no such file.

    Raises:
        BeatError: the file is faulty, or two families claim one outlet or domain.
    """
    rows = read_toml(path, {"publisher"}).get("publisher", []) if path.exists() else []
    outlets: dict[str, str] = {}
    domains: dict[str, str] = {}
    for row in rows:
        where = f"{path}: publisher {row.get('id', 'without id')}"
        if "id" not in row or row.keys() - _KNOWN:
            odd = ", ".join(sorted(row.keys() - _KNOWN)) or "id"
            raise BeatError(where, f"{'unknown key' if row.keys() - _KNOWN else 'missing key'} {odd}")
        _claim(outlets, [name.casefold() for name in row.get("outlets", [])], row["id"], where)
        _claim(domains, [name.lower() for name in row.get("domains", [])], row["id"], where)
    return Families(outlets, domains)


def _claim(owners: dict[str, str], names: list[str], owner: str, where: str) -> None:
    for name in names:
        if owners.setdefault(name, owner) != owner:
            raise BeatError(where, f"{name!r} belongs to {owners[name]!r} already")


def own_family(url: str) -> str:
    """The part of the URL's host that somebody registered, as far as its form shows it.

    >>> own_family("https://rss.example.co.uk/world.xml")
    'example.co.uk'
    """
    host = _host(url)
    if host in _SHARED_PATHS:
        parts = urlsplit(url)
        return f"{host}{parts.path}".rstrip("/") + (f"?{parts.query}" if parts.query else "")
    return host if host.endswith(tuple(f".{shared}" for shared in _SHARED_HOSTS)) else registrable(url)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
