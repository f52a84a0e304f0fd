"""Events of trigger verbs and nouns: who does what to whom, by the names and the acts of speech around them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from media_monitor.extract.events.candidate import Candidate
from media_monitor.extract.events.ontology import MUTUAL, codes
from media_monitor.extract.grammar.clauses import Clause, Line, Name
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import Lexicon
from media_monitor.extract.speech import verbfinal
from media_monitor.extract.speech.memory import Act, heard
from media_monitor.extract.statements import claims

ADDRESSED = 6  # most characters between a threat and whom it is said to, or a passive and its agent
NEGATED = 10  # most characters between the start of a negation and the trigger that it denies
AGENT = 20  # most characters between the word that marks an agent and its name, a title between them
WAR = 16  # most characters between a war and the country that it is named after
BY_STANCE = frozenset({"REJECT"})  # made of statements alone: who denies what to whom is more than a verb
SPOKEN = frozenset({"ACCUSE", "REQUEST", "SUPPORT", "THREATEN"})  # done in words, by whoever speaks
OBJECTED = frozenset({"condemn", "deny", "decline"})  # who speaks so does not report what he speaks of
TOLD_OF = frozenset({"CONSULT", "COOPERATE"})  # what a third party often tells of
REPORTED = frozenset({"ACCUSE", "AGREE", "CONSULT", "COOPERATE", "SUPPORT"})


@dataclass(frozen=True, slots=True)
class Ground:
    """The two sides of the beat, or none where it has no sides, and the side of each place."""

    sides: frozenset[str]
    soil: Mapping[str, str]

    def foreign(self, party: str) -> bool:
        return bool(self.sides) and party not in self.sides


def triggered(line: Line, words: Lexicon, ground: Ground) -> Iterator[Candidate]:
    """Events of the lexicon's triggers, with the parties that stand around them, that speak, or whose places are
    visited."""
    for tag in line.tagged("events", line.start, line.end):
        kind, mode = tag.name.split("/")
        if (
            kind not in codes()
            or kind in BY_STANCE
            or line.quoted(tag.start)
            or _unreal(line, tag)
            or _objected(line, tag, kind)
        ):
            continue
        clause = line.clauses[line.clause_at(tag.start)]
        told = _told(line, tag, kind, words, ground) or _pairs(line, tag, kind, mode, words, ground)
        for pair in _of_sides(told or _visited(line, kind, mode, ground), line, kind, ground.sides):
            yield Candidate(kind, mode, *pair, line, clause.start, clause.end, "trigger")


def _of_sides(pairs: list[tuple[str, str]], line: Line, kind: str, sides: frozenset[str]) -> list[tuple[str, str]]:
    """What two do together is done by the sides of the beat where the line names both, and a third only tells of it."""
    told = {p for n in line.names for p in n.parties}
    if kind in TOLD_OF and told >= sides and any(len({*pair} & sides) == 1 for pair in pairs):
        return [(min(sides), max(sides))]
    return pairs


def _theatre(line: Line, name: Name) -> bool:
    """Whether the name only tells which war is meant: "the Ukraine war", "the invasion of Ukraine"."""
    wars = [t for t in line.tagged("concepts", name.start - WAR, name.end + WAR) if t.name == "war"]
    joined = [t for t in line.tagged("grammar", name.start - WAR, name.start) if t.name in ("oblique", "genitive")]
    after = any(0 <= t.start - name.end <= 1 for t in wars)
    return after or any(0 <= j.start - t.end <= 1 and name.start - j.end <= 5 for t in wars for j in joined)


def _pairs(line: Line, tag: Tag, kind: str, mode: str, words: Lexicon, ground: Ground) -> list[tuple[str, str]]:
    """Actor and recipient: the first party before a trigger and another one after it; after it both, verb first.

    The mode `receive` and an agent after the trigger ("thanked by") turn them round; sanctions hit all that are named.
    """
    clause = line.clauses[line.clause_at(tag.start)]
    acting = [n for n in line.names if not _theatre(line, n)]
    before = [n for n in acting if clause.start <= n.start and n.end <= tag.start]
    after = [n for n in acting if tag.start < n.start and n.end <= clause.end]
    order = [*after, *before] if words.grammar.order == "vso" and not before else [*before, *after]
    if words.grammar.order == "svo" and not before:
        order = [*line.named(line.start, clause.start)[:1], *after]
    if line.postpositions:
        if kind in MUTUAL and (both := verbfinal.pair(line, before, tag.start)):
            return [both]
        order = [*verbfinal.actors(line, before), *order]
    near = [p for n in order for p in n.parties]
    nearest = [*reversed(before)] if line.postpositions else []
    named = [*nearest, *after, *(n for n in acting if n.start > tag.end), *before, *acting]
    rest = [p for n in named for p in n.parties]
    first = next(iter(near or [p for n in line.names for p in n.parties]), None)
    if first is None or (words.grammar.order == "svo" and kind not in MUTUAL and not _has_actor(line, tag)):
        return []
    own = claims.features(line, [(line.start, line.end)], words.grammar.modifier)
    if kind == "SUPPORT" and {f"troops:{p}" for p in ground.sides} & own == {f"troops:{first}"}:
        return [(first, first)]
    if kind == "CONSULT" and mode == "visit" and line.postpositions and "troops" in own:
        return []
    if (
        kind == "CONSULT"
        and mode == "visit"
        and any(t.name == "troops" for t in line.tagged("concepts", clause.start, clause.end))
    ):
        return []
    others = [p for p in dict.fromkeys(near if kind in MUTUAL else rest) if p != first]
    if kind == "ACCUSE" and line.postpositions:
        others.sort(key=ground.foreign)
    if kind == "SANCTION" or (mode == "threaten" and ground.foreign(first)):
        return [(first, p) for p in others if not ground.foreign(p)]
    if not others or (kind == "THREATEN" and not (after and after[0].start - tag.end <= ADDRESSED)):
        return []
    turned = mode == "receive" or _by_somebody(line, tag)
    pair = (others[0], first) if turned else (first, others[0])
    return [(min(pair), max(pair))] if kind in MUTUAL else [pair]


def _visited(line: Line, kind: str, mode: str, ground: Ground) -> list[tuple[str, str]]:
    """The two sides where the line names one of them at a place of the other: "Kim toured a plant in Vladivostok"."""
    named = {p for n in line.names for p in n.parties} & ground.sides
    there = {ground.soil[e.entity_id] for n in line.names for e in n.entities if e.entity_id in ground.soil}
    met = (kind, mode) == ("CONSULT", "visit") and len(named) == 1 and named | there == ground.sides
    soldiers = any(t.name in ("troops", "dead", "captured") for t in line.tagged("concepts", line.start, line.end))
    return [(min(ground.sides), max(ground.sides))] if met and not soldiers else []


def _by_somebody(line: Line, tag: Tag) -> bool:
    """Whether an agent with a party follows the trigger: "thanked by Putin", not "by a large majority"."""
    agents = [t.end for t in line.tagged("grammar", tag.end, tag.end + ADDRESSED) if t.name == "agent"]
    return any(n.party for end in agents for n in line.named(end, line.end)[:1] if n.start - end <= AGENT)


def _has_actor(line: Line, tag: Tag) -> bool:
    """Whether any party stands before the trigger in its sentence; else its subject is left out ("thanked Kim")."""
    return any(n.party for n in line.named(line.start, tag.start))


def _unreal(line: Line, tag: Tag) -> bool:
    """Whether the clause speaks of what may be; a threat does."""
    if tag.name == "THREATEN/threaten":
        return False
    clause = line.clauses[line.clause_at(tag.start)]
    denied = any(t.name == "negation" for t in line.tagged("cues", max(clause.start, tag.start - NEGATED), tag.start))
    return denied or any(t.name == "hypothetical" for t in line.tagged("cues", clause.start, clause.end))


def _told(line: Line, tag: Tag, kind: str, words: Lexicon, ground: Ground) -> list[tuple[str, str]]:
    """Actor and recipient where the trigger is a verb of speech: its speakers, and the other party named after it,
    for third parties a side of the beat."""
    acts = [a for a in heard(line) if a.rule == "cue" and _overlap(a, tag)]
    actors = list(dict.fromkeys(s.party for a in acts for s in a.speakers if s.party))
    if kind not in SPOKEN or not actors or line.postpositions:
        return []
    clause = line.clauses[line.clause_at(tag.start)]
    after = line.named(tag.end, clause.end)
    if kind == "THREATEN" and not (after and after[0].start - tag.end <= ADDRESSED):
        return []
    if kind == "SUPPORT" and _own_troops(line, tag, clause, actors[0], words, ground):
        return [(actors[0], actors[0])]
    others = [p for n in (*after, *line.named(clause.start, tag.start), *line.names) for p in n.parties]
    ours = not all(map(ground.foreign, actors))
    named = [p for p in others if p not in actors and (ours or not ground.foreign(p))]
    return [(actor, named[0]) for actor in actors] if named else []


def _own_troops(line: Line, tag: Tag, clause: Clause, party: str, words: Lexicon, ground: Ground) -> bool:
    """Whether the soldiers of the party itself are honoured, no other party being named before them."""
    soldiers = [t for t in line.tagged("concepts", tag.end, clause.end) if t.name == "troops"]
    own = claims.features(line, [(line.start, line.end)], words.grammar.modifier)
    if not soldiers or {f"troops:{s}" for s in ground.sides} & own != {f"troops:{party}"}:
        return False
    return all(party in n.parties for n in line.named(clause.start, soldiers[0].start) if n.party)


def _objected(line: Line, tag: Tag, kind: str) -> bool:
    """Whether the trigger only names what somebody objects to: "condemned their cooperation", "denied accusations"."""
    if kind not in REPORTED or line.postpositions:
        return False
    clause = line.clauses[line.clause_at(tag.start)]
    acts = [a for a in heard(line) if a.rule == "cue"]
    if kind == "ACCUSE" and any(a.rule == "noun" and _overlap(a, tag) for a in heard(line)):
        return True
    before = [a for a in acts if a.category in OBJECTED and clause.start <= a.cue.start and a.cue.end <= tag.start]
    return bool(before) and not any(_overlap(a, tag) for a in acts)


def _overlap(act: Act, tag: Tag) -> bool:
    return act.cue.start < tag.end and tag.start < act.cue.end
