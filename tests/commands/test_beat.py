"""`media-monitor beat`: a draft to fill, and every incomplete entry told with file and line."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from media_monitor.beat import Beat
from media_monitor.cli import app


def beat(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["beat", *map(str, arguments)])
    return done.exit_code, done.output


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A whole beat in a folder of its own, to be spoilt."""
    shutil.copytree(Beat.load("nord_stream").folder, tmp_path / "spoilt")
    return tmp_path / "spoilt"


def test_a_draft_has_all_files_and_lacks_only_what_nobody_else_knows(tmp_path):
    folder = tmp_path / "harbour"
    assert beat("new", folder, "--title", "The harbour bridge", "--languages", "en,fr")[0] == 0
    assert {path.name for path in (folder / "aliases").iterdir()} == {"en.tsv", "fr.tsv"}
    assert "The harbour bridge" in (folder / "beat.toml").read_text(encoding="utf-8")
    code, told = beat("check", folder)
    assert code == 1
    assert "'subjects' entities" in told
    assert "claims.toml:1: the beat has no claim" in told


def test_a_draft_writes_over_nothing(copy):
    done = CliRunner().invoke(app, ["beat", "new", str(copy), "--title", "T"])
    assert "is there already" in str(done.exception)


def test_a_whole_beat_has_no_fault():
    assert beat("check", "nord_stream") == (0, "Nothing is wrong with the beat.\n")


@pytest.mark.parametrize(
    ("file", "found", "put", "where", "told"),
    [
        ("beat.toml", '["en", "fr", "de"]', '["en", "fr", "tlh"]', "beat.toml:2", "no lexicon of 'tlh'"),
        ("beat.toml", "as_of =", "# as_of =", "beat.toml:8", "'as_of' is missing"),
        ("entities.tsv", "germany\tcountry\tDE", "germany\tcountry\t-", "entities.tsv:4", "germany: party and sector"),
        ("aliases/fr.tsv", "Tusk\tdonald_tusk", "Tusk \tdonald_tusk", "aliases/fr.tsv:", "stray spaces"),
        ("aliases/de.tsv", "Polen\tpoland", "Polen\tnobody", "aliases/de.tsv:", "'nobody' is not in entities.tsv"),
        ("claims.toml", '"arrest suspect|', '"arest suspect|', "claims.toml:5", "the concept 'arest' has no form"),
        (
            "claims.toml",
            '["DE", "IT", "PL"]',
            '["DE", "IT", "ZZ"]',
            "claims.toml:5",
            "no entity speaks for the party 'ZZ'",
        ),
        ("claims.toml", "@UA behind blast", "@UE behind blast", "claims.toml:", "'@UE' is neither"),
        ("feeds.opml", ' mm:country="GB"', "", "feeds.opml:", "mm:country missing"),
        ("feeds_cited.tsv", "bbc-world\t", "bbc-home\t", "feeds.opml:", "no source of its address"),
        ("publishers.toml", 'id = "kremlin"\nname', 'id = "kremlin"\nwhy', "publishers.toml:", "kremlin: name missing"),
        ("record.toml", 'claim = "sabotage"', 'claim = "sabotages"', "record.toml", "there is no such claim"),
        ("alerts.toml", 'on = "reversal"', 'on = "reversals"', "alerts.toml", "reversal"),
        ("samples/feeds.opml", "{base}/", "https://example.org/", "samples/feeds.opml:", "begin with {base}/"),
    ],
)
def test_an_incomplete_entry_is_told_with_file_and_line(copy, file, found, put, where, told):
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert found in text
    path.write_text(text.replace(found, put, 1), encoding="utf-8")
    code, output = beat("check", copy, "--json")
    assert code == 1
    faults = [one for one in json.loads(output) if one["grade"] == "fault"]
    assert any(where in one["where"] and told in one["told"] for one in faults), faults


def test_a_folder_that_is_none_is_an_error():
    assert "is no beat" in str(CliRunner().invoke(app, ["beat", "check", "nowhere"]).exception)
