"""Language identification: by script, by letters, by model, with and without a declared language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_monitor.extract.text.language import identify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The embassy opened a new library on Tuesday", "en"),
        ("Посольство открыло новую библиотеку во вторник", "ru"),
        ("Посольство відкрило нову бібліотеку, їй дали ім'я поета", "uk"),
        ("افتتحت السفارة مكتبة جديدة يوم الثلاثاء", "ar"),
        ("대사관이 화요일 새 도서관을 열었다", "ko"),
        ("大使館は火曜日に新しい図書館を開いた", "ja"),
        ("大使馆星期二开设了一座新图书馆", "zh"),
        ("L'ambassade a ouvert une nouvelle bibliothèque mardi", "fr"),
        ("La embajada abrió una nueva biblioteca el martes", "es"),
        ("Die Botschaft hat am Dienstag eine neue Bibliothek eröffnet", "de"),
        ("Ambasada otworzyła we wtorek nową bibliotekę", "pl"),
        ("سفارت روز سه‌شنبه کتابخانه‌ای تازه گشود", "fa"),
    ],
)
def test_knows_a_sentence_whatever_the_feed_declares(text: str, language: str) -> None:
    assert [identify(text, prior)[0] for prior in (None, language, "en", "ru", "ko")] == [language] * 5


@pytest.mark.parametrize(("prior", "language"), [("ja", "ja"), ("zh", "zh"), (None, "zh"), ("en", "zh"), ("ko", "ko")])
def test_the_feed_decides_on_han_alone(prior: str | None, language: str) -> None:
    assert identify("制裁", prior)[0] == language


@pytest.mark.parametrize(("prior", "language"), [("uk", "uk"), ("ru", "ru"), ("de", "ru")])
def test_the_feed_decides_on_few_letters_of_its_script(prior: str, language: str) -> None:
    assert identify("КНДР", prior)[0] == language


def test_headlines_with_hanja_are_korean() -> None:
    assert identify("北, 美에 회담 제안", None)[0] == "ko"


def test_a_foreign_name_does_not_change_the_language() -> None:
    assert identify("The paper 로동신문 printed the letter in full on its front page", None)[0] == "en"


@pytest.mark.parametrize("text", ["", " \n", "🚀🚀", "12:30", "\ud800"])
def test_without_letters_the_declared_language_stands_with_no_confidence(text: str) -> None:
    assert identify(text, "ko") == ("ko", 0.0)
    assert identify(text) == (None, 0.0)


def test_capitals_are_no_other_language() -> None:
    assert identify("DIE BOTSCHAFT HAT AM DIENSTAG EINE BIBLIOTHEK ERÖFFNET")[0] == "de"


@given(st.text(st.characters(exclude_categories=[]), max_size=80), st.sampled_from([None, "en", "ar", "xx"]))
def test_any_text_has_an_answer(text: str, prior: str | None) -> None:
    language, confidence = identify(text, prior)
    assert language != ""
    assert 0 <= confidence <= 1
