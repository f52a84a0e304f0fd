"""The rules of pages.toml, compiled."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from media_monitor.beat import read_toml

_FILE = Path(__file__).with_name("pages.toml")


@dataclass(frozen=True, slots=True)
class Rules:
    """What tells the text of a page from what is beside it, and a page from what stands in its place.

    `unread` and `apart` are CSS selectors; `beside` are words of classes and ids; the patterns are searched in folded
    text.
    """

    unread: str
    apart: str
    beside: frozenset[str]
    paywall: re.Pattern[str]
    login: re.Pattern[str]
    consent: re.Pattern[str]
    robot: re.Pattern[str]
    robot_markup: re.Pattern[str]
    missing: re.Pattern[str]
    consent_hosts: frozenset[str]
    consent_paths: re.Pattern[str]
    login_paths: re.Pattern[str]
    locked: frozenset[str]


@cache
def rules() -> Rules:
    """The rules of the package.

    Raises:
        BeatError: the file is faulty.
    """
    table = read_toml(_FILE, {"text", "walls", "addresses"})
    text, walls, addresses = table["text"], table["walls"], table["addresses"]
    return Rules(
        unread=", ".join(text["unread"]),
        apart=", ".join(text["apart"]),
        beside=frozenset(text["beside"]),
        paywall=_any(_every(walls["paywall"])),
        login=_any(_every(walls["login"])),
        consent=_any(_every(walls["consent"])),
        robot=_any(walls["robot"]),
        robot_markup=_any(walls["robot_markup"]),
        missing=_any(_every(walls["missing"])),
        consent_hosts=frozenset(addresses["consent_hosts"]),
        consent_paths=_any(addresses["consent_paths"]),
        login_paths=_any(addresses["login_paths"]),
        locked=frozenset(walls["locked"]),
    )


def _every(by_language: dict[str, list[str]]) -> list[str]:
    return [phrase for phrases in by_language.values() for phrase in phrases]


def _any(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(phrase.casefold()) for phrase in phrases))
