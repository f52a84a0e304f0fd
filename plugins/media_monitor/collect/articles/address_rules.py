"""The rules of addresses.toml, compiled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from media_monitor.beat import read_toml
from media_monitor.config import PACKAGE

PATH = PACKAGE / "collect" / "articles" / "addresses.toml"


@dataclass(frozen=True, slots=True)
class Rules:
    """`tracking_on` are further parameters by host; `same` are patterns and what they stand for."""

    prefixes: tuple[str, ...]
    names: frozenset[str]
    tracking_on: Mapping[str, frozenset[str]]
    redirects: tuple[re.Pattern[str], ...]
    opaque: re.Pattern[str]
    aggregators: frozenset[str]
    labels: frozenset[str]
    index: frozenset[str]
    amp: frozenset[str]
    same: tuple[tuple[re.Pattern[str], str], ...]


@cache
def rules() -> Rules:
    """The rules, read once a process."""
    found: dict[str, Any] = read_toml(PATH, {"tracking", "redirects", "aggregators", "pages"})
    tracking, redirects, pages = found["tracking"], found["redirects"], found["pages"]
    return Rules(
        prefixes=tuple(tracking["prefixes"]),
        names=frozenset(tracking["names"]),
        tracking_on={host: frozenset(names) for host, names in tracking["hosts"].items()},
        redirects=tuple(re.compile(pattern) for pattern in redirects["patterns"]),
        opaque=re.compile("|".join(redirects["opaque"])),
        aggregators=frozenset(found["aggregators"]["hosts"]),
        labels=frozenset(pages["labels"]),
        index=frozenset(pages["index"]),
        amp=frozenset(pages["amp"]),
        same=tuple((re.compile(pattern), meaning) for pattern, meaning in pages["same"]),
    )


def suffixes(host: str) -> list[str]:
    """The host and the domains that it is under, longest first.

    >>> suffixes("a.example.org")
    ['a.example.org', 'example.org', 'org']
    """
    labels = host.split(".")
    return [".".join(labels[i:]) for i in range(len(labels))]
