"""Any words as options and arguments of the commands that read: an answer, a usage message, or one line of an error."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.warehouse import example as desk
from typer.testing import CliRunner

from media_monitor.cli import app
from media_monitor.errors import MediaMonitorError

COMMANDS = (
    ("claims", "--party", "{}"),
    ("claims", "--state", "{}"),
    ("claims", "--since", "{}"),
    ("claims", "--until", "{}"),
    ("articles", "{}"),
    ("articles", "--claim", "{}"),
    ("articles", "--since", "{}"),
    ("trends", "voice", "--since", "{}"),
    ("stories", "--since", "{}"),
)
ODD = [
    "",
    " ",
    "2025-04-28",
    "2025-13-01",
    "0001-01-01",
    "9999-12-31",
    "2025-04-28T25:00",
    "٢٠٢٥-٠٤-٢٨",
    "-1",
    "--json",
    "'",
    '"',
    ";",
    "%",
    "_",
    "\\",
    "' OR 1=1 --",
    "x\x00y",
    "\ud83d",
    "[bold]",
    "[/]",
    "\x1b[2J",
    "\u202e",
    "confirmed",
    "KP",
    "troops_deployed",
    "((",
    "*",
]
WORDS = st.sampled_from(ODD) | st.text(max_size=12)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    desk.build(folder)
    return folder


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_right_words_have_an_answer(home, command):
    right = {"--party": "KP", "--state": "confirmed", "--claim": "troops_deployed"}.get(command[-2], "2025-04-28")
    done = CliRunner().invoke(app, ["--home", str(home), *(part.replace("{}", right) for part in command)])
    assert done.exit_code == 0, done.output


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.sampled_from(COMMANDS), WORDS)
@example(("claims", "--since", "{}"), "9999-12-31")
@example(("articles", "{}"), "x\x00y")
def test_any_words(home, command, words):
    arguments = [part.replace("{}", words) for part in command]
    done = CliRunner().invoke(app, ["--home", str(home), *arguments])
    if isinstance(done.exception, MediaMonitorError):
        assert "\n" not in str(done.exception)
    elif done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code in (0, 1, 2), done.output
    assert "Traceback" not in done.output
    assert "\x1b[2J" not in done.output
