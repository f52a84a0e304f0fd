"""The second half of the stage: a reading in, its statements and events out."""

from dataclasses import dataclass

from media_monitor.beat import Beat
from media_monitor.extract.document import Reading
from media_monitor.extract.events import build as events
from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.lexicon import lexicon
from media_monitor.extract.semantic import decide as semantic
from media_monitor.extract.semantic.model import Model
from media_monitor.extract.statements import build as statements
from media_monitor.extract.statements.citation import Heard
from media_monitor.extract.statements.consistency import consistent
from media_monitor.extract.statements.lore import lore, read_lines
from media_monitor.model import Event, Statement


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a reading, and what they were made of: its lines and every act of speech that was heard in them."""

    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    lines: tuple[Line, ...] = ()
    heard: tuple[Heard, ...] = ()


def facts(reading: Reading, beat: Beat, model: Model | None = None) -> tuple[list[Statement], list[Event]]:
    """(statements, events) of a relevant reading; both empty for a language without a lexicon.

    With a model, clauses that the rules leave open are decided too.

    Raises:
        BeatError: a table of the lexicon or of the beat is malformed.
    """
    found = traced(reading, beat, model)
    return list(found.statements), list(found.events)


def traced(reading: Reading, beat: Beat, model: Model | None = None) -> Facts:
    """The facts of a relevant reading with their traces; empty for a language without a lexicon.

    Raises:
        BeatError: a table of the lexicon or of the beat is malformed.
    """
    words = lexicon(reading.language, beat)
    if words is None:
        return Facts()
    parsed = read_lines(reading, words, beat)
    said, heard = statements.made_of(parsed, reading, words, beat)
    done = events.made_of(parsed, said, reading, words, beat)
    if model:  # events rest on the rules alone
        said += semantic.statements(parsed, heard, consistent(said, beat), reading, words, lore(beat), model)
    return Facts(tuple(consistent(said, beat)), tuple(done), tuple(parsed), tuple(heard))
