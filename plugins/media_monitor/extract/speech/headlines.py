"""The speaker of a headline that has no verb of speech: before a colon or a quotation, after a dash."""

from collections.abc import Sequence
from itertools import pairwise

from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure, Voices, figures
from media_monitor.extract.grammar.lexicon import Lexicon
from media_monitor.extract.speech import labels, verbfinal

ROUTE = 14  # most characters between a route and the colon after it: "Moscow - Pyongyang flight: …"
_DASHES = ("-", "–", "—", "―", "~")
HEADLINE_REST = 8  # most characters beside the speaker before a headline's colon or after its dash


def speaker(line: Line, words: Lexicon, voices: Voices) -> Figure | None:
    """The speaker of a headline like "Seoul: …", "… - Peskov", "…: White House", "…, says Seoul" or 'Kim "…"'."""
    if _route(line):
        return None
    for mark, left in ((":", True), (" - ", False), (" - ", True), (": ", False)):
        at = line.text.find(mark) if left else line.text.rfind(mark)
        if at < 0:
            continue
        start = (
            line.start
            if words.grammar.spaced or line.postpositions
            else line.clauses[line.clause_at(line.start + at)].start
        )
        span = (start, line.start + at) if left else (line.start + at + len(mark), line.end)
        found = figures(line, *span, words.grammar, voices)
        found = labels.free(found) if words.grammar.cased else found
        if len(found) == 1 and span[1] - span[0] - (found[0].end - found[0].start) <= HEADLINE_REST:
            return found[0]
    return _on_topic(line, words, voices) or _before_quote(line, words, voices)


def _route(line: Line) -> bool:
    """Whether the headline opens with two places that a dash joins, and a colon: "Moscow - Pyongyang: first flight"."""
    for first, second in pairwise(line.names[:3]):
        dash = line.slice(first.end, second.start).strip()
        after = line.slice(second.end, second.end + ROUTE)
        if first.start - line.start <= 1 and dash in _DASHES and ":" in after:
            return not (first.is_person or second.is_person)
    return False


def _on_topic(line: Line, words: Lexicon, voices: Voices) -> Figure | None:
    """The speaker of "Putin on the troops: …"; a preposition of `about` stands after the name, a colon later."""
    at = line.start + line.text.find(":")
    found = figures(line, line.start, at, words.grammar, voices) if at >= line.start else []
    if not found or found[0].oblique or found[0].start - line.start > HEADLINE_REST:
        return None
    marks = [t for t in line.tagged("grammar", found[0].end, at) if t.name == "about"]
    return found[0] if any(not line.slice(found[0].end, t.start).strip(" -") for t in marks) else None


def _before_quote(line: Line, words: Lexicon, voices: Voices) -> Figure | None:
    if not line.quotes:
        return None
    found = figures(line, line.start, line.quotes[0][0], words.grammar, voices)
    after = figures(line, line.quotes[0][1], line.end, words.grammar, voices)
    if (found and not words.grammar.spaced) and (last := _closing(line, found[-1], after)):
        return last
    if line.postpositions:
        return verbfinal.before_quote(line, found, line.quotes[0][0]) or verbfinal.after_quote(line, after)
    return found[-1] if found and not line.slice(found[-1].end, line.quotes[0][0]).strip(" ,:") else None


def _closing(line: Line, first: Figure, after: Sequence[Figure]) -> Figure | None:
    """The agency or official of another party alone after the quotation: 'Pyongyang "to send more" Seoul's agency'."""
    for figure in after if len(line.quotes) == 1 else ():
        alone = not (line.slice(line.quotes[0][1], figure.start) + line.slice(figure.end, line.end)).strip()
        office = any(not n.is_country for n in line.named(figure.start, figure.end))
        office = office or bool(line.tagged("titles", figure.start, figure.end))
        if alone and office and figure.party not in (None, first.party) and not (figure.oblique or figure.object):
            return figure
    return None
