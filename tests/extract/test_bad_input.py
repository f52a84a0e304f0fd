"""Texts on the beat, spoilt as the web spoils them: no crash, and each span still holds its words."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from media_monitor.beat import Beat
from media_monitor.extract.document import Document
from media_monitor.extract.facts import facts
from media_monitor.extract.mentions import mentions
from media_monitor.extract.reading import read

BEAT = Beat.load("dprk_russia")
GOLD = Path(__file__).resolve().parents[1] / "gold"
ITEMS = [
    (row["language"], row["title"], row["text"])
    for path in sorted(GOLD.glob("*.jsonl"))
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    if row["relevant"]
]
DIRT = st.one_of(
    st.sampled_from(
        [
            "\u202e", "\u202c", "\u2067", "\u2069", "\u200f", "\u200b", "\ufeff", "\u00ad", "\ud83d", "\udc00",
            "\x00", "\x1b[31m",
            "🇰🇵", "👩‍🚀", "é", "e\u0301", "İ", "ﬁ", "ß", "&nbsp;", "&amp;quot;", "<p>", "</p>", "<script>x</script>",
            '"', "“", "»", "«", "「", "』", "(", ")", "\n", "\r\n", "\u2028", "\t", " - ", ": ", "…",
            "。", "؟", "٣", "৩", "½",
        ]
    ),
    st.text(st.characters(exclude_categories=[]), max_size=3),
    st.binary(max_size=6).map(lambda raw: raw.decode("latin-1")),
)  # fmt: skip


def check(document: Document) -> int:
    """The number of facts found, after checking that each of them stands in the text as it says."""
    reading = read(document, BEAT)
    said, done = facts(reading, BEAT) if reading.relevant else ([], [])
    rows = [*said, *done, *(mentions(reading, BEAT) if reading.relevant else ())]
    for row in rows:
        assert 0 <= row.start < row.end <= len(reading.text)
        assert reading.text[row.start : row.end] == row.surface
        assert reading.sentences[row.sentence].start <= row.start
    for one in said:
        assert one.quote is None or all(piece in reading.text for piece in one.quote.split(" … "))
    assert len({s.statement_id for s in said}) == len(said)
    assert len({e.event_id for e in done}) == len(done)
    return len(rows)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(ITEMS), st.lists(st.tuples(st.floats(0, 1), DIRT), max_size=12), st.data())
def test_dirt_anywhere_in_a_text(
    item: tuple[str, str, str], dirt: list[tuple[float, str]], data: st.DataObject
) -> None:
    language, title, text = item
    whole = f"{title}\n{text}"
    for share, piece in dirt:
        at = int(share * len(whole))
        whole = whole[:at] + piece + whole[at:]
    title, _, text = whole.partition("\n")
    declared = data.draw(st.sampled_from([language, None, "en", "zh", "xx"]))
    check(Document("d", title, text, declared, date(2025, 4, 28)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(ITEMS), min_size=2, max_size=4))
def test_texts_of_several_languages_in_one(items: list[tuple[str, str, str]]) -> None:
    check(Document("d", " / ".join(i[1] for i in items), "\n".join(i[2] for i in items), None, date(2025, 4, 28)))


def test_clean_texts_have_facts_in_every_language() -> None:
    found = dict.fromkeys(BEAT.languages, 0)
    for language, title, text in ITEMS:
        found[language] += check(Document("d", title, text, language, date(2025, 4, 28)))
    assert min(found.values()) > 100


@pytest.mark.parametrize("title", ["", " ", "\n", "\u200b", "\ud83d", "🚀" * 50, "\x00\x01\x02", "%PDF-1.7\n%âãÏÓ"])
def test_a_text_without_words_has_no_facts(title: str) -> None:
    assert check(Document("d", title, "", None, None)) == 0


def test_five_megabytes_are_read_as_far_as_news_goes() -> None:
    text = "".join(f"{title}. {text}\n" for code, title, text in ITEMS if code == "en")
    assert check(Document("d", "Kim and Putin", text * (5_000_000 // len(text) + 1), "en", date(2025, 4, 28))) > 100
