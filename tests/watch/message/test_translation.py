"""A translator is a command of somebody else: slow, failing and babbling ones cost a message nothing but the words."""

import os
import stat
import sys
import time
from pathlib import Path

import pytest

from media_monitor.watch.message.translation import LONGEST_INPUT, Translator

WORDS = "Бойцы участвовали в боях"


@pytest.fixture
def script(tmp_path: Path):
    def write(body: str) -> str:
        path = tmp_path / "translator with a space"
        path.write_text(f"#!{sys.executable}\nimport os, sys, time\n{body}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return f"'{path}' --from {{source}} --to {{target}} $HOME;x"

    return write


def note(command, words=WORDS, language="ru", **values):
    done = Translator(command, **values).translated(words, language)
    assert done.words is None
    return done.note


def test_the_command_gets_words_and_languages_and_no_shell(script):
    command = script("print(sys.argv[1:], sys.stdin.read().upper())")
    done = Translator(command, "de").translated(WORDS, "ru")
    assert done.words == f"['--from', 'ru', '--to', 'de', '$HOME;x'] {WORDS.upper()}"
    assert (done.note, done.language) == ("machine translation, ru → de", "de")


def test_words_in_the_target_language_and_no_words_are_not_translated(script):
    command = script("print('called')")
    assert Translator(command).translated(WORDS, "en") is None
    assert Translator(command).translated(WORDS, "en-GB") is None
    assert Translator(command).translated(" \x00 ", "ru") is None


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("sys.exit(3)", "ended with status 3"),
        ("sys.stdin.close(); sys.exit(1)", "ended with status 1"),
        ("os.kill(os.getpid(), 9)", "ended with status -9"),
        ("pass", "gave no words"),
        ("print('\\x00\\x1b …')", "gave no words"),
        ("sys.stdout.buffer.write(b'\\xff\\xfe words')", "not UTF-8"),
        ("print(sys.stdin.read())", "gave the words back"),
        ("print('word ' * 9000)", "more than it can have meant"),
    ],
)
def test_a_failing_translator_gives_one_line_that_says_why(script, body, told):
    assert told in note(script(body))


def test_an_endless_translator_is_stopped_by_how_much_it_says(script):
    assert "more than" in note(script("while True: print('word')"))


def test_a_slow_translator_is_ended_with_its_children_and_not_asked_again(tmp_path):
    child, path = tmp_path / "child", tmp_path / "slow"
    path.write_text(f"#!/bin/sh\necho words\nsleep 60 &\necho $! > {child}\nwait\n")
    path.chmod(0o755)
    translator = Translator(str(path), seconds=0.7)
    start = time.monotonic()
    assert "took longer than 0.7 s" in translator.translated(WORDS, "ru").note
    assert "too slow before" in translator.translated("Другое", "ru").note
    assert "took longer than 0.7 s" in translator.translated(WORDS, "ru").note
    assert time.monotonic() - start < 5
    state = Path(f"/proc/{child.read_text().strip()}/stat")
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] in "ZX"


def test_a_translator_is_asked_once_for_the_same_words(script, tmp_path):
    calls = tmp_path / "calls"
    translator = Translator(script(f"open({str(calls)!r}, 'a').write('x'); print('Fighters took part')"))
    assert translator.translated(WORDS, "ru") == translator.translated(WORDS, "ru")
    assert calls.read_text() == "x"


@pytest.mark.parametrize(
    ("command", "language", "told"),
    [
        ("", "ru", "no translator is set up"),
        ("  ", "ru", "no translator is set up"),
        ("/nowhere/translate", "ru", "cannot be started: No such file"),
        (os.sep, "ru", "cannot be started"),
        ("translate 'open", "ru", "is no command"),
        ("echo yes", None, "language is not known"),
        ("echo yes", "../../x", "language is not known"),
        ("echo {source}\x00", "ru", "cannot be started"),
    ],
)
def test_a_translator_that_cannot_work_says_so(command, language, told):
    assert told in note(command, language=language)


def test_very_long_words_are_cut_before_they_are_given_away(script):
    done = Translator(script("print(len(sys.stdin.read()))")).translated("слово " * 5000, "ru")
    assert LONGEST_INPUT - 10 < int(done.words) <= LONGEST_INPUT


def test_half_characters_reach_no_command(script):
    assert Translator(script("print(sys.stdin.read() + '!')")).translated("a \ud800 b", "ru").words == "a b!"
