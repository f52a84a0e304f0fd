"""How long things are kept: the setting `retention_days`, on top of what is kept by default."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from media_monitor.errors import SettingError

FOREVER = "forever"


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be limited. `default`: days, None for ever. `least`: fewer days would break what rests on them."""

    default: int | None
    least: int
    doc: str


KINDS: Mapping[str, Kind] = {
    "fetches": Kind(
        400, 90, "rows of the fetch log; the last fetch of each feed stays, and its last that worked and that had news"
    ),
    "checks": Kind(400, 90, "results of expectations"),
    "pages": Kind(None, 90, "rows on article pages that were asked for; those of evidence stay"),
    "quarantine": Kind(None, 90, "rows in quarantine; those that were released stay"),
    "mentions": Kind(None, 90, "names in articles; those of evidence stay"),
    "events": Kind(None, 90, "events; those of evidence stay"),
    "articles": Kind(None, 90, "articles with their mentions and events; evidence stays"),
    "warc": Kind(None, 30, "answers of servers; files that hold evidence stay"),
    "messages": Kind(400, 30, "messages as they were sent; the record that they were sent stays"),
    "batches": Kind(14, 2, "stages of batches that were never loaded; those of loaded ones go with the next run"),
}
TABLES = ("fetches", "checks", "pages", "quarantine", "mentions", "events", "articles")
RESTING = (
    "statements", "alerts", "judgements", "quarantine_decisions", "stories", "story_changes", "removals",
)  # fmt: skip


def limits(setting: Sequence[str]) -> dict[str, int | None]:
    """Days by kind, None for ever: the defaults, with what the setting says (`fetches=90`, `warc=forever`).

    Raises:
        SettingError: a name is unknown or cannot be limited, or a number is none or too small.
    """
    return {name: kind.default for name, kind in KINDS.items()} | dict(map(_limit, setting))


def _limit(text: str) -> tuple[str, int | None]:
    name, _, days = text.partition("=")
    where = f"setting retention_days: {text!r}"
    if name in RESTING:
        raise SettingError(where, f"{name} are kept for ever: the ledger or people's decisions rest on them")
    if name not in KINDS:
        near = difflib.get_close_matches(name, KINDS, n=1)
        raise SettingError(where, f"did you mean {near[0]!r}?" if near else f"known are {', '.join(KINDS)}")
    if days == FOREVER:
        return name, None
    if not days.isdecimal():
        raise SettingError(where, f"give a number of days or {FOREVER}, such as {name}=400")
    if int(days) < KINDS[name].least:
        raise SettingError(where, f"at least {KINDS[name].least} days of {name} are needed")
    return name, int(days)
