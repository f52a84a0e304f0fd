"""Speakers that a line names before its colon, as transcripts, tickers and interviews do: "17:55 - Kyiv: …".

A line that asks is nobody's assertion, whoever asks.
"""

import re

from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure, Voices, figures
from media_monitor.extract.grammar.lexicon import NOUNS, SPEECH, Grammar

LABEL = 60  # most characters of a label
REST = 8  # most characters of it beside the speaker
_LEAD = re.compile(r"[\s\d:.,()•*·–-]*")  # the time of a ticker, a bullet
_ASKS = re.compile(r"[?؟][\s\"”»」』)]*$")


def label(line: Line, grammar: Grammar, voices: Voices) -> Figure | None:
    """The speaker before the colon of a line of the text; None where no one figure stands there."""
    lead = _LEAD.match(line.text)
    start = lead.end() if lead else 0
    at = line.text.find(":", start, start + LABEL)
    if at < 0 or line.number == 0:
        return None
    span = line.start + start, line.start + at
    if line.quoted(span[1]) or any(t.name in SPEECH | NOUNS for t in line.tagged("cues", *span)):
        return None
    found = [f for f in figures(line, *span, grammar, voices) if not f.oblique]
    rest = at - start - sum(f.end - f.start for f in found)
    return found[0] if len(found) == 1 and rest <= REST else None


def asks(line: Line) -> bool:
    """Whether the line is a question."""
    return bool(_ASKS.search(line.text))
