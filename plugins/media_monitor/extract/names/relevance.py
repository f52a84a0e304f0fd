"""The gate: does a document report on what the beat is about?

A beat has subjects or two sides. Subjects are entities, such as a pipeline: a document on one names it in its title, in
the sentence after, or in several. Of a beat with sides, a document tells what they do together.

Only a document that names both sides can. A sentence ties them when it names both, and no party that is named
beside them in lists and parades, or an army of theirs, or that party only outside a list and with a word of troops,
arms or treaties. What ties and where is weighed; the weights are those of a logistic regression on 641 labelled items
(the development set and the even half of our own), rounded. The beat says in its table `relevance`:

    subjects  entities; instead of all that follows
    sides     the two parties
    lists     parties that stand beside them in lists, where being named together says little
    places    by side: places that stand for it when the other side is named there
    armies    by side: what fights beside the other side when it is named with one of `enemies`
    enemies   parties
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from media_monitor.beat import Beat, read_toml
from media_monitor.errors import BeatError
from media_monitor.extract.names.gazetteer import Hit
from media_monitor.extract.text.affixes import LEXICONS
from media_monitor.extract.text.normalise import Normalised, folded
from media_monitor.extract.text.sentences import Sentence

BASE = -1.25
WEIGHTS = {
    "tied in the title": 1.5,
    "tied in a sentence": 2.75,
    "tied in several sentences": 1.5,
    "by a word": 1.25,
    "by a word in the title": 0.75,
    "named as a pair": 1.5,
    "in neighbouring sentences": 1.25,
    "neither side in the title": -1.25,
    "a small part of the document": -0.5,
    "a subject in the title": 1.5,
    "a subject in the lead": 1.25,
    "a subject in several sentences": 1.25,
}
SMALL_PART = 0.1
LIST_GAP = 20
_UNSPACED = frozenset({"ar", "ko", "zh", "ja"})
_LIST_GAP = re.compile(
    r"[\s,、·・/()\-]*(?:and|with|und|mit|et|avec|y|e|con|и|с|і|й|та|з|و|مع|ومع|와|과|및|、|和|与|與|及|と|や)?[\s\-]*"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """The table `relevance` of a beat: its subjects, or the sides, and the sides and roles of its entities."""

    sides: frozenset[str]
    lists: frozenset[str]
    enemies: frozenset[str]
    parties: Mapping[str, str | None]
    places: Mapping[str, str]
    armies: Mapping[str, str]
    subjects: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Relevant or not, the sum of the weights, and what was weighed."""

    relevant: bool
    score: float
    reasons: tuple[str, ...]


@lru_cache(maxsize=8)
def rule(beat: Beat) -> Rule:
    """The beat's rule.

    Raises:
        BeatError: the table is missing, or names an unknown key or entity.
    """
    table = dict(beat.settings.get("relevance", {}))
    culprit = f"{beat.folder / 'beat.toml'}: relevance"
    if unknown := set(table) - {"subjects", "sides", "lists", "places", "armies", "enemies"}:
        raise BeatError(culprit, f"unknown key {min(unknown)!r}")
    if len(table.get("sides", ())) != 2 and not (set(table) == {"subjects"} and table["subjects"]):
        raise BeatError(culprit, "either 'sides' must name two parties, or 'subjects' entities")
    placed = [{e: side for side, ids in table.get(key, {}).items() for e in ids} for key in ("places", "armies")]
    for entity in (*table.get("subjects", ()), *(e for names in placed for e in names)):
        if entity not in beat.entities:
            raise BeatError(culprit, f"{entity!r} is not in entities.tsv")
    return Rule(
        frozenset(table.get("sides", ())),
        frozenset(table.get("lists", ())),
        frozenset(table.get("enemies", ())),
        {e.entity_id: e.party for e in beat.entities.values()},
        placed[0],
        placed[1],
        frozenset(table.get("subjects", ())),
    )


def named(hits: Sequence[Hit], known: Rule) -> set[str]:
    """The sides that the names stand for, counting places and armies at war where the other side is named, and
    places of both ("a museum of Kursk's heroes in Pyongyang")."""
    entities = {e for hit in hits for e in hit.entities}
    parties = {known.parties[e] for e in entities}
    sides = known.sides & parties
    if not sides and known.sides == {known.places.get(e) for e in entities} - {None}:
        return set(known.sides)
    if len(sides) == 1:
        (side,) = sides
        (other,) = known.sides - sides
        at_war = any(known.armies.get(e) == side for e in entities) and parties & known.enemies
        if at_war or any(known.places.get(e) == other for e in entities):
            sides = known.sides
    return set(sides)


def may_be(hits: Sequence[Hit], known: Rule) -> bool:
    """Whether a document with these names can be relevant at all: a subject is named, or both sides are."""
    if known.subjects:
        return any(known.subjects.intersection(hit.entities) for hit in hits)
    return len(named(hits, known)) == 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a sentence says of the sides: those named, whether it ties them, and whether by a word."""

    sides: frozenset[str]
    listed: bool
    ties: bool
    by_word: bool


def judge(
    normal: Normalised, sentences: Sequence[Sentence], hits: Sequence[Hit], words: re.Pattern[str], known: Rule
) -> Verdict:
    """Whether the document with these names is relevant. `sentences` begin with the title; `words` are `bonds`."""
    if not may_be(hits, known):
        return Verdict(False, BASE, ())
    if known.subjects:
        return _on_subjects(sentences, hits, known)
    by_sentence = _by_sentence(hits, sentences)
    sides = _sides_at_war(hits, known)
    evidence = [_evidence(normal, s, by_sentence.get(s.number, []), words, known, sides) for s in sentences]
    reasons = tuple(_reasons(evidence, hits, known))
    score = BASE + sum(WEIGHTS[reason] for reason in reasons)
    return Verdict(score >= 0, score, reasons)


def _on_subjects(sentences: Sequence[Sentence], hits: Sequence[Hit], known: Rule) -> Verdict:
    named = [
        n for n, here in _by_sentence(hits, sentences).items() if any(known.subjects & {*h.entities} for h in here)
    ]
    told = {"the title": 0 in named, "the lead": 1 in named, "several sentences": len(named) > 1}
    reasons = tuple(f"a subject in {where}" for where, there in told.items() if there)
    score = BASE + sum(WEIGHTS[reason] for reason in reasons)
    return Verdict(score >= 0, score, reasons)


@cache
def bonds(language: str | None) -> re.Pattern[str]:
    """The words of troops, arms and treaties of a language; without a table, a pattern that matches nothing.

    Raises:
        BeatError: the table is malformed.
    """
    path = LEXICONS / (language or "-") / "relevance.toml"
    words = read_toml(path, {"ties"}).get("ties", []) if path.is_file() else []
    edge = "" if language in _UNSPACED else r"(?<![^\W\d_])"
    return re.compile(f"{edge}(?:{'|'.join(re.escape(folded(word)) for word in words)})" if words else r"(?!)")


def _stood_for(hits: Sequence[Hit], known: Rule) -> set[str]:
    """The side whose place a sentence names without either side, in a document that names both."""
    found = {known.places[e] for hit in hits for e in hit.entities if e in known.places}
    return found if len(found) == 1 else set()


def _by_sentence(hits: Sequence[Hit], sentences: Sequence[Sentence]) -> dict[int, list[Hit]]:
    """The names of each sentence by its number; both come in the order of the text."""
    found: dict[int, list[Hit]] = {}
    number = 0
    for hit in hits:
        while number + 1 < len(sentences) and sentences[number + 1].start <= hit.start:
            number += 1
        found.setdefault(number, []).append(hit)
    return found


def _evidence(
    normal: Normalised,
    sentence: Sentence,
    hits: Sequence[Hit],
    words: re.Pattern[str],
    known: Rule,
    fighting: frozenset[str | None],
) -> Evidence:
    parties = {known.parties[e] for hit in hits for e in hit.entities}
    war = bool(parties & fighting and parties & known.enemies)
    sides = known.sides if war else frozenset(named(hits, known) or _stood_for(hits, known))
    listed = any(known.parties[e] in known.lists for hit in hits for e in hit.entities)
    if len(sides) < 2:
        return Evidence(sides, listed, False, False)
    by_word = bool(words.search(normal.text, *normal.inside(sentence.start, sentence.end)))
    at_war = any(e in known.armies for hit in hits for e in hit.entities)
    ties = not listed or at_war or (by_word and not _in_list(normal, hits, known))
    return Evidence(sides, listed, ties, ties and by_word)


def _sides_at_war(hits: Sequence[Hit], known: Rule) -> frozenset[str | None]:
    """The sides whose army the document names: beside an enemy they are at war, for the other side."""
    return frozenset(known.armies[e] for hit in hits for e in hit.entities if e in known.armies)


def _in_list(normal: Normalised, hits: Sequence[Hit], known: Rule) -> bool:
    """Whether both sides stand in one enumeration with a party of `lists`: not in "China and Russia help the North"."""
    group: set[str | None] = set()
    end = -1
    for hit in hits:
        start = normal.position(hit.start)
        joined = 0 <= start - end <= LIST_GAP and _LIST_GAP.fullmatch(normal.text, end, start)
        parties = {known.parties[e] for e in hit.entities}
        group = group | parties if end >= 0 and joined else parties
        if group & known.lists and group >= known.sides:
            return True
        end = normal.inside(hit.start, hit.end)[1]
    return False


def _reasons(evidence: Sequence[Evidence], hits: Sequence[Hit], known: Rule) -> Iterator[str]:
    title = evidence[0]
    tied = sum(e.ties for e in evidence)
    if title.ties:
        yield "tied in the title"
    if title.by_word:
        yield "by a word in the title"
    if not title.sides:
        yield "neither side in the title"
    if tied:
        yield "tied in a sentence"
    if tied > 1:
        yield "tied in several sentences"
    if any(e.by_word for e in evidence):
        yield "by a word"
    if any(_pair({known.parties[e] for e in hit.entities}, known) for hit in hits):
        yield "named as a pair"
    if any(_adjacent(a, b) for a, b in pairwise(evidence)):
        yield "in neighbouring sentences"
    if 0 < tied < SMALL_PART * len(evidence):
        yield "a small part of the document"


def _pair(parties: set[str | None], known: Rule) -> bool:
    return known.sides <= parties and not parties & known.lists


def _adjacent(first: Evidence, second: Evidence) -> bool:
    """Whether one side is named alone in the first sentence and the other one in the second, outside lists."""
    alone = len(first.sides) == len(second.sides) == 1
    return alone and first.sides != second.sides and not second.listed
