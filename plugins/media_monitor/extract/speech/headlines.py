"""The speaker of a headline that has no verb of speech: before a colon or a quotation, after a dash."""

from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure, Voices, figures
from media_monitor.extract.grammar.lexicon import Lexicon
from media_monitor.extract.speech import labels, verbfinal

HEADLINE_REST = 8  # most characters beside the speaker before a headline's colon or after its dash


def speaker(line: Line, words: Lexicon, voices: Voices) -> Figure | None:
    """The speaker of a headline like "Seoul: …", "… - Peskov", "…: White House", "…, says Seoul" or 'Kim "…"'."""
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
    if line.postpositions:
        after = figures(line, line.quotes[0][1], line.end, words.grammar, voices)
        return verbfinal.before_quote(line, found, line.quotes[0][0]) or verbfinal.after_quote(line, after)
    return found[-1] if found and not line.slice(found[-1].end, line.quotes[0][0]).strip(" ,:") else None
