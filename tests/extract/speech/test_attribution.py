"""Who speaks, in both word orders and in a third that a small lexicon of its own stands for."""

from dataclasses import replace
from pathlib import Path

import pytest

from media_monitor.beat import Beat
from media_monitor.extract import reading
from media_monitor.extract.document import Document
from media_monitor.extract.grammar.lexicon import Lexicon, lexicon, load
from media_monitor.extract.speech.attribution import speakers
from media_monitor.extract.speech.offices import resolved
from media_monitor.extract.statements import build as statements
from media_monitor.extract.statements.lore import lore, read_lines

# A body that ties the two sides together: only such a text is read.
CONTEXT = {
    "en": "North Korea sent troops to Russia for the war.",
    "ar": "أرسلت كوريا الشمالية قوات إلى روسيا للمشاركة في الحرب.",
    "ko": "북한이 러시아에 병력을 파병했다. 북한군은 쿠르스크에 배치됐다.",
}
LANGUAGE = """
order = "sov"
boundary = "none"
quotes = ["“”"]
subject = ["이", "가"]
topic = ["은", "는"]
oblique = ["에"]
goal = ["에"]
"""


@pytest.fixture(scope="module")
def beat() -> Beat:
    return Beat.load("dprk_russia")


def who(text: str, words: Lexicon, beat: Beat) -> list[tuple[str | None, str]]:
    """(party, role) of the speakers of the last verb of speech."""
    made = reading.read(Document("x", text, CONTEXT[words.language], words.language), beat)
    line = read_lines(made, words, beat)[0]
    cues = [t for t in line.tables.get("cues", ()) if not line.quoted(t.start)]
    low = cues[-2].end if len(cues) > 1 else line.start
    voices = lore(beat).voices
    found = speakers(line, cues[-1], low, line.end, words.grammar, voices)
    return [(f.party, f.role) for f in (resolved(f, line, words.grammar, voices, None) for f in found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seoul said", [("KR", "official")]),
        ("Ukraine's military intelligence reported", [("UA", "official")]),
        ("The US ambassador to Russia said", [("US", "official")]),
        ("After talks with Putin, Kim Jong Un said", [("KP", "official")]),
        ("Kim Jong Un, who met Putin, said", [("KP", "official")]),
        ("Troops were sent, according to Zelensky", [("UA", "official")]),
        ("The talks were dismissed by the US", [("US", "official")]),
        ("Moscow and Pyongyang confirmed", [("KP", "official"), ("RU", "official")]),
        ("A South Korean analyst said", [("KR", "expert")]),
        ("U.S. officials said", [("US", "source")]),
        ("TASS reported", [("RU", "media")]),
        ("KCNA reported", [("KP", "official")]),
        ("North Korean soldiers said", []),
    ],
)
def test_english(text: str, expected: list[tuple[str, str]], beat: Beat) -> None:
    words = lexicon("en")
    assert words is not None
    assert sorted(who(text, words, beat), key=str) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال الرئيس الروسي فلاديمير بوتين", [("RU", "official")]),
        ("وفي ألمانيا احتجت وزارة الخارجية", [("DE", "official")]),
        ("نددت كييف وسيول", [("KR", "official"), ("UA", "official")]),
        ("وفقا لكييف", [("UA", "official")]),
    ],
)
def test_arabic(text: str, expected: list[tuple[str, str]], beat: Beat) -> None:
    words = lexicon("ar")
    assert words is not None
    assert sorted(who(text, words, beat), key=str) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("국가정보원은 북한이 병력을 보냈다고 밝혔다", "KR"),
        ("북한이 병력을 보냈다고 크렘린궁이 밝혔다", "RU"),
    ],
)
def test_verb_final(text: str, expected: str, beat: Beat, tmp_path: Path) -> None:
    (tmp_path / "language.toml").write_text(LANGUAGE, encoding="utf-8")
    (tmp_path / "cues.tsv").write_text("category\tform\nsay\t밝혔다\n", encoding="utf-8")
    (tmp_path / "concepts.tsv").write_text("concept\tform\ntroops\t병력\n", encoding="utf-8")
    (tmp_path / "events.tsv").write_text("type\tmode\tform\nCONSULT\tvisit\t방문\n", encoding="utf-8")
    (tmp_path / "titles.tsv").write_text("role\tparty\tform\nofficial\t-\t대변인\n", encoding="utf-8")
    (tmp_path / "dates.toml").write_text("patterns = []\n", encoding="utf-8")
    (tmp_path / "numbers.toml").write_text("", encoding="utf-8")
    korean = replace(load(tmp_path), language="ko")
    assert who(text, korean, beat) == [(expected, "official")]


def test_a_pronoun_takes_the_last_speaker(beat: Beat) -> None:
    text = "Zelensky spoke to the press. He said that North Korean soldiers fought in Kursk."
    made = reading.read(Document("x", "Zelensky said no", text, "en"), beat)
    assert [s.party for s in statements.statements(made, beat)] == ["UA"]
