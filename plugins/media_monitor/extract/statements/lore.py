"""What the rules know of a beat, and the sentences of a reading made ready for them."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from media_monitor.beat import Beat
from media_monitor.extract.document import Reading
from media_monitor.extract.grammar.clauses import Line, Name, lines
from media_monitor.extract.grammar.figures import Voices
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import Lexicon
from media_monitor.extract.statements import claims
from media_monitor.extract.statements.claims import Register
from media_monitor.extract.text.normalise import folded

_SEMICOLON = re.compile("[;؛]\\s*|\\+{3,}\\s*")


@dataclass(frozen=True)
class Lore:
    """What the beat tells the rules. `organ` is the party of the outlets in `organ_names`, `outlets` media by name,
    `aside` the parties that take no stance when they speak of general positions, `soil` the side of each place,
    `fighting` the sides with an army of their own in it."""

    beat: Beat
    topics: Register
    voices: Voices
    organ_names: frozenset[str]
    organ: str | None
    accusations: frozenset[str]
    outlets: Mapping[str, str]
    aside: frozenset[str] = frozenset()
    soil: Mapping[str, str] = field(default_factory=dict)
    fighting: frozenset[str] = frozenset()


@lru_cache(maxsize=8)
def lore(beat: Beat) -> Lore:
    """What the rules need of the beat, compiled once."""
    organs = frozenset(beat.settings.get("organs", ()))
    names = {folded(a.alias) for a in beat.aliases if set(a.targets) & organs and len(a.targets) == 1}
    names |= {folded(beat.entities[o].name) for o in organs if o in beat.entities}
    party = next((beat.entities[o].party for o in sorted(organs) if o in beat.entities), None)
    known = claims.topics(beat)
    accusations = frozenset(t.claim.claim_id for t in known.topics if t.accuses)
    sides = tuple(beat.settings.get("relevance", {}).get("sides", ()))
    voices = Voices(organs, frozenset(beat.settings.get("mute", ())), _capitals(beat), sides)
    aside = frozenset(beat.settings.get("aside", ()))
    places = beat.settings.get("relevance", {}).get("places", {})
    soil = {place: side for side, ids in places.items() for place in ids}
    fighting = frozenset(beat.settings.get("relevance", {}).get("armies", ()))
    return Lore(beat, known, voices, frozenset(names), party, accusations, _outlets(beat), aside, soil, fighting)


def _outlets(beat: Beat) -> dict[str, str]:
    """The entity of each medium by each of its names in comparable form."""
    media = {e for e, entity in beat.entities.items() if entity.sector == "MED"}
    named = {folded(a.alias): a.targets[0] for a in beat.aliases if len(a.targets) == 1 and a.targets[0] in media}
    return {**named, **{folded(beat.entities[e].name): e for e in media}}


def _capitals(beat: Beat) -> dict[str, str]:
    """The party of each capital that may stand for its government, and of the places of the beat's sides."""
    places = beat.settings.get("relevance", {}).get("places", {})
    pairs = [a.targets[:2] for a in beat.aliases if a.kind == "metonym" and len(a.targets) > 1]
    found = {place: beat.entities[country].party for country, place in pairs}
    sides = {place: side for side, ids in places.items() for place in ids}
    return {**sides, **{place: party for place, party in found.items() if party}}


def read_lines(reading: Reading, words: Lexicon, beat: Beat) -> list[Line]:
    """The lines of a reading with tags, names and clauses, in positions of its normalised text."""
    normal = reading.normal
    names = [
        Name(*normal.inside(h.start, h.end), tuple(beat.entities[e] for e in h.entities), h.rule)
        for h in reading.mentions
        if h.entities
    ]
    people = [(n.start, n.end) for n in names if any(e.kind == "person" for e in n.entities)]
    kept = ("titles", "declined", "nominative", "possessor")
    hiding = {"cues": [(n.start, n.end) for n in names]}  # "the United States" states nothing
    tags = [
        t
        for t in words.finder.find(normal.text)
        if t.table in kept or t.name in kept or not _within(t, hiding.get(t.table, people))
    ]
    spans = [(s.number, *normal.inside(s.start, s.end)) for s in reading.sentences]
    spans = [part for span in spans for part in (_news(normal.text, span) if span[0] == 0 else [span])]
    return list(lines(normal.text, [s for s in spans if s[2] > s[1]], tags, names, words.grammar))


def _news(text: str, title: tuple[int, int, int]) -> list[tuple[int, int, int]]:
    """The pieces of news that a title strings together with semicolons; each is read as a title of its own."""
    number, start, end = title
    edges = [start, *(m.end() for m in _SEMICOLON.finditer(text, start, end)), end]
    return [(number, a, b) for a, b in pairwise(edges)]


def _within(tag: Tag, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the tag lies in one of the spans, which are in order: a name may look like a cue."""
    index = bisect_right(spans, tag.start, key=lambda s: s[0])
    return any(a <= tag.start and tag.end <= b for a, b in spans[max(0, index - 1) : index])
