"""Whether a verb of speech has a subject that is no name: a pronoun, or somebody whom the registry does not know."""

import re

from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.declension import newcomer, stranger
from media_monitor.extract.grammar.figures import is_word
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import Grammar
from media_monitor.extract.speech import verbfinal, verbfirst

_WORD = re.compile(r"\w+")


def pronoun(line: Line, cue: Tag, low: int, free_order: bool = False) -> bool:
    """Whether a pronoun stands before the verb where its subject does, or in free order right after it ("sagte er")."""
    if any(t.name == "pronoun" for t in line.tagged("grammar", cue.start, cue.end)):
        return True
    follow = [t for t in line.tagged("cues", cue.end, line.end) if t.name == "continue"] if free_order else []
    if any(not line.slice(cue.end, t.start).strip(" -t") for t in follow):
        return True
    start = max(low, line.clauses[line.clause_at(cue.start)].start)
    return any(t.name == "continue" and not line.quoted(t.start) for t in line.tagged("cues", start, cue.start))


def unknown_subject(line: Line, cue: Tag, low: int, grammar: Grammar) -> bool:
    """Whether the verb has a subject of its own that the registry does not know ("one of the men said")."""
    start = max(low, line.clauses[line.clause_at(cue.start)].start)
    if grammar.order == "sov":
        return verbfinal.other_topic(line, cue, max(low, line.start))
    if grammar.order == "vso":
        return verbfirst.stands_alone(line, cue)
    if pronoun(line, cue, low, grammar.free_order) or start == low > line.start:
        return False
    if not grammar.spaced:
        words = line.slice(start, cue.start)
        return is_word(line, start + len(words) - len(words.lstrip(" ,")))
    if grammar.free_order and (stranger(line, cue) or newcomer(line, cue, grammar.articles)):
        return True
    if not own_words(line, start, cue.start) and _set_off(line, cue, low, grammar):
        return True
    return own_words(line, start, cue.start) > (0 if grammar.auxiliaries else 2)


def own_words(line: Line, start: int, end: int) -> int:
    """How many words stand in the span, auxiliaries, adverbs and "and" left out."""
    light = ("auxiliary", "and")
    helpers = [t for t in line.tables.get("grammar", ()) if t.name in light and t.start < end and start < t.end]
    words = [(m.start() + start, m.end() + start) for m in _WORD.finditer(line.slice(start, end))]
    return sum(not any(t.start < b and a < t.end for t in helpers) for a, b in words)


def _set_off(line: Line, cue: Tag, low: int, grammar: Grammar) -> bool:
    """Whether the sentence opens with a subject that a parenthesis parts from the verb: "The note, solemn in tone, says
    nothing", "Several channels, one with insignia, write that …"."""
    first, own = line.clauses[0], line.clause_at(cue.start)
    words = line.slice(first.start, first.end).strip(" ,").split()
    if own < 2 or not line.slice(first.start, first.end).endswith(",") or line.quoted(first.end - 1):
        return False
    names = line.named(first.start, first.end)
    if any(t.name.startswith("official") for t in line.tagged("titles", first.start, first.end)):
        return False
    if len(words) == 2 and words[0] in grammar.articles and not names:
        return True
    told = line.tagged("cues", first.start, first.end) or line.named(line.clauses[1].start, cue.start)
    known = any(n.start == first.start or own_words(line, n.end, first.end) < 2 for n in names)
    return low == line.start and len(words) > 1 and not (told or known or participial(line, first.start))


def participial(line: Line, start: int) -> bool:
    """Whether a clause opens with a participle or a preposition: it tells of the subject before it ("Lavrov, lors d'une
    réunion à Paris, a salué …")."""
    start += len(line.slice(start, line.end)) - len(line.slice(start, line.end).lstrip())
    if any(t.start == start and t.name in ("oblique", "circumstance") for t in line.tagged("grammar", start, line.end)):
        return True
    word = re.match(r"\w+", line.slice(start, line.end))
    end = start + (word.end() if word else 0)
    return any(t.name == "aside" and t.end == end for t in line.tagged("grammar", start, end))
