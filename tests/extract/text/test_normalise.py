"""Normalised text: equal forms, and spans that hit the stored characters on any input."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_monitor.extract.text.normalise import folded, normalise

# Characters of all that the module treats specially, among plain ones and unpaired surrogates.
AWKWARD = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "aBÉßİıёЁйا\u0623\u0650\u0640\u200b\u200d\u202e\u2066\u00ad\ufe0f\u0301\u3099\u1100\u1161\u00a0"
            " \n\t—’Ａ１ﻻﬁ🇰🇵👨‍👩‍👧"
        ),
        st.characters(exclude_categories=[]),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Потёмкин", "потемкин"),
        ("أُوكْرَانِيَا", "اوكرانيا"),
        ("كوريـــا الشماليّة", "كوريا الشماليه"),
        ("إلى", "الي"),
        ("ﺭﻭﺳﻴﺎ", "روسيا"),
        ("ＫＣＮＡ", "kcna"),
        ("ﾛｼｱ", "ロシア"),
        ("Kim\u00a0Jong‑un’s", "kim jong-un's"),
        ("Се\u200bул", "сеул"),
        ("\u202bبوتين\u202c", "بوتين"),
        ("북한", unicodedata.normalize("NFD", "북한")),
        ("й", "и\u0306"),
        ("two   spaces", "two spaces"),
        ("İran", "iran"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_folds_forms_that_mean_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_keeps_what_differs() -> None:
    assert len({folded(text) for text in ("м²", "м2", "½", "1/2", "ы", "и", "é", "e")}) == 8


@given(AWKWARD)
def test_offsets_rise_and_end_at_the_end(text: str) -> None:
    normal = normalise(text)
    assert len(normal.offsets) == len(normal.text) + 1
    assert list(normal.offsets) == sorted(normal.offsets)
    assert normal.offsets[-1] == len(text)


@given(AWKWARD, st.data())
def test_the_stored_text_of_a_span_folds_to_the_span(text: str, data: st.DataObject) -> None:
    normal = normalise(text)
    if not normal.text:
        return
    start = data.draw(st.integers(0, len(normal.text) - 1))
    end = data.draw(st.integers(start + 1, len(normal.text)))
    # A character that became several cannot be cut; marks at a cut may join another letter.
    if normal.offsets[start : start + 1] == normal.offsets[start - 1 : start]:
        return
    first, last = normal.span(start, end)
    assert 0 <= first <= last <= len(text)
    if end == len(normal.text) or normal.offsets[end] != normal.offsets[end - 1]:
        assert folded(text[first:last]).strip() == normal.text[start:end].strip()


@given(AWKWARD, st.data())
def test_inside_is_the_way_back(text: str, data: st.DataObject) -> None:
    normal = normalise(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low, high = normal.inside(start, end)
    assert 0 <= low <= high <= len(normal.text)
    assert all(start <= normal.offsets[i] < end for i in range(low, high))


def test_spans_leave_out_invisible_signs_after_the_name() -> None:
    stored = "قال \u202bبُوتِينُ\u202c\u200f اليوم"
    normal = normalise(stored)
    at = normal.text.index("بوتين")
    first, last = normal.span(at, at + 5)
    assert stored[first:last] == "بُوتِينُ"


def test_reads_five_megabytes_quickly() -> None:
    text = "Пу\u0301тин и Ким “на встрече”  — 북한 🚀 كُوريا. " * 120_000
    start = time.perf_counter()
    normal = normalise(text)
    assert time.perf_counter() - start < 20
    assert normal.offsets[-1] == len(text)
