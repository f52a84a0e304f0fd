"""Numbers: figures, multipliers, words, in every language that has a lexicon."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_monitor.errors import BeatError
from media_monitor.extract.grammar.lexicon import LEXICONS, lexicon
from media_monitor.extract.grammar.numbers import Numbers
from media_monitor.extract.text.normalise import folded

CODES = sorted(path.parent.name for path in LEXICONS.glob("*/language.toml"))


def values(language: str, text: str) -> list[float]:
    words = lexicon(language)
    assert words is not None
    return [number.value for number in words.numbers.find(folded(text))]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "about 3,000 soldiers", [3_000]),
        ("en", "12 thousand troops and 1.5 million shells", [12_000, 1_500_000]),
        ("en", "two men, then twenty-five", [2, 25]),
        ("ar", "أحد عشر ألف جندي", [11_000]),
        ("en", "40% of shells, 3 per cent", []),
        ("de", "rund 12.000 Soldaten, 1,5 Millionen Granaten", [12_000, 1_500_000]),
        ("fr", "quelque 10 000 soldats, puis deux mille hommes", [10_000, 2_000]),
        ("es", "11 mil soldados", [11_000]),
        ("ru", "около 12 тыс. военных, 1,3 тысячи бойцов", [12_000, 1_300]),
        ("ru", "двое солдат", [2]),
        ("uk", "близько 11 тисяч військових", [11_000]),
        ("ar", "نحو 12 ألفاً من الجنود", [12_000]),
        ("ar", "عشرة آلاف جندي", [10_000]),
        ("ko", "1만1000명, 1만 2천여 명의 병력, 600만 발", [11_000, 12_000, 6_000_000]),
        ("ja", "約1万人、1万2000人、二千人", [10_000, 12_000, 2_000]),
        ("zh", "1.2万名士兵，三千名士兵，二十万发炮弹", [12_000, 3_000, 200_000]),
        ("zh", "二战，2024年", []),
    ],
)
def test_a_number_is_read_whole(language: str, text: str, expected: list[float]) -> None:
    assert values(language, text) == expected


@pytest.mark.parametrize("language", CODES)
def test_every_language_reads_thousands(language: str) -> None:
    words = lexicon(language)
    assert words is not None
    times = {value: form for form, value in words.numbers.multipliers.items()}
    thousand = f"3 {times[1_000]}" if words.numbers.spaced else f"3{times[1_000]}"
    assert values(language, thousand) == [3_000]


@given(st.sampled_from(CODES), st.text(st.sampled_from("0123456789.,' 万천тыс.mil千ألفا年%two-百"), max_size=30))
def test_any_text_gives_numbers_inside_it(language: str, text: str) -> None:
    words = lexicon(language)
    assert words is not None
    for number in words.numbers.find(folded(text)):
        assert 0 <= number.start < number.end <= len(folded(text))
        assert number.value >= 0


def test_a_faulty_table_is_named(tmp_path: Path) -> None:
    path = tmp_path / "numbers.toml"
    path.write_text('[words]\nmany = ["lots"]\n', encoding="utf-8")
    with pytest.raises(BeatError, match=r"numbers\.toml.*cannot be compiled"):
        Numbers.load(path)
