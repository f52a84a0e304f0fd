"""In the terminal: marks and reasons in words, text from right to left in isolates, no control of the terminal."""

import io
import re

import pytest
from rich.console import Console
from tests.explain.texts import TEXTS

from media_monitor.beat import Beat
from media_monitor.explain.build import explain
from media_monitor.explain.terminal import print_account
from media_monitor.extract.document import Document

BEAT = Beat.load("dprk_russia")
ARABIC = re.compile("[\u0621-\u064a]")


def printed(document: Document, width: int = 100, colour: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, color_system="truecolor" if colour else None)
    print_account(console, explain(document, BEAT))
    return out.getvalue()


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("width", [40, 120])
def test_shows_every_sentence_fact_and_reason(language: str, width: int) -> None:
    document, *_ = TEXTS[language]
    shown = "".join(printed(document, width).replace("¦", "").split())
    found = explain(document, BEAT)
    for passage in found.passages:
        assert "".join(found.text[passage.start : passage.end].split())[:12] in shown
    for fact in found.facts:
        assert "".join(fact.heading.split()) in shown
    assert f"language{language}" in shown


def test_words_without_colour_say_what_the_marks_are() -> None:
    shown = " ".join(printed(TEXTS["ru"][0]).split())
    assert "«Песков» Dmitry Peskov (dmitry_peskov, RU)" in shown
    assert "RU denies troops_deployed: speaker «Песков» · cue «опроверг» · claim «" in shown
    assert "заявила, ¦ что КНДР" in shown
    assert "\x1b[" in printed(TEXTS["ru"][0], colour=True)


@pytest.mark.parametrize("width", [50, 120])
def test_each_line_of_arabic_is_isolated(width: int) -> None:
    lines = [line for line in printed(TEXTS["ar"][0], width).splitlines() if ARABIC.search(line)]
    assert lines
    sentences = [line for line in lines if line.strip(" 0123456789")[:1] == "\u2067"]
    assert len(sentences) >= 2
    assert all(line.rstrip().endswith("\u2069") for line in sentences)


def test_hostile_text_neither_steers_the_terminal_nor_turns_the_line() -> None:
    title = "\x1b[31mNorth Korea confirms\u202e that its troops fought\x07 in Kursk\ud800 for Russia"
    shown = printed(Document("d", title, "[bold]x[/bold]", "en", None, "\x1b]0;title\x07"))
    assert not set("\x1b\x07\u202e\ud800") & set(shown)
    assert "[bold]x[/bold]" in shown
