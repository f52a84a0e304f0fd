"""Texts of the length of news in ten languages, of made-up words that are as frequent as words are (Zipf's law)."""

import random
from collections.abc import Sequence

import duckdb
import pyarrow as pa

CHARACTERS = 2_000
WORDS = 30_000  # different ones of a language
_LETTERS = {
    **dict.fromkeys(("en", "de", "fr", "es"), "abcdefghijklmnoprstuvwyz"),
    **dict.fromkeys(("ru", "uk"), "абвгдежзийклмнопрстуфхцчшьюя"),
    "ar": "ابتثجحخدذرزسشصضطعغفقكلمنهوي",
    "ko": "".join(map(chr, range(0xAC00, 0xD7A4, 11))),
    "zh": "".join(map(chr, range(0x4E00, 0x6E00, 3))),
    "ja": "".join(map(chr, [*range(0x3041, 0x3094), *range(0x30A1, 0x30FB), *range(0x4E00, 0x6000, 5)])),
}
_UNSPACED = ("zh", "ja")
_DENSE = ("zh", "ja", "ko")  # a character of which is about a syllable


def prepared(connection: duckdb.DuckDBPyConnection, languages: Sequence[str]) -> str:
    """An expression for the text of the article `n`, with `{language}` to be filled in by an expression."""
    connection.register("made", pa.table({"language": list(languages), "words": [_words(one) for one in languages]}))
    connection.execute("CREATE TABLE vocabulary AS FROM made")
    connection.unregister("made")
    count = CHARACTERS // 2
    return f"""(
        SELECT left(array_to_string(list_transform(
            range({count}),
            lambda i: v.words[1 + CAST(floor(pow({WORDS - 1}, (hash(n * {count} + i) % 1000000) / 1000000.0)) AS BIGINT)]
                || CASE WHEN i % 17 = 16 THEN '. ' ELSE v.space END
        ), ''), {CHARACTERS})
        FROM (SELECT *, CASE WHEN language IN {_UNSPACED} THEN '' ELSE ' ' END AS space FROM vocabulary) AS v
        WHERE v.language = {{language}}
    )"""


def _words(language: str) -> list[str]:
    """The words of the language, the commonest first and short. The same every time."""
    chance = random.Random(language)
    letters = _LETTERS[language]
    lengths = (1, 3) if language in _DENSE else (3, 10)
    return ["".join(chance.choices(letters, k=chance.randint(*lengths))) for _ in range(WORDS)]
