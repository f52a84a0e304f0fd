"""Case endings, in Russian: who can be the subject, who speaks without one, and whose word a sentence is."""

from datetime import date

import pytest

from media_monitor.beat import Beat
from media_monitor.extract import reading
from media_monitor.extract.document import Document
from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import Lexicon, lexicon
from media_monitor.extract.speech.attribution import figures, speakers
from media_monitor.extract.statements.build import statements
from media_monitor.extract.statements.lore import lore, read_lines

CONTEXT = "КНДР отправила солдат в Россию."


@pytest.fixture(scope="module")
def beat() -> Beat:
    return Beat.load("dprk_russia")


@pytest.fixture(scope="module")
def words() -> Lexicon:
    found = lexicon("ru")
    assert found
    return found


def line(text: str, words: Lexicon, beat: Beat) -> Line:
    return read_lines(reading.read(Document("x", text, CONTEXT, "ru"), beat), words, beat)[0]


def verb(of: Line) -> Tag:
    return next(t for t in of.tables["cues"] if t.name in ("say", "confirm", "deny", "decline"))


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Министр обороны Украины", True),
        ("Министра обороны Украины", False),
        ("Южнокорейская разведка", True),
        ("Южнокорейской разведки", False),
        ("Владимир Зеленский", True),
        ("Владимира Зеленского", False),
        ("Сеул", True),
        ("Сеула", False),
        ("США", True),
        ("Российские", False),
    ],
)
def test_a_figure_in_another_case_is_no_subject(text: str, subject: bool, words: Lexicon, beat: Beat) -> None:
    made = line(text, words, beat)
    found = figures(made, made.start, made.end, words.grammar, lore(beat).voices)
    assert [f.oblique for f in found] == [not subject]


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("В Кремле сообщили", "RU"),
        ("сообщили в Сеуле", "KR"),
        ("сообщил в четверг на брифинге министр обороны Украины", "UA"),
        ("Присутствие солдат КНДР в России подтвердили в Пентагоне", "US"),
        ("Участие солдат КНДР подтвердил генсек НАТО", "NATO"),
        ("Слова Путина прокомментировал Песков", "RU"),
        ("Пентагон, в свою очередь, сообщил", "US"),
    ],
)
def test_the_speaker_is_found_by_case(text: str, party: str, words: Lexicon, beat: Beat) -> None:
    made = line(text, words, beat)
    found = speakers(made, verb(made), made.start, made.end, words.grammar, lore(beat).voices)
    assert [f.party for f in found] == [party]


@pytest.mark.parametrize(
    "text",
    ["КНДР отправила солдат в Россию, пишет The Evening Tribune", "Слова Путина прокомментировали блогеры за рубежом"],
)
def test_nobody_else_speaks_for_a_stranger(text: str, words: Lexicon, beat: Beat) -> None:
    made = line(text, words, beat)
    found = speakers(made, verb(made), made.start, made.end, words.grammar, lore(beat).voices)
    assert not [f for f in found if f.party in ("KP", "RU")]


@pytest.mark.parametrize(
    ("before", "expected"),
    [("КНДР отправила солдат в Россию.", True), ("КНДР может отправить солдат в Россию.", False)],
)
def test_this_was_reported_takes_the_sentence_before_unless_in_doubt(before: str, expected: bool, beat: Beat) -> None:
    document = Document("x", "Сводка", f"{before} Об этом сообщили в Сеуле.", "ru", date(2025, 4, 28))
    found = statements(reading.read(document, beat), beat)
    assert [("KR", "allege", "troops_deployed")] * expected == [(s.party, s.stance, s.claim) for s in found]
