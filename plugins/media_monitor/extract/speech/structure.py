"""Verbs of speech that no table lists, known by how the sentence is built.

A clause of hardly more than a speaker and a verb tells whose words stand beside it: '"…," Peskov deadpanned', "…,
rechnete der Geheimdienst vor", "Blinken fumed that …". Which words are verbs is told by their endings (`finite`).
"""

from collections.abc import Iterator, Sequence

from media_monitor.extract.grammar.clauses import Clause, Line
from media_monitor.extract.grammar.figures import Figure, Voices, figures
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import NOUNS, SPEECH, Grammar
from media_monitor.extract.speech import subjects

LEAD = 8  # most characters of a sentence up to the end of a word for a view
OFFICE = 20  # most characters between whose view it is and the comma after it: "le ministre ukrainien des affaires"
ARTICLE = 3  # most letters of an article
WORDS = 1  # most words of such a clause beside its speaker and verb: an object makes it a deed
NEXT = 2  # most characters between a speaker and the verb, or between the verb and "that"


def verbs(line: Line, grammar: Grammar, voices: Voices) -> Iterator[Tag]:
    """A plain verb of speech for each clause without one that is built like "…, X deadpanned" or "X fumed that …"."""
    endings = [t for t in line.tables.get("grammar", ()) if t.name == "finite" and not line.quoted(t.start)]
    finite = [_word(line, t) for t in endings]
    if any(t.name == "cut" and t.start == line.start for t in line.tables.get("grammar", ())):
        return  # "while soldiers fight, Moscow intensified …"
    for index, clause in enumerate(line.clauses) if finite and grammar.spaced else ():
        if clause.relative or _speaks(line, clause):
            continue
        inside = [t for t in finite if clause.start <= t.start and t.end <= clause.end]
        for figure in figures(line, clause.start, clause.end, grammar, voices)[:1] if inside else ():
            verb = next((t for t in inside if _beside(figure, t)), None)
            if verb and figure.party and not figure.oblique and _built(line, index, figure, verb):
                yield verb


def views(line: Line, grammar: Grammar, voices: Voices) -> Iterator[Tag]:
    """The word that opens a sentence with whose view it tells: "Pour Séoul, il s'agit d'une menace"."""
    for mark in (t for t in line.tagged("grammar", line.start, line.start + LEAD) if t.name == "view"):
        for figure in figures(line, mark.end, line.end, grammar, voices)[:1]:
            beside = len(line.slice(mark.end, figure.start).strip()) <= ARTICLE
            ends = "," in line.slice(figure.end, figure.end + OFFICE)
            if figure.party and beside and ends and not line.tagged("cues", figure.end, figure.end + OFFICE):
                yield Tag("cues", "cite", mark.start, mark.end)


def _word(line: Line, ending: Tag) -> Tag:
    """The whole word that ends so."""
    start = ending.start
    while start > line.start and line.slice(start - 1, start).isalnum():
        start -= 1
    return Tag("cues", "say", start, ending.end)


def _speaks(line: Line, clause: Clause) -> bool:
    cues = [t for t in line.tables.get("cues", ()) if t.start < clause.end and clause.start < t.end]
    return any(t.name in SPEECH | NOUNS and not line.quoted(t.start) for t in cues)


def _beside(figure: Figure, verb: Tag) -> bool:
    return 0 <= verb.start - figure.end <= NEXT or 0 <= figure.start - verb.end <= NEXT + 4


def _built(line: Line, index: int, figure: Figure, verb: Tag) -> bool:
    """Whether the words of the speaker follow after "that" or a colon, or stand before in the sentence."""
    clause = line.clauses[index]
    following = line.tagged("grammar", verb.end, verb.end + 8)
    if any(t.name == "complement" and not line.slice(verb.end, t.start).strip(" ,") for t in following):
        return True
    start = max([clause.start, *(b for a, b in line.quotes if clause.start <= a and b <= figure.start)])
    if any(not line.quoted(t.start) for t in line.tagged("concepts", start, clause.end)) or _depends(line, start):
        return False
    if sum(subjects.own_words(line, *s) for s in _rest(start, figure, verb, clause)) > WORDS:
        return False
    return index > 0 or start > clause.start or line.slice(clause.start, clause.end).endswith(":")


def _depends(line: Line, start: int) -> bool:
    """Whether a conjunction opens the clause, which then tells of something done: "after Moscow vetoed a panel"."""
    opening = {t.name for t in line.tagged("grammar", start, line.end) if t.start - start <= 1}
    return "cut" in opening and "and" not in opening


def _rest(start: int, figure: Figure, verb: Tag, clause: Clause) -> Sequence[tuple[int, int]]:
    """The parts of the clause beside its speaker and its verb."""
    edges = sorted([(figure.start, figure.end), (verb.start, verb.end)])
    return [(start, edges[0][0]), (edges[0][1], edges[1][0]), (edges[1][1], clause.end)]
