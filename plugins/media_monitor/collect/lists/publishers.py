"""Which family owns an outlet: several feeds, domains and languages of one publisher count as one voice.

`publishers.toml` of a beat says what belongs together. What it does not list is a family of its own, named by its
host: it then corroborates nobody but itself, which is the safe side to err on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

from media_monitor import shapes
from media_monitor.beat import PUBLISHERS, Beat, read_toml
from media_monitor.collect.articles.address_rules import suffixes
from media_monitor.collect.web.domains import registrable
from media_monitor.errors import BeatError
from media_monitor.sources import Affiliation

_KNOWN = {"id", "name", "outlets", "domains", "credits", "affiliation", "why"}
_AFFILIATIONS: tuple[Affiliation, ...] = get_args(Affiliation)
# Hosts that many publishers share: with a name of its own each, which the Public Suffix List does not have, and with a
# path of its own each.
_SHARED_HOSTS = ("livejournal.com", "substack.com")
_SHARED_PATHS = {
    "feeds.feedburner.com", "feedburner.com", "medium.com", "news.google.com", "politepol.com", "rss.app", "rsshub.app",
    "t.me", "youtube.com",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Families:
    """Publisher ids by outlet name (case-folded) and by domain; affiliations by publisher id, where the file tells."""

    outlets: Mapping[str, str]
    domains: Mapping[str, str]
    affiliations: Mapping[str, Affiliation]

    def publisher(self, outlet: str, url: str) -> str:
        """The family of that outlet, else of the longest domain that the URL's host ends in, else the host's own."""
        return self.listed(outlet, url) or own_family(url)

    def listed(self, outlet: str, url: str) -> str | None:
        """The family that the file gives to that outlet, else to the longest domain that the URL's host ends in."""
        return self.outlets.get(outlet.casefold()) or self._by_domain(url)

    def _by_domain(self, url: str) -> str | None:
        return next((self.domains[suffix] for suffix in suffixes(_host(url)) if suffix in self.domains), None)


def read_publishers(path: Path) -> Families:
    """The families of the file.

    Raises:
        BeatError: the file is missing or faulty, or two families claim one outlet or domain.
    """
    return _families(read_toml(path, {"publisher"}, shapes.PUBLISHERS).get("publisher", []), path)


def families(beat: Beat) -> Families:
    """The families that the beat lists.

    Raises:
        BeatError: as for `read_publishers`.
    """
    return _families(beat.publishers, beat.folder / PUBLISHERS)


def _families(rows: Iterable[Mapping[str, Any]], path: Path) -> Families:
    outlets: dict[str, str] = {}
    domains: dict[str, str] = {}
    affiliations: dict[str, Affiliation] = {}
    for row in rows:
        where = f"{path}: publisher {row.get('id', 'without id')}"
        if "id" not in row or row.keys() - _KNOWN:
            odd = ", ".join(sorted(row.keys() - _KNOWN)) or "id"
            raise BeatError(where, f"{'unknown key' if row.keys() - _KNOWN else 'missing key'} {odd}")
        _claim(outlets, [name.casefold() for name in row.get("outlets", [])], row["id"], where)
        _claim(domains, [name.lower() for name in row.get("domains", [])], row["id"], where)
        if "affiliation" in row:
            affiliations[row["id"]] = affiliation(row["affiliation"], where, "affiliation")
    return Families(outlets, domains, affiliations)


def affiliation(name: str, where: str, key: str) -> Affiliation:
    """The affiliation of that name, which the file gives under `key`.

    Raises:
        BeatError: there is none of that name; the message begins with `where`.
    """
    for known in _AFFILIATIONS:
        if name == known:
            return known
    raise BeatError(where, f"{key} {name!r} is none of {', '.join(_AFFILIATIONS)}")


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
