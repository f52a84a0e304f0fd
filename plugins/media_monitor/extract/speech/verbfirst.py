"""Who speaks where the verb stands first (Arabic): nationalities behind nouns, unknown subjects behind verbs."""

import re

from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure
from media_monitor.extract.grammar.forms import Tag

_WORD = re.compile(r"\w+")


def adjectival(line: Line, figure: Figure) -> bool:
    """Whether the figure is but the nationality of a noun before it: "the Ukrainian crisis"."""
    words = line.tagged("grammar", figure.start, figure.end)
    return any(t.name == "nationality" and (t.start, t.end) == (figure.start, figure.end) for t in words)


def closes_on(line: Line, cue: Tag, figure: Figure) -> bool:
    """Whether the form ends with the preposition of its speaker: "no comment came **from** Moscow"."""
    ends = any(t.name == "oblique" and t.end == cue.end for t in line.tagged("grammar", cue.start, cue.end))
    return ends and 0 <= figure.start - cue.end <= 2


def stands_alone(line: Line, cue: Tag) -> bool:
    """Whether a verb that has no object is followed by a word that the lexicon does not know: its subject."""
    if not any(t.name == "intransitive" and t.start == cue.start for t in line.tagged("grammar", cue.start, cue.end)):
        return False
    word = _WORD.search(line.text, cue.end - line.start)
    if not word or line.slice(cue.end, line.start + word.start()).strip():
        return False
    start, end = line.start + word.start(), line.start + word.end()
    tags = [t for table in ("grammar", "cues", "titles") for t in line.tables.get(table, ())]
    known = [(n.start, n.end) for n in line.names] + [(t.start, t.end) for t in tags]
    return not any(a < end and start < b for a, b in known)
