"""What word endings tell of a speaker, in languages whose nouns have cases.

`declined` of language.toml lists words and endings that no subject has, `nominative` those that look alike and are
subjects after all, `adjective` endings of a nationality that is no speaker by itself, `possessor` those of an owner;
`plural` the endings of a verb that an office in the locative can have without a subject.
"""

from collections.abc import Collection, Sequence

from media_monitor.extract.grammar.clauses import Line, Name
from media_monitor.extract.grammar.forms import Tag

POSSESSIVE = 2  # most characters of a possessive ending after a name
OWNED = 22  # most characters from an owner to the end of what is its own ("Russia's gratitude")
BESIDE = 12  # most characters between an owner and its deed
FOLLOWING = 30  # most characters between a verb of speech and the end of the title after it
GOVERNED = 24  # most characters between a verb of speech and the end of the infinitive right after it


def case(line: Line, parts: Sequence[Name | Tag]) -> str | None:
    """The mark of the first word of a figure, of the family name of a person alone, or of an adjective alone."""
    start, end = min(p.start for p in parts), max(p.end for p in parts)
    heads = {start + len(line.slice(start, end).split(" ")[0])}
    only = parts[0]
    person = len(parts) == 1 and isinstance(only, Name) and only.rule not in ("title", "office") and only.is_person
    if person:
        heads.add(end)
    words = line.tagged("grammar", start, end + POSSESSIVE)
    if any(t.name == "possessor" and end in (t.start, t.end) for t in words):
        return "declined" if _owns(line, end) else None
    bare = not person and not any(isinstance(p, Tag) for p in parts)
    if bare and any(t.name == "adjective" and t.end == end for t in words):
        return "declined"
    marks = [t for t in words if t.end in heads]
    subjects = [t for t in marks if t.name == "nominative"]
    others = [t for t in marks if t.name == "declined"]
    if any(not any(s.end == t.end and s.start <= t.start for s in subjects) for t in others):
        return "declined"
    return "nominative" if subjects else None


def _owns(line: Line, end: int) -> bool:
    """Whether a deed or thing is the subject, and not its owner; a word of speech is the owner's ("Kim's thanks")."""
    deeds = [t.start for t in line.tagged("concepts", end, end + OWNED) if t.start - end <= BESIDE]
    words = [t.start for t in line.tagged("cues", end, end + OWNED)]
    return bool(deeds) and min(deeds) < min(words, default=line.end)


def impersonal(line: Line, cue: Tag) -> bool:
    """Whether a verb in the plural stands in the clauses of the cue, as where an office speaks without a subject."""
    first, last = line.clauses[line.clause_at(cue.start)], line.clauses[line.clause_at(cue.end - 1)]
    return any(t.name == "plural" for t in line.tagged("grammar", first.start, last.end))


def stranger(line: Line, cue: Tag) -> bool:
    """Whether the verb opens its clause and nothing but a name that is not known follows: "…, writes the Herald"."""
    clause = line.clauses[line.clause_at(cue.start)]
    rest = line.slice(cue.end, clause.end).strip(" ,.;:-")
    if _goes_on(line, cue) or (cue.name == "decline" and any(n.party for n in line.named(line.start, cue.start))):
        return False
    if not rest or line.slice(clause.start, cue.start).strip(' ,-"»”'):
        return False
    told = line.tagged("concepts", cue.end, clause.end) or any(cue.end <= a < clause.end for a, _ in line.quotes)
    opening = [t for t in line.tagged("grammar", cue.end, cue.end + 8) if t.name in ("oblique", "complement")]
    goes_on = any(t.name == "continue" for t in line.tagged("cues", cue.end, clause.end))
    return not (told or opening or goes_on)


def _goes_on(line: Line, cue: Tag) -> bool:
    """Whether an infinitive follows, which the verb governs: "said to know nothing"."""
    follow = [t for t in line.tagged("grammar", cue.end, cue.end + GOVERNED) if t.name == "infinitive"]
    words = [line.slice(cue.end, t.start) for t in follow]  # up to the ending that tells
    return any(w.startswith(" ") and " " not in w.strip() for w in words)


def newcomer(line: Line, cue: Tag, articles: Collection[str]) -> bool:
    """Whether a title that is no official's follows the verb at once: "ont indiqué **des journalistes**"."""
    near = [t for t in line.tagged("titles", cue.end, cue.end + FOLLOWING) if not t.name.startswith("official")][:1]
    if not near:
        return False
    words = line.tagged("grammar", cue.end, near[0].start)
    light = {*articles, *(line.slice(t.start, t.end) for t in words if t.name == "indefinite")}
    return all(w in light for w in line.slice(cue.end, near[0].start).split())
