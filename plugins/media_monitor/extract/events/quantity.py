"""What an event counts: the number told in its sentence, and the noun that it belongs to."""

from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import Lexicon
from media_monitor.extract.grammar.numbers import Number

# Concepts of the lexicon that can be counted; the unit of a quantity is one of them.
COUNTED = frozenset(
    {"troops", "arms", "workers", "dead", "captured", "troops_sent", "more_troops", "demining", "economic"}
)
AFTER = 25  # most characters from a number to the noun that follows it
BEFORE = 8  # most characters from a noun to the number after it, where a counter shows that it counts (병력 3000명)
AT_ONCE = 2  # a bare number is a quantity only where the noun follows at once: "2000 soldiers", not "in 2024, soldiers"
LEAST = 2


def quantity_of(line: Line, words: Lexicon) -> tuple[float | None, str | None]:
    """(number, concept that it counts) of the first quantity of the line; (None, None) where it tells none."""
    nouns = [t for t in line.tagged("concepts", line.start, line.end) if t.name in COUNTED]
    for number in words.numbers.find(line.text) if nouns else ():
        counted = _counted(number, nouns, line) if number.value >= LEAST else None
        if counted:
            return number.value, counted.name
    return None, None


def _counted(number: Number, nouns: list[Tag], line: Line) -> Tag | None:
    start, end = number.start + line.start, number.end + line.start
    within = AT_ONCE if number.bare and 1900 <= number.value <= 2100 else AFTER
    following = next((t for t in nouns if 0 <= t.start - end <= within), None)
    preceding = next((t for t in nouns if 0 <= start - t.end <= BEFORE), None) if not number.bare else None
    return following or preceding
