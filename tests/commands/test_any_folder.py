"""Every command decides what it does in a data folder of another beat: it refuses, or asks for nothing in which that
matters."""

from pathlib import Path

import pytest
from tests.commands.registry import COMMANDS, MEDIA_MONITOR
from tests.warehouse import rows
from tests.web.running import running

from media_monitor import tables
from media_monitor.config import Settings
from media_monitor.errors import MediaMonitorError, SettingError
from media_monitor.warehouse import lake

HELD, OTHER = "dprk_russia", "nord_stream"
# What they need to come to the data folder; {} is a file.
GIVEN = {
    "articles show": "0123", "articles search": "kursk", "backfill": "{}", "explain": "0123456789abcdef",
    "export confirmations": "--format csv", "extract": "--batch x", "load": "--batch x",
    "quarantine discard": "0123", "quarantine release": "0123 --reason x", "quarantine reopen": "0123", "replay": "{}",
    "validate": "--batch x", "alert wrong": "0123 --reason x",
}  # fmt: skip
# What asks for nothing of a data folder, or for nothing in which the beat matters, and why.
ANY = {
    "alert rules": ("", "rules are the beat's"),
    "alert test": ("none", "a channel is the beat's"),
    "beat check": ("", "reads a folder of a beat"),
    "beat list": ("", "lists those shipped"),
    "beat new": ("{}.new --title T", "makes one"),
    "evaluate": ("{}", "reads labelled documents"),
    "extract": ("{}", "reads documents, without --batch"),
    "explain": ("{}", "reads a file, where it is one"),
    "feeds add": ("http://127.0.0.1:1/", "changes a list of feeds"),
    "feeds check": ("", "reads a list of feeds"),
    "feeds export": ("{}.opml", "writes a list of feeds"),
    "feeds import": ("{}", "changes a list of feeds"),
    "feeds suites": ("{}", "reads files of feeds"),
    "health": ("", "looks at times and sizes"),
    "sql": ("--list", "SQL asks the folder as it is"),
    "upkeep limits": ("", "tells the setting"),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("held")
    lake.merge(folder, {"articles": tables.ARTICLES.arrow([rows.article("a", "2025-04-28")])})
    return folder


def _refusal(home: Path, file: Path, command: str, given: str) -> str:
    """What the command in another beat's folder is refused with; empty where it is not."""
    file.write_text("", encoding="utf-8")
    words = [*command.split(), *given.replace("{}", str(file)).split()]
    try:
        MEDIA_MONITOR.main(["--home", str(home), "--beat", OTHER, *words], standalone_mode=False)
    except SettingError as error:
        return str(error)
    except (MediaMonitorError, OSError):
        pass
    return ""


def test_every_command_is_known_and_the_exceptions_are_commands():
    assert set(ANY) | set(GIVEN) <= COMMANDS.keys()
    assert len(COMMANDS) > 50


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in ANY or name in GIVEN])
def test_a_command_refuses_the_folder_of_another_beat_in_clear_words(home, tmp_path, command):
    told = _refusal(home, tmp_path / "file", command, GIVEN.get(command, _needed(command)))
    assert told.startswith(f"data folder {home}: holds the beat '{HELD}', and this is '{OTHER}'")


def _needed(command: str) -> str:
    return " ".join("0123" for one in COMMANDS[command].params if one.required)


@pytest.mark.parametrize("command", sorted(ANY))
def test_a_command_for_which_the_beat_does_not_matter_goes_on(home, tmp_path, command):
    told = _refusal(home, tmp_path / "file", command, ANY[command][0])
    assert not told.startswith("data folder")


def test_the_page_refuses_and_says_so_and_probes_are_answered(home):
    with running(Settings(home=home, beat=OTHER)) as reader:
        for path in ("/", "/claims", "/api/claims"):
            answer = reader.get(path)
            assert (answer.status_code, "holds the beat" in answer.text) == (503, True)
        assert reader.get("/health").json()["checks"]["disk"]
