"""What word endings tell of a speaker, in languages whose nouns have cases.

`declined` of language.toml lists words and endings that no subject has, `nominative` those that look alike and are
subjects after all; `plural` the endings of a verb that an office in the locative can have without a subject.
"""

from collections.abc import Sequence

from media_monitor.extract.clauses import Line, Name
from media_monitor.extract.forms import Tag


def declined(line: Line, parts: Sequence[Name | Tag]) -> bool:
    """Whether the first word of a figure, or the family name of a person alone, is in a case that no subject has."""
    start, end = min(p.start for p in parts), max(p.end for p in parts)
    heads = {start + len(line.slice(start, end).split(" ")[0])}
    only = parts[0]
    if len(parts) == 1 and isinstance(only, Name) and only.rule != "title" and only.is_person:
        heads.add(end)
    marks = [t for t in line.tagged("grammar", start, end) if t.end in heads]
    subjects = [t for t in marks if t.name == "nominative"]
    return any(t.name == "declined" and not any(s.end == t.end and s.start <= t.start for s in subjects) for t in marks)


def impersonal(line: Line, cue: Tag) -> bool:
    """Whether a verb in the plural stands in the clause, as where an office speaks without a subject."""
    clause = line.clauses[line.clause_at(cue.start)]
    return any(t.name == "plural" for t in line.tagged("grammar", clause.start, clause.end))
