"""Whose word a speech is that somebody else tells of: "Kyiv said that Moscow had admitted …" is the word of Kyiv."""

from collections.abc import Sequence

from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure, Voices
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.speech.memory import Act
from media_monitor.extract.speech.stance import WEAK

UNOFFICIAL = ("expert", "source")  # roles of those who only tell what an official said
_EDGES = " ,:،"


def relayed_by(line: Line, cue: Tag, who: Sequence[Figure], told: Sequence[Act], voices: Voices) -> list[Figure]:
    """Who speaks instead of a side of the beat that is said to confirm: an official of a third party whose verb of
    speech stands right before, an expert or unnamed source who tells what the side said or stands before the colon of
    the headline; [] where nobody does, or the confirming words are quoted."""
    if line.postpositions or not who or line.quoted(cue.start) or not all(f.party in voices.sides for f in who):
        return []
    first = min(f.start for f in who)
    if cue.name == "confirm" and (label := _label(line, first)):
        return [label]
    if not told or told[-1].rule != "cue":
        return []
    last = told[-1]
    if cue.name in (*WEAK, "confirm") and _retold(line, last, first, cue):
        return list(last.speakers)
    outer = [f for f in last.speakers if f.party and f.party not in voices.sides and f.role == "official"]
    if cue.name != "confirm" or last.category not in ("say", "allege"):
        return []
    opened = max([last.cue.end, *(f.end for f in outer)])
    return outer if opened <= first <= cue.start and _only_opens(line, opened, first) else []


def _label(line: Line, first: int) -> Figure | None:
    """The expert or source whose word the headline is: "Experts: Moscow admits …"."""
    colon = line.slice(line.start, first).find(":")
    if line.number or colon < 0 or line.named(line.start, line.start + colon):
        return None
    for tag in line.tagged("titles", line.start, line.start + colon):
        role = tag.name.split("/")[0]
        if role in UNOFFICIAL:
            return Figure(tag.start, tag.end, None, "expert" if role == "expert" else "source", None)
    return None


def _retold(line: Line, last: Act, first: int, cue: Tag) -> bool:
    """Whether an expert or a source tells of what is said: "a former deputy said that … the Duma speaks of it"."""
    if not last.speakers or not all(f.role in UNOFFICIAL for f in last.speakers):
        return False
    marks = {t.name for t in line.tagged("grammar", last.cue.end, cue.start)}
    within = last.category in (*WEAK, "confirm", "allege") and last.cue.end <= first <= cue.start
    return within and "cut" not in marks and ";" not in line.slice(last.cue.end, first)


def _only_opens(line: Line, start: int, end: int) -> bool:
    """Whether nothing but "that" and an article stands in the gap."""
    marks = [t for t in line.tagged("grammar", start, end) if t.name in ("complement", "article")]
    gap = line.slice(start, end)
    for mark in marks:
        gap = gap.replace(line.slice(mark.start, mark.end), "")
    return not gap.strip(_EDGES)
