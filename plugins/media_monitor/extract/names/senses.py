"""What a found alias means where it stands.

A capital is its government ("Moscow denies") or the place ("in Moscow"), and the words around it decide; a name in
a dateline or agency credit means nothing; a family name alone is the person whose full name stands before it, and
with another given name after it, it is somebody else. An echo ("the North", "Korean soldiers") counts once the text
has named one of its targets by another name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from media_monitor.beat import Entity
from media_monitor.extract.names.agencies import Signature
from media_monitor.extract.names.gazetteer import Found, Gazetteer, Hit
from media_monitor.extract.text.affixes import Affixes, affixes
from media_monitor.extract.text.boundaries import begins, ends
from media_monitor.extract.text.normalise import Normalised

CONTEXT = 40
SHORTEST_SURNAME = 3
TITLE_CASE = 0.7
_GIVEN_NAME = re.compile(r" [A-ZÀ-ÞА-ЯІЇЄҐЁ][^\W\d_]+")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def hits(
    found: Sequence[Found], normal: Normalised, gazetteer: Gazetteer, signed: Signature, entities: Mapping[str, Entity]
) -> tuple[Hit, ...]:
    """The mentions of entities among the aliases found, and the family names that follow a full name, in order."""
    tables = affixes(gazetteer.language)
    starts = {f.start for f in found}
    named = [
        f
        for f in found
        if f.alias.targets
        and not signed.holds(f.start, f.end)
        and not (f.alias.kind == "short" and _somebody_else(f, normal, entities, starts))
    ]
    named = list(_known_before(named, normal))
    made = [_hit(normal, f.start, f.end, meaning(f, normal.text, tables), f.alias.kind) for f in named]
    made.extend(_surnames(named, found, normal, gazetteer, entities))
    return tuple(sorted((h for h in made if h.entities), key=lambda h: h.start))


def _known_before(named: Iterable[Found], normal: Normalised) -> Iterator[Found]:
    """The names, without echoes ("the North") of what no name before has told, or that are part of another name."""
    told: set[str] = set()
    for found in named:
        if found.alias.kind != "echo":
            told.update(found.alias.targets)
        elif told.isdisjoint(found.alias.targets) or not _as_written(found, normal):
            continue
        yield found


def _as_written(found: Found, normal: Normalised) -> bool:
    """Whether the last word of the echo has its capital, and none follows: neither "the north" nor "the North Sea"."""
    start, end = normal.span(found.start, found.end)
    word = normal.stored[start:end].split()[-1]
    return word[0] == found.alias.alias.split()[-1][0] and not goes_on_with_a_name(normal.stored, end)


def meaning(found: Found, text: str, tables: Affixes) -> tuple[str, ...]:
    """The ids that the alias stands for at its place of the normalised text; () for a place that is not listed."""
    targets = found.alias.targets
    if found.alias.kind != "metonym":
        return targets
    return targets[1:2] if is_place(text, found.start, found.end, tables) else targets[:1]


def is_place(text: str, start: int, end: int, tables: Affixes) -> bool:
    """Whether the capital at the span is meant as a place."""
    after = text[end : end + CONTEXT]
    if after.startswith(tables.government_after):
        return False
    if tables.capitals_are_places or after.startswith(tables.locative_after):
        return True
    before = text[max(0, start - CONTEXT) : start]
    if any(before.endswith(cue) and _at_edge(before, cue) for cue in tables.government_before):
        return False
    return any(before.endswith(cue) and _at_edge(before, cue) for cue in tables.locative_before)


def _somebody_else(found: Found, normal: Normalised, entities: Mapping[str, Entity], starts: set[int]) -> bool:
    """Whether the family name goes on with a given name that belongs to no alias: "Kim Min-ho"."""
    if found.end + 1 in starts or any(entities[e].kind != "person" for e in found.alias.targets):
        return False
    _, end = normal.span(found.start, found.end)
    return goes_on_with_a_name(normal.stored, end)


def goes_on_with_a_name(stored: str, end: int) -> bool:
    """Whether a word with a capital follows at the position of the stored text, in a line that is not all capitals."""
    if not _GIVEN_NAME.match(stored, end):
        return False
    line = stored[stored.rfind("\n", 0, end) + 1 :].partition("\n")[0]
    words = _LONG_WORD.findall(line)
    # In a headline whose words all begin with capitals, what follows may be its verb.
    return len([w for w in words if w[0].isupper()]) <= TITLE_CASE * len(words)


def _at_edge(before: str, cue: str) -> bool:
    """Whether the cue is a word of its own; Han and kana have no edges."""
    position = len(before) - len(cue)
    return position == 0 or not (before[position - 1].isalpha() and cue[0].isalpha() and ord(cue[0]) < 0x3000)


def _hit(normal: Normalised, start: int, end: int, targets: tuple[str, ...], rule: str) -> Hit:
    first, last = normal.span(start, end)
    return Hit(first, last, normal.stored[first:last], targets, rule)


def _surnames(
    named: Iterable[Found],
    found: Sequence[Found],
    normal: Normalised,
    gazetteer: Gazetteer,
    entities: Mapping[str, Entity],
) -> Iterator[Hit]:
    taken = [(f.start, f.end) for f in found]
    known: set[str] = set()
    for full in named:
        surname = _surname(full, normal.text, entities)
        if not surname or surname in known or surname in gazetteer.keys:
            continue
        known.add(surname)
        tables = affixes(full.alias.language)
        for match in re.finditer(re.escape(surname), normal.text[full.end :]):
            start, end = match.start() + full.end, match.end() + full.end
            if any(a < end and start < b for a, b in taken):
                continue
            if begins(normal.text, start, tables) and ends(normal.text, start, end, tables):
                hit = _hit(normal, start, end, full.alias.targets, "surname")
                if hit.surface[0].isupper() or not hit.surface[0].islower():
                    yield hit


def _surname(full: Found, text: str, entities: Mapping[str, Entity]) -> str | None:
    """The family name in a full name of several words, None for anything else."""
    alias = full.alias
    if alias.kind != "name" or len(alias.targets) != 1 or entities[alias.targets[0]].kind != "person":
        return None
    words = re.split(r"[ ·・=]", text[full.start : full.end])
    if len(words) < 2:
        return None
    surname = words[0] if words[0] in affixes(alias.language).surnames_first else words[-1]
    return surname if len(surname) >= SHORTEST_SURNAME else None
