"""Sentences: where they end, and that their spans are exact."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_monitor.extract.text.sentences import LONGEST_QUOTATION, LONGEST_SENTENCE, split


def pieces(body: str, language: str) -> list[str]:
    return [s.text for s in split(f"Title\n{body}", language)][1:]


@pytest.mark.parametrize(
    ("language", "body", "count"),
    [
        ("en", "Gen. Park met Mr. Lee at 9 a.m. in the U.S. embassy. He left at noon.", 2),
        ("en", "Sub-head without full stop\nThe text goes on here.", 2),
        ("en", 'He said: "No. Never. Not once." Then he left.', 2),
        ("ru", "Он ответил: «Нет. И не будет». Потом ушёл.", 2),
        ("ru", "Об этом 25 апр. сообщил г-н Иванов. Подробностей нет.", 2),
        ("de", "Am 3. Mai sagte er: „Nein. Nie.“ Dann ging er.", 2),
        ("fr", "Il a dit : « Non. Jamais. » Puis il est parti.", 2),
        ("es", '"No. Nunca", dijo el portavoz. Luego se fue.', 2),
        ("ar", "قال المتحدث: «لا. أبداً». ثم غادر القاعة.", 2),
        ("ko", "“아니다. 절대 아니다.”고 대변인이 말했다. 그는 자리를 떴다.", 2),
        ("ja", "「違う。絶対に違う。」と報道官は述べた。彼は退席した。", 2),
        ("zh", "“不是。绝对不是。”发言人说。他随后离开。", 2),
        ("uk", "Він відповів: «Ні. І не буде». Потім пішов.", 2),
        ("pl", "Nie wiemy. Zapytamy.", 2),
        ("en", "", 0),
        ("en", " \n\n \n", 0),
    ],
)
def test_counts_sentences(language: str, body: str, count: int) -> None:
    assert len(pieces(body, language)) == count


def test_the_first_line_is_sentence_nought_whole_and_even_when_empty() -> None:
    first, second = split("Talks end. No deal.\nThey met.", "en")
    assert (first.number, first.text, second.number, second.text) == (0, "Talks end. No deal.", 1, "They met.")
    assert [s.text for s in split("\nOne.", "en")] == ["", "One."]


def test_an_unclosed_quotation_joins_nothing() -> None:
    assert len(pieces('He said: "No. Then he left. She stayed.', "en")) == 3


def test_a_speech_keeps_its_sentences() -> None:
    speech = "We met them in May. " * (LONGEST_QUOTATION // 10)
    assert len(pieces(f"“{speech}”", "en")) > 10


def test_what_is_no_prose_is_cut() -> None:
    longest = max(len(piece) for piece in pieces("word " * 2_000 + "x" * 9_000, "en"))
    assert LONGEST_SENTENCE // 2 < longest <= LONGEST_SENTENCE


@given(
    st.text(st.one_of(st.sampled_from('ab. \n"“”«»「」。!?다고'), st.characters(exclude_categories=[])), max_size=120),
    st.sampled_from(["en", "ko", "ar", "xx", None]),
)
def test_spans_are_exact_and_leave_out_nothing_but_spaces(text: str, language: str | None) -> None:
    found = split(text, language)
    assert [s.number for s in found] == list(range(len(found)))
    assert all(s.text == text[s.start : s.end] and s.text == s.text.strip() for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())


def test_splits_five_megabytes_in_one_line_quickly() -> None:
    text = "Title\n" + 'He called it "a step. A good one." They agreed. ' * 105_000
    start = time.perf_counter()
    assert len(split(text, "en")) == 210_001
    assert time.perf_counter() - start < 30


def test_the_items_of_a_ticker_are_apart() -> None:
    text = "Ticker\n+++ 18.45 Uhr: Zwei Gefangene +++ Der Dienst bestätigt das. Mehr folgt. +++"
    assert [s.text for s in split(text, "de")] == [
        "Ticker", "18.45 Uhr: Zwei Gefangene", "Der Dienst bestätigt das.", "Mehr folgt.",
    ]  # fmt: skip
