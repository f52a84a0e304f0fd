"""Who is meant by an office without a name: "the South Korean president" is whoever held it on the day of publication.

The owner of the office is named right before the title or after it, inside it ("ministre russe de la défense") or by
a name that overlaps it (the ministry in "Foreign Ministry chief"); "its president" is that of the country named last.
A title beside a person's name says nothing new, and with "former" or "deputy" it is somebody else's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from media_monitor.beat import Beat, Entity
from media_monitor.extract.names.gazetteer import Found, Hit
from media_monitor.extract.names.senses import goes_on_with_a_name
from media_monitor.extract.names.titles import Titles
from media_monitor.extract.text.normalise import Normalised

LONGEST_GAP = 24
RULE = "office"
MINISTER = ("_minister", "_adviser")  # "Foreign Minister X" does not name the ministry


def dated(found: Sequence[Found], beat: Beat, day: date | None) -> list[Found]:
    """The aliases found, with the holder on that day for each office; without the office where nobody is known."""
    return [_dated(one, beat, day) if one.alias.kind == RULE else one for one in found]


def _dated(found: Found, beat: Beat, day: date | None) -> Found:
    office, *others = found.alias.targets
    holder = beat.holder(office, day)
    return replace(found, alias=replace(found.alias, targets=(*filter(None, (holder,)), *others)))


def holders(
    normal: Normalised, mentions: Sequence[Hit], words: Titles | None, beat: Beat, day: date | None
) -> tuple[Hit, ...]:
    """The mentions, and those who hold the offices that the text names without their names, in order."""
    if words is None or day is None:
        return tuple(mentions)
    page = Page.of(normal, mentions, words, beat)
    page = Page.of(normal, list(page.checked()), words, beat)
    gone: set[int] = set()
    made: list[Hit] = []
    for titles, start, end in words.find(normal):
        if page.in_a_body(start, end):
            continue
        for unit in page.units(start, end):
            named = [(beat.offices.get((owner, title)), owner) for owner in unit.owners for title in titles]
            people = {holder for office, _ in named if office and (holder := beat.holder(office, day))}
            if not people or page.is_another(unit):
                continue
            alone = not page.beside_a_name(unit)
            minister = any(title.endswith(MINISTER) for title in titles)
            if alone or (minister and unit.within):
                gone |= set(unit.within)
                owners = {owner for office, owner in named if office} if minister else None
                made += page.hits(unit, people if alone else set(), owners)
            break
    left = (hit for i, hit in enumerate(page.mentions) if i not in gone)
    return tuple(sorted((*left, *made), key=lambda hit: hit.start))


@dataclass(frozen=True, slots=True)
class Unit:
    """A title with the owners of its office: its span, that of title and owners, and the mentions inside the title."""

    start: int
    end: int
    first: int
    last: int
    owners: tuple[str, ...]
    within: tuple[int, ...] = ()


@dataclass(frozen=True)
class Page:
    """A text with its mentions; `spans` are theirs in the normalised text."""

    normal: Normalised
    mentions: Sequence[Hit]
    spans: Sequence[tuple[int, int]]
    words: Titles
    beat: Beat

    @classmethod
    def of(cls, normal: Normalised, mentions: Sequence[Hit], words: Titles, beat: Beat) -> "Page":
        return cls(normal, mentions, [normal.inside(hit.start, hit.end) for hit in mentions], words, beat)

    def checked(self) -> Iterator[Hit]:
        """The mentions, without the holder where a title that is an alias stands beside a name or is another's."""
        for i, (hit, (start, end)) in enumerate(zip(self.mentions, self.spans, strict=True)):
            unit = Unit(start, end, start, end, (), (i,))
            if hit.rule != RULE or not (self.is_another(unit) or self.beside_a_name(unit)):
                yield hit
            elif others := tuple(e for e in hit.entities if self.beat.entities[e].kind != "person"):
                yield replace(hit, entities=others)

    def units(self, start: int, end: int) -> Iterator[Unit]:
        """What the title at the span may belong to, the most certain first."""
        within = tuple(i for i, (a, b) in enumerate(self.spans) if a < end and start < b)
        if within:
            yield self._inside(start, end, within)
        yield from self.before(start, end)
        yield from self.after(start, end)
        if not within and self.words.own.search(self.normal.text, max(0, start - LONGEST_GAP), start):
            yield from self.own(start, end)

    def _inside(self, start: int, end: int, within: tuple[int, ...]) -> Unit:
        """The owners that overlap the title, and the countries of the ministries among them."""
        named = [e for i in within for e in self.mentions[i].entities]
        owners = (*named, *(c for e in named if (c := self.country(self.beat.entities[e]))))
        first, last = min(start, self.spans[within[0]][0]), max(end, self.spans[within[-1]][1])
        return Unit(first, last, first, last, tuple(dict.fromkeys(owners)), within)

    def before(self, start: int, end: int) -> Iterator[Unit]:
        owners: list[str] = []
        at, gap = start, self.words.before
        plural = self.normal.text[end - 1 : end] == "s" or ord(self.normal.text[start]) >= 0x3000
        for index in range(self._next(start) - 1, -1, -1):
            a, b = self.spans[index]
            if not 0 <= at - b <= LONGEST_GAP or not gap.fullmatch(self.normal.text, b, at):
                break
            owners += self._owners(index)
            at, gap = a, self.words.joined
            if not plural or any(self.beat.entities[e].kind != "country" for e in owners):
                break
        if owners:
            yield Unit(start, end, at, end, tuple(owners))

    def after(self, start: int, end: int) -> Iterator[Unit]:
        owners: list[str] = []
        at, gap = end, self.words.after
        for index in range(self._next(end), len(self.spans)):
            a, b = self.spans[index]
            if not 0 <= a - at <= LONGEST_GAP or not gap.fullmatch(self.normal.text, at, a):
                break
            owners += self._owners(index)
            at, gap = b, self.words.joined
        if owners:
            yield Unit(start, end, start, at, tuple(owners))

    def own(self, start: int, end: int) -> Iterator[Unit]:
        """The one country named in the line before "its president"; in a headline the first one, its subject."""
        line = self.normal.text.rfind("\n", 0, start) + 1
        earlier = [i for i, (a, _) in enumerate(self.spans) if line <= a < start]
        named = [c for i in earlier for e in self.mentions[i].entities if (c := self.country(self.beat.entities[e]))]
        if named and (line == 0 or len(set(named)) == 1):
            yield Unit(start, end, start, end, (named[0],))

    def _next(self, position: int) -> int:
        return next((i for i, (a, _) in enumerate(self.spans) if a >= position), len(self.spans))

    def _owners(self, index: int) -> list[str]:
        """Who owns the office beside the mention: its organisations, else its countries; a person owns none."""
        named = [self.beat.entities[e] for e in self.mentions[index].entities]
        bodies = [e.entity_id for e in named if e.kind == "organisation"]
        people = any(e.kind == "person" for e in named)
        return [] if people else bodies or [e.entity_id for e in named]

    def country(self, entity: Entity) -> str | None:
        return _countries(self.beat).get(entity.party or "")

    def in_a_body(self, start: int, end: int) -> bool:
        """Whether the title is a part of the name of an organisation: "the Office of the President of Ukraine"."""
        around = (m for m, (a, b) in zip(self.mentions, self.spans, strict=True) if a <= start and end <= b)
        names = [m for m in around if m.rule == "name" and m.end - m.start > end - start]
        return any(self.beat.entities[e].kind == "organisation" for m in names for e in m.entities)

    def is_another(self, unit: Unit) -> bool:
        """Whether a word beside title and owner makes it another holder's."""
        text = self.normal.text
        before = text[max(0, unit.first - LONGEST_GAP) : unit.first]
        return bool(self.words.former_before.search(before) or self.words.former_after.match(text, unit.last))

    def beside_a_name(self, unit: Unit) -> bool:
        """Whether a person's name stands beside title and owner, listed or not."""
        near = [i for i, (a, b) in enumerate(self.spans) if 0 <= a - unit.last <= 1 or 0 <= unit.first - b <= 1]
        near = [i for i in near if i not in unit.within]
        if any(self.beat.entities[e].kind == "person" for i in near for e in self.mentions[i].entities):
            return True
        if any(self.spans[i][0] >= unit.last for i in near):
            return False
        _, end = self.normal.span(unit.first, unit.last)
        return goes_on_with_a_name(self.normal.stored, end)

    def hits(self, unit: Unit, people: set[str], owners: set[str] | None) -> list[Hit]:
        """The mention of the holders, and of what the title overlaps; with `owners`, of organisations they alone."""
        others = [self.beat.entities[e] for i in unit.within for e in self.mentions[i].entities]
        bodies = {e.entity_id for e in others if e.kind == "organisation"} - (set() if owners is None else owners)
        gone = {e.entity_id for e in others if e.kind == "person"} | (set() if owners is None else bodies)
        kept = [e.entity_id for e in others if e.entity_id not in gone]
        entities = tuple(dict.fromkeys((*sorted(people), *kept)))
        start, end = self.normal.span(unit.start, unit.end)
        return [Hit(start, end, self.normal.stored[start:end], entities, RULE)] if entities else []


@lru_cache(maxsize=8)
def _countries(beat: Beat) -> Mapping[str, str]:
    """The country of each party."""
    return {e.party: e.entity_id for e in reversed(beat.entities.values()) if e.kind == "country" and e.party}
