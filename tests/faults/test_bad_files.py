"""Unknown keys in settings, OPML and claims: one line that names them, nothing half done, no traceback."""

import shutil
from pathlib import Path

import pytest

from media_monitor.beat import Beat


@pytest.fixture
def beat(tmp_path: Path) -> Path:
    """A copy of the shipped beat, to be spoiled."""
    folder = tmp_path / "beat"
    shutil.copytree(Beat.load("dprk_russia").folder, folder)
    return folder


def _error(run) -> str:
    """The one line that a command printed."""
    assert run.wait() == 1, run.text
    (line,) = [line for line in run.text.splitlines() if line.strip()]
    return line


def test_an_unknown_setting(place):
    line = _error(place.command("run", environment={"MEDIA_MONITOR_INTERVAL_MINUTE": "15"}))
    assert line == "error: setting MEDIA_MONITOR_INTERVAL_MINUTE: unknown; did you mean 'interval_minutes'?"
    assert not place.home.exists()


def test_a_setting_of_the_wrong_form(place):
    line = _error(place.command("run", environment={"MEDIA_MONITOR_CHUNK_SIZE": "many"}))
    assert line.startswith("error: setting chunk_size: 'many' cannot be read")


def test_an_unknown_attribute_in_opml(place, samples, tmp_path):
    opml = tmp_path / "mine.opml"
    opml.write_text(samples.read_text().replace("mm:country=", "mm:land=", 1))
    place.feeds = opml
    line = _error(place.command("run"))
    number = next(n for n, text in enumerate(opml.read_text().splitlines(), 1) if "mm:land" in text)
    assert line.startswith(f"error: {opml}:")
    assert abs(int(line.removeprefix(f"error: {opml}:").partition(":")[0]) - number) <= 2
    assert "unknown attribute mm:land" in line


def test_opml_that_is_missing_or_none(place, tmp_path):
    place.feeds = tmp_path / "absent.opml"
    assert _error(place.command("run")).startswith(f"error: {place.feeds}: cannot be read")
    place.feeds = tmp_path / "page.opml"
    place.feeds.write_text("<html><body>Not a list</body></html>")
    assert _error(place.command("run")) == f"error: {place.feeds}:1: is not OPML; its root is <html>"


@pytest.mark.parametrize(
    ("file", "old", "new", "culprits"),
    [
        ("claims.toml", "[[claim]]", "[[clam]]\n[[claim]]", ("claims.toml", "clam")),
        ("claims.toml", "[[claim]]", '[[claim]]\ntiitle = "x"', ("claims.toml", "tiitle")),
        ("claims.toml", "[[claim]]", "[[claim]", ("claims.toml", "is not TOML")),
        ("beat.toml", "[relevance]", "[relevanse]", ("beat.toml", "relevanse")),
        ("entities.tsv", "id\tkind", "id\tkinds", ("entities.tsv", "header")),
        ("aliases/en.tsv", "alias\ttargets", "alias\ttarget", ("en.tsv", "header")),
    ],
)
def test_a_faulty_file_of_the_beat(place, beat, file, old, new, culprits):
    path = beat / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    place.more["beat"] = str(beat)
    line = _error(place.command("run"))
    assert line.startswith("error: ")
    assert [c for c in culprits if c not in line] == []
    assert not list(place.home.glob("lake/*/*"))


def test_a_faulty_expectation_suite(place, tmp_path):
    from media_monitor.config import PACKAGE

    suites = tmp_path / "expectations"
    shutil.copytree(PACKAGE / "expectations", suites)
    suite = suites / "events.json"
    suite.write_text(suite.read_text().replace('"expectations"', '"expectation"', 1))
    place.more["expectations"] = str(suites)
    line = _error(place.command("run"))
    assert str(suite) in line
