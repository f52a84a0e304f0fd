"""What the noun before a name makes of it: its adjective, or whose word it is."""

from collections.abc import Sequence

from media_monitor.extract.grammar.clauses import Line, Name
from media_monitor.extract.grammar.forms import Tag

NOUN = 12  # characters before an adjective that are looked at
WORDED = 30  # most characters from the start of a noun of speech to the one whose word it is
WORDS_AFTER = 2  # most words between the two: "communiqué de la"


def worded(line: Line, start: int) -> bool:
    """Whether the name that begins there stands for its word: "the statement of the ministry says"."""
    for noun in line.tagged("cues", start - WORDED, start):
        gap = line.slice(noun.end, start).split()
        if noun.name == "say_noun" and len(gap) <= WORDS_AFTER and not line.quoted(noun.start):
            leading = line.tagged("grammar", noun.start - 8, noun.start)
            return not any(t.name in ("oblique", "goal") and len(line.slice(t.end, noun.start)) <= 5 for t in leading)
    return False


def adjective(line: Line, group: Sequence[Name | Tag]) -> bool:
    """Whether a country alone stands right after a noun, as its adjective: "un soldat ukrainien"."""
    only = group[0]
    if len(group) > 1 or isinstance(only, Tag) or not only.is_country or only.rule == "metonym":
        return False
    before = line.slice(max(line.start, only.start - NOUN), only.start)
    if not before.endswith(" ") or not before[:-1][-3:].isalpha():
        return False
    end = only.start - 1
    tags = [*line.tables.get("grammar", ()), *line.tables.get("cues", ())]
    return not any(t.end == end or t.start <= end < t.end for t in tags)
