"""Who goes on: the subject that a verb of speech takes over from another verb, and whom a pronoun means."""

from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure, Voices, figures
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import Grammar
from media_monitor.extract.speech.joint import listed
from media_monitor.extract.speech.subjects import own_words


def continued(line: Line, cue: Tag, low: int, grammar: Grammar) -> bool:
    """Whether the subject of the verb is that of the verb before: after "and", and where the verb is a participle."""
    if participle(line, cue):
        return True
    first = cue.start
    while first > line.start and line.slice(first - 1, first).isalnum():
        first -= 1
    if line.slice(first, cue.start) in grammar.joiners:
        return True
    if not grammar.spaced and not line.postpositions:
        return False
    words = line.slice(low, cue.start)
    joined = [t for t in line.tagged("grammar", low, cue.start) if t.name == "and"]
    return bool(words.strip()) and bool(joined) and not own_words(line, joined[-1].end, cue.start)


def doer(line: Line, cue: Tag, grammar: Grammar, voices: Voices) -> list[Figure]:
    """Who does what the sentence tells, where a verb that is none of speech opens it: "Kim met X, promising …"."""
    if grammar.order != "vso":
        return []
    return [f for f in figures(line, line.start, cue.start, grammar, voices) if not f.oblique][:1]


def first(line: Line, cue: Tag, low: int, grammar: Grammar, voices: Voices) -> list[Figure]:
    """The subject of a verb that "and" joins to one that is none of speech: "Kim met Putin and thanked him"."""
    start = line.clauses[line.clause_at(cue.start)].start
    before = line.slice(start, cue.start).split()
    if (
        low > line.start
        or grammar.order != "svo"
        or not grammar.spaced
        or not before
        or before[-1] not in grammar.joiners
    ):
        return []
    start = line.start if len(before) == 1 else start
    found = [f for f in figures(line, start, cue.start, grammar, voices) if not f.oblique]
    return listed(line, found, grammar, forward=True)


def participle(line: Line, cue: Tag) -> bool:
    """Whether the verb is a participle, whose subject is that of the verb before."""
    return any(t.name == "participle" and t.start == cue.start for t in line.tagged("grammar", cue.start, cue.end))


def announced(line: Line, cue: Tag, grammar: Grammar, voices: Voices, last: Figure | None) -> Figure | None:
    """Whom a pronoun means in its own sentence: the one before a colon ("Blunter was Nebenzia: he called it a lie"),
    or, where nobody spoke before, the subject of the title ("Gerasimov salutes soldiers as he reports …")."""
    start = line.clauses[line.clause_at(cue.start)].start
    found = [f for f in figures(line, line.start, start, grammar, voices) if f.party and not f.oblique]
    if line.postpositions or not found or line.text.endswith("?"):
        return None
    if line.slice(line.start, start).rstrip().endswith(":"):
        return found[-1]
    return found[0] if last is None and line.number == 0 else None


def protagonist(line: Line, grammar: Grammar, voices: Voices) -> Figure | None:
    """The one person that a sentence tells of first, outside prepositions: whom "he" means in the next one."""
    found = [f for f in figures(line, line.start, line.end, grammar, voices) if not f.oblique][:1]
    return next((f for f in found if any(n.is_person for n in line.named(f.start, f.end))), None)
