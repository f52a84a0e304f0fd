"""Days and numbers that a text tells. Only these tables of a language are loaded: the whole lexicon is large."""

from functools import cache

from media_monitor.beat import read_toml
from media_monitor.extract.grammar.dates import Calendar
from media_monitor.extract.grammar.lexicon import KEYS, LEXICONS
from media_monitor.extract.grammar.numbers import Numbers


@cache
def figures(language: str | None) -> tuple[Calendar, Numbers] | None:
    """The calendar and the numbers of the language; None where there are none.

    Raises:
        BeatError: a table is missing or malformed; the message names the file.
    """
    folder = LEXICONS / (language or "-")
    if not (folder / "language.toml").is_file():
        return None
    boundary = str(read_toml(folder / "language.toml", KEYS).get("boundary", "word"))
    calendar = Calendar.load(folder / "dates.toml", boundary)
    return calendar, Numbers.load(folder / "numbers.toml", boundary)
