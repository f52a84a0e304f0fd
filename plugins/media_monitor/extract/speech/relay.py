"""Whose word a speech is that somebody else tells of: "Kyiv said that Moscow had admitted …" is the word of Kyiv."""

from collections.abc import Sequence

from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure, Voices
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.speech.memory import Act

_EDGES = " ,:،"


def relayed_by(line: Line, cue: Tag, who: Sequence[Figure], told: Sequence[Act], voices: Voices) -> list[Figure]:
    """Who speaks instead of a side of the beat that is said to confirm: an official of a third party whose verb of
    speech stands right before; [] where nobody does, or the confirming words are quoted."""
    if cue.name != "confirm" or line.postpositions or not told or not who or line.quoted(cue.start):
        return []
    last, first = told[-1], min(f.start for f in who)
    outer = [f for f in last.speakers if f.party and f.party not in voices.sides and f.role == "official"]
    if last.category not in ("say", "allege") or last.rule != "cue" or not all(f.party in voices.sides for f in who):
        return []
    opened = max([last.cue.end, *(f.end for f in outer)])
    return outer if opened <= first <= cue.start and _only_opens(line, opened, first) else []


def _only_opens(line: Line, start: int, end: int) -> bool:
    """Whether nothing but "that" and an article stands in the gap."""
    marks = [t for t in line.tagged("grammar", start, end) if t.name in ("complement", "article")]
    gap = line.slice(start, end)
    for mark in marks:
        gap = gap.replace(line.slice(mark.start, mark.end), "")
    return not gap.strip(_EDGES)
