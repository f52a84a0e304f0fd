"""Where the word comes from: primary source, what carried it, who printed it; copies of one text folded into one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from media_monitor.beat import Beat
from media_monitor.watch.message.bidi import cut
from media_monitor.watch.message.content import Branch, Foreign

MOST_SOURCES, MOST_BELOW = 6, 8  # what an editor reads at a glance; the rest is counted
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Printed:
    """One article that carries the words. `carriers` are the media between the primary source and the outlet, in the
    order that the words took; names or entity ids. `copy_of` is the article whose text this one repeats. `own`: the
    outlet is the primary source itself."""

    article_id: str
    primary_source: str
    carriers: tuple[str, ...]
    outlet: str
    printed_at: datetime
    copy_of: str | None = None
    own: bool = False


def branches(printed: Sequence[Printed], beat: Beat) -> tuple[Branch, ...]:
    """The tree of the articles: earliest primary source first."""
    ordered = sorted(_with_founders(printed, beat), key=lambda p: (p.printed_at, p.outlet, p.article_id))
    roots = _grouped(ordered, lambda p: p.primary_source)
    shown = [_root(root, members, beat) for root, members in list(roots.items())[:MOST_SOURCES]]
    return (*shown, *_more(len(roots) - len(shown), "primary source"))


def _with_founders(printed: Sequence[Printed], beat: Beat) -> list[Printed]:
    """The articles with each carrier once; a copy of one of them came the way that its original came."""
    known = {p.article_id: p for p in printed}
    originals = [(p, known.get(_founder(p, known), p)) for p in printed]
    return [replace(p, primary_source=o.primary_source, carriers=_carriers(o, beat)) for p, o in originals]


def _carriers(printed: Printed, beat: Beat) -> tuple[str, ...]:
    ends = {_name(printed.primary_source, beat), cut(printed.outlet, LONGEST_NAME)}
    return tuple(dict.fromkeys(name for c in printed.carriers if (name := _name(c, beat)) not in ends))


def _root(root: str, members: Sequence[Printed], beat: Beat) -> Branch:
    """The primary source with all that has the words from it; with its own first report in the same line."""
    known, name = {p.article_id: p for p in members}, ("from ", Foreign(_name(root, beat)))
    first = next((p for p in members if p.own), None)
    if first is None:
        return Branch(name, _below(members, 0))
    same = [p for p in members if not p.carriers and _founder(p, known) == _founder(first, known)]
    rest = [p for p in members if p not in same]
    outlet = (" (", Foreign(cut(first.outlet, LONGEST_NAME)), ")") if first.outlet != root else ()
    return Branch((*name, *outlet, f", {_when(first, len(same) - 1)}"), _below(rest, 0))


def _below(members: Sequence[Printed], depth: int) -> tuple[Branch, ...]:
    through = _grouped([p for p in members if len(p.carriers) > depth], lambda p: p.carriers[depth])
    shown = [
        *(Branch(("via ", Foreign(carrier)), _below(some, depth + 1)) for carrier, some in through.items()),
        *_outlets([p for p in members if len(p.carriers) == depth]),
    ]
    return (*shown[:MOST_BELOW], *_more(len(shown) - MOST_BELOW, "outlet"))


def _outlets(printed: Sequence[Printed]) -> list[Branch]:
    """A branch an original text, with the number of its reprints among the articles."""
    by_text = _grouped(printed, lambda p: _founder(p, {one.article_id: one for one in printed}))
    return [
        _outlet(next((p for p in same if p.article_id == text), same[0]), len(same) - 1)
        for text, same in by_text.items()
    ]


def _founder(printed: Printed, known: Mapping[str, Printed]) -> str:
    """The article whose text it is, over copies of copies."""
    seen = [printed.article_id]
    while printed.copy_of is not None and printed.copy_of not in seen:
        seen.append(printed.copy_of)
        if printed.copy_of not in known:
            break
        printed = known[printed.copy_of]
    return seen[-1]


def _outlet(first: Printed, reprints: int) -> Branch:
    return Branch(("in ", Foreign(cut(first.outlet, LONGEST_NAME)), f", {_when(first, reprints)}"))


def _when(first: Printed, reprints: int) -> str:
    also = f" and {reprints} reprint{'s' if reprints != 1 else ''}" if reprints else ""
    return f"{moment(first.printed_at)}{also}"


def _grouped(printed: Iterable[Printed], key: Callable[[Printed], str]) -> dict[str, list[Printed]]:
    groups: dict[str, list[Printed]] = {}
    for one in printed:
        groups.setdefault(key(one), []).append(one)
    return groups


def _more(number: int, what: str) -> tuple[Branch, ...]:
    return (Branch((f"and {number} more {what}{'s' if number != 1 else ''}",)),) if number > 0 else ()


def _name(step: str, beat: Beat) -> str:
    return cut(beat.entities[step].name if step in beat.entities else step, LONGEST_NAME)


def moment(at: datetime) -> str:
    """Day and time in UTC: `28 April 2025, 06:10 UTC`."""
    return f"{at.day} {at:%B %Y}, {at:%H:%M} UTC"
