"""How a figure stands in its sentence: what leads to it, what is glued to it, which particles follow it."""

import re

from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import Grammar
from media_monitor.extract.grammar.nouns import worded

JOIN = 14  # most characters between the parts of one figure
LEAD = 8  # most characters between a preposition and its figure
_UNLISTED = re.compile(r"(?: [가-힣]{2,5}){1,2}?(?=[은는이가도] )|[一-龯]{2,5}(?=[はがも])")  # at least two letters


def leading(line: Line, start: int, grammar: Grammar) -> set[str]:
    """Names of the grammar words that lead to a figure that begins at start."""
    words = () if line.postpositions else line.tables.get("grammar", ())
    found = {t.name for t in words if start - LEAD <= t.end <= start and _leads(line, t, start)}
    if "genitive" in found and worded(line, start):
        found -= {"oblique", "goal"}
    if grammar.cased and any(t.name == "visit" and 0 <= start - t.end <= 1 for t in line.tables.get("concepts", ())):
        found.add("oblique")  # whose talks they are: "о переговорах Шойгу и Кима"
    return found


def particles(line: Line, start: int, end: int) -> set[str]:
    """Names of the particles after a figure, or after the title or name beside it that is not listed
    ("신원식 실장은")."""
    found = line.particles(end)
    if found or not _bears_title(line, start, end):
        return found
    beside = _UNLISTED.match(line.slice(end, end + JOIN))
    reach = end + (beside.end() if beside else 0)
    told = any(line.tagged(table, end, reach) for table in ("concepts", "cues", "events"))
    return found if told or not beside else line.particles(reach)


def _bears_title(line: Line, start: int, end: int) -> bool:
    people = [n for n in line.named(start, end) if n.is_person]
    return bool(people) or any(t.start < end <= t.end for t in line.tables.get("titles", ()))


def glued(line: Line, start: int) -> str:
    """Letters glued to the name: a clitic without "and"."""
    first = start
    while first > line.start and line.slice(first - 1, first).isalnum():
        first -= 1
    return line.slice(first, start).lstrip("وف") if first < start else ""


def _leads(line: Line, tag: Tag, start: int) -> bool:
    """Whether only an article or nothing stands between the grammar word and the figure."""
    gap = line.slice(tag.end, start).strip()
    return len(gap) <= 4 and " " not in gap and not any(c in gap for c in ',.;:،"')
