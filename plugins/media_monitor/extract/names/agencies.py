"""Who signs a text, and where its dateline ends.

A dateline ("MOSCOW, April 28. /TASS/.", "(서울=연합뉴스)", "新华社平壤4月28日电") names a place and an agency that the
text is not about: nothing in it is a mention.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from media_monitor.beat import read_tsv
from media_monitor.extract.text.affixes import LEXICONS
from media_monitor.extract.text.normalise import folded

HEAD, TAIL = 90, 60
_DAY = r"(?:\d{1,2} [^\W\d_]{3,10}|[^\W\d_]{3,10} \d{1,2})\.?"
_PLACE_AND_DATE = rf"[^\W\d_][^\n.,:;!?()]{{1,25}}, {_DAY}(?: \([^)\n]{{2,20}}\))?(?: ?-+ |\. ?)"
_BRACKETED = r"【[^】\n]{1,20}】|\([^()\n]{1,20}=[^()\n]{1,15}\)|\([^()\n]{1,20}\d일발[^()\n]{0,10}\)"


@dataclass(frozen=True, slots=True)
class Signature:
    """The agency that signs a text (None: nobody), and the spans of dateline and credit in the normalised text."""

    agency: str | None
    spans: tuple[tuple[int, int], ...]

    def holds(self, start: int, end: int) -> bool:
        """Whether the span lies inside dateline or credit."""
        return any(a <= start and end <= b for a, b in self.spans)


def signature(text: str) -> Signature:
    """Who signs the normalised text title + line feed + body."""
    names, opening, closing = _patterns()
    start = text.find("\n") + 1
    start += len(text[start : start + HEAD]) - len(text[start : start + HEAD].lstrip())
    spans = []
    agency = None
    if head := opening.match(text, start, start + HEAD):
        spans.append(head.span())
        agency = names[next(form for form in head.groups() if form)]
    elif head := _UNSIGNED.match(text, start, start + HEAD):
        spans.append(head.span())
        agency = next((names[form] for form in names if head.group().endswith((f"{form}】", f"{form})"))), None)
    if tail := closing.search(text, max(start, len(text) - TAIL)):
        spans.append(tail.span())
        agency = agency or names[tail["signed"]]
    return Signature(agency, tuple(spans))


def named(names: Sequence[str]) -> str | None:
    """The agency of the first of the names that is one's, written as a by-line has it."""
    known = forms()
    return next((known[form] for name in names if (form := folded(name.strip())) in known), None)


_UNSIGNED = re.compile(f"{_BRACKETED}|{_PLACE_AND_DATE}")


@cache
def forms() -> dict[str, str]:
    """Agency by folded form of its signature."""
    rows = (row for _, row in read_tsv(LEXICONS / "agencies.tsv", ("agency", "form")))
    return {folded(row["form"]): row["agency"] for row in rows}


@cache
def _patterns() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    """Agency by form, and the patterns of a signed dateline and of a credit at the end."""
    names = forms()
    form = "|".join(re.escape(f) for f in sorted(names, key=len, reverse=True))
    opening = re.compile(
        rf"\([^()\n]{{1,20}}[=/·]\s?(?P<bracketed>{form})\)(?:[^\n=]{{2,14}}=)?"
        rf"|{_PLACE_AND_DATE}(?P<dated>{form})[\s.:-]{{1,4}}"
        rf"|[(（【]?(?P<wired>{form})[^\n,，。]{{1,14}}?电[)）】]?"
        rf"|[^\n]{{0,60}}?[(（/][^()（）/\n]{{0,8}}(?P<signed>{form})[)）/][\s.:-]{{0,5}}"
    )
    return names, opening, re.compile(rf"[(（/\[-]\s?(?P<signed>{form})\s?[)）/\]]?\s*$")
