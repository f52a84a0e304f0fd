"""Speakers that a line names before its colon, as transcripts, tickers and interviews do: "17:55 - Kyiv: …".

A line that asks is nobody's assertion, whoever asks.
"""

import re
from collections.abc import Sequence

from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure, Voices, figures
from media_monitor.extract.grammar.lexicon import NOUNS, SPEECH, Grammar

LABEL = 60  # most characters of a label
DASH = 5  # most characters of the dash between a quotation and its speaker
REST = 8  # most characters of it beside the speaker
_LEAD = re.compile(r"[\s\d:.,()•*·–-]*")  # the time of a ticker, a bullet
_ASKS = re.compile(r"[?؟][\s\"”»」』)]*$")


def speaker(line: Line, grammar: Grammar, voices: Voices) -> Figure | None:
    """Whose words the line is, where no verb tells: those of its label, or of whom a dash names after a quotation."""
    return label(line, grammar, voices) or _signed(line, grammar, voices)


def free(found: Sequence[Figure]) -> list[Figure]:
    """The figures that may be subjects, else those where an office sits ("in the Kremlin: …")."""
    return [f for f in found if not f.oblique] or [f for f in found if f.locus]


def _signed(line: Line, grammar: Grammar, voices: Voices) -> Figure | None:
    """Who is named after a quotation and a dash: '"…" - Peskov, when he was asked'."""
    if not line.quotes or not grammar.spaced:
        return None
    end = line.quotes[0][1]
    if line.tagged("cues", line.start, line.quotes[0][0]) or not line.slice(end, line.end).lstrip(",.").startswith(
        " - "
    ):
        return None
    found = free(figures(line, end, line.end, grammar, voices))
    return found[0] if found and found[0].start - end <= DASH else None


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
    found = free(figures(line, *span, grammar, voices))
    rest = at - start - sum(f.end - f.start for f in found)
    return found[0] if len(found) == 1 and rest <= REST else None


def asks(line: Line) -> bool:
    """Whether the line is a question."""
    return bool(_ASKS.search(line.text))
