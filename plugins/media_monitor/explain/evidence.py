"""Which words of a sentence made a claim of it: the pattern that fits, feature by feature, with the words of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from media_monitor.extract.grammar.clauses import Line, Name
from media_monitor.extract.grammar.figures import Figure
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.statements import claims
from media_monitor.extract.statements.claims import Pattern, Topic
from media_monitor.extract.statements.owners import NEAR

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A feature that a pattern needs (`troops:KP`), and the words that bring it, in the normalised text."""

    feature: str
    start: int
    end: int


def evidence(
    claim: str, line: Line, span: _Span, speakers: Sequence[Figure], topics: Iterable[Topic], modifier: str
) -> list[Evidence]:
    """The words of the span by which the claim was found there; [] where none of its patterns fits."""
    told = [(s.start, s.end, s.party) for s in speakers]
    seen = claims.features(line, [span], modifier, told)
    # Who is praised for his dead is praised for having fought: the words may be those of the other claim.
    own = [t for t in topics if claim in (t.claim.claim_id, t.claim.slots.get("valued_as"))]
    for topic in sorted(own, key=lambda t: t.claim.claim_id != claim):
        pattern = _fitting(topic, seen)
        if pattern:
            return [found for need in pattern.needs if (found := _found(need & seen, line, span))]
    return []


def _fitting(topic: Topic, seen: frozenset[str]) -> Pattern | None:
    patterns = (*topic.asserted, *topic.about, *topic.valued, *topic.recalled)
    return next((p for p in patterns if p.fits(seen)), None)


def _found(features: frozenset[str], line: Line, span: _Span) -> Evidence | None:
    """Where the first of the features stands, one with a known party before one without."""
    for feature in sorted(features, key=lambda f: (f.endswith(":?"), f.startswith("@"), f)):
        place = _place(feature, line, span)
        if place:
            return Evidence(feature, *place)
    return None


def _place(feature: str, line: Line, span: _Span) -> _Span | None:
    names = line.named(*span) or list(line.names)
    if feature.startswith("@"):
        return _first(n for n in names if _is(n, feature[1:]))
    concept, _, party = feature.partition(":")
    if concept == "to":
        return _first(n for n in names if _is(n, party))
    tags = [t for t in line.tagged("concepts", *span) if t.name == concept]
    owners = [n for n in names if party in n.parties]
    pairs = [(_gap(t, n), t, n) for t in tags for n in owners]
    if not pairs:
        return _first(tags)
    gap, tag, name = min(pairs, key=lambda pair: pair[0])
    together = (min(tag.start, name.start), max(tag.end, name.end))
    return together if gap <= NEAR else (tag.start, tag.end)


def _first(found: Iterable[Name | Tag]) -> _Span | None:
    return next(((one.start, one.end) for one in found), None)


def _is(name: Name, wanted: str) -> bool:
    return wanted in name.parties or any(e.entity_id == wanted for e in name.entities)


def _gap(tag: Tag, name: Name) -> int:
    return max(0, name.start - tag.end, tag.start - name.end)
