"""Speakers that "and" or a comma joins: "Kyiv and Seoul said"."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure
from media_monitor.extract.grammar.lexicon import Grammar


def listed(line: Line, found: Sequence[Figure], grammar: Grammar, forward: bool) -> list[Figure]:
    """The nearest figure, and those that "and" or a comma joins to it."""
    order = list(found) if forward else list(reversed(found))
    chosen = order[:1]
    for figure in order[1:]:
        first, second = (chosen[-1], figure) if forward else (figure, chosen[-1])
        gap = _bare(line, first.end, second.start)
        if (not gap or gap not in grammar.list_marks) and gap.strip(",،、 ") not in grammar.joiners:
            break
        chosen.append(replace(figure, oblique=False))
    return chosen if not forward or _closed(line, chosen) else chosen[:1]


def _bare(line: Line, start: int, end: int) -> str:
    """The text between two figures without the article of the second."""
    articles = [t.start for t in line.tagged("grammar", start, end) if t.name == "article" and end - t.end <= 1]
    return line.slice(start, min([end, *articles])).strip()


def _closed(line: Line, chosen: Sequence[Figure]) -> bool:
    """Whether "and" joins the last of a list: after "according to Kyiv, Pyongyang …" the comma ends the phrase."""
    gaps = [_bare(line, a.end, b.start) for a, b in pairwise(chosen)]
    return not gaps or gaps[-1] not in (",", "،")
