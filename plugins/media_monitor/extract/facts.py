"""The second half of the stage: a reading in, its statements and events out."""

from media_monitor.beat import Beat
from media_monitor.extract.document import Reading
from media_monitor.extract.events import build as events
from media_monitor.extract.grammar.lexicon import lexicon
from media_monitor.extract.statements import build as statements
from media_monitor.extract.statements.lore import read_lines
from media_monitor.model import Event, Statement


def facts(reading: Reading, beat: Beat) -> tuple[list[Statement], list[Event]]:
    """(statements, events) of a relevant reading; both empty for a language without a lexicon.

    Raises:
        BeatError: a table of the lexicon or of the beat is malformed.
    """
    words = lexicon(reading.language)
    if words is None:
        return [], []
    parsed = read_lines(reading, words, beat)
    said = statements.made_of(parsed, reading, words, beat)
    return said, events.made_of(parsed, said, reading, words, beat)
