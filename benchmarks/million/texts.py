"""Texts of the length of news in ten languages, of made-up words that are as frequent as words are (Zipf's law)."""

import random
from collections.abc import Iterator, Sequence

import duckdb
import pyarrow as pa

CHARACTERS = 2_000
WORDS, HALVES = 30_000, 800  # different ones of a language; a text is one half and another
_LETTERS = {
    **dict.fromkeys(("en", "de", "fr", "es"), "abcdefghijklmnoprstuvwyz"),
    **dict.fromkeys(("ru", "uk"), "абвгдежзиклмнопрстуфхцчшьюя"),
    "ar": "ابتثجحخدذرزسشصضطعغفقكلمنهوي",
    "ko": "".join(map(chr, range(0xAC00, 0xD7A4, 11))),
    "zh": "".join(map(chr, range(0x4E00, 0x6E00, 3))),
    "ja": "".join(map(chr, [*range(0x3041, 0x3094), *range(0x30A1, 0x30FB), *range(0x4E00, 0x6000, 5)])),
}
_UNSPACED = ("zh", "ja")
_DENSE = ("zh", "ja", "ko")  # a character of which is about a syllable


def prepared(connection: duckdb.DuckDBPyConnection, languages: Sequence[str]) -> str:
    """An expression for the text of the article `n`, with `{language}` to be filled in by an expression."""
    made = [(language, k, half) for language in languages for k, half in enumerate(_halves(language))]
    named = dict(zip(("language", "k", "half"), map(list, zip(*made, strict=True)), strict=True))
    connection.register("made", pa.table(named))
    connection.execute("CREATE TABLE halves AS FROM made")
    connection.unregister("made")
    half = "(SELECT half FROM halves WHERE language = {{language}} AND k = hash(n * {0}) % {1})"
    return f"{half.format(3, HALVES)} || '. ' || {half.format(7, HALVES)}"


def vocabulary(language: str) -> list[str]:
    """The words of the language, the commonest first. The same every time."""
    chance = random.Random(language)
    letters = _LETTERS[language]
    lengths = (1, 3) if language in _DENSE else (3, 10)
    return ["".join(chance.choices(letters, k=chance.randint(*lengths))) for _ in range(WORDS)]


def _halves(language: str) -> Iterator[str]:
    chance, words = random.Random(f"{language} texts"), vocabulary(language)
    space = "" if language in _UNSPACED else " "
    for _ in range(HALVES):
        ranks = [int((WORDS - 1) ** chance.random()) for _ in range(CHARACTERS // 3)]
        yield space.join(f"{words[rank]}{'.' if n % 17 == 16 else ''}" for n, rank in enumerate(ranks))[
            : CHARACTERS // 2
        ]
