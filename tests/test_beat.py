"""Beats: what a file of a beat may say, and errors that name file and row."""

import pytest

from media_monitor.beat import Beat
from media_monitor.errors import BeatError

HEADER = "id\tkind\tparty\tsector\twikidata\tname\n"
ENTITIES = HEADER + "north_korea\tcountry\tKP\tGOV\tQ423\tNorth Korea\nkursk\tplace\t-\t-\t-\tKursk\n"
CLAIM = '[[claim]]\nid = "deployed"\ntitle = "Troops were sent"\nparties = ["KP", "RU"]\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "aliases").mkdir()
    (tmp_path / "beat.toml").write_text('title = "T"\nlanguages = ["en"]\n')
    (tmp_path / "entities.tsv").write_text(ENTITIES)
    (tmp_path / "claims.toml").write_text(CLAIM)
    (tmp_path / "aliases" / "en.tsv").write_text("alias\ttargets\tkind\nNorth Korea\tnorth_korea\tname\n")
    return tmp_path


def _read_all(folder):
    beat = Beat.load(str(folder))
    return beat.claims, beat.entities, beat.aliases


def test_a_folder_is_a_beat(folder):
    beat = Beat.load(str(folder))
    assert beat.languages == ("en",)
    assert beat.claims["deployed"].parties == ("KP", "RU")
    assert beat.entities["kursk"].party is None
    assert beat.aliases[0].targets == ("north_korea",)


def test_a_missing_beat_is_named():
    with pytest.raises(BeatError, match=r"nowhere/beat.toml: there is no such file"):
        Beat.load("nowhere")


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("beat.toml", 'title = "T"\nlanguages = []\ncolour = 1\n', r"beat.toml: unknown key 'colour'"),
        ("beat.toml", "title = \n", r"beat.toml: is not TOML"),
        ("claims.toml", CLAIM + "[[claims]]\n", r"claims.toml: unknown key 'claims'"),
        ("claims.toml", CLAIM.replace('title = "Troops were sent"\n', ""), r"deployed: 'title' is missing"),
        ("claims.toml", CLAIM + 'implies = ["x"]\n', r"claim deployed: implies 'x', which is no claim"),
        ("entities.tsv", "id\tname\n", r"entities.tsv:1: the header must be id kind party"),
        ("entities.tsv", ENTITIES + "x\tplanet\t-\t-\t-\tX\n", r"entities.tsv:4: kind 'planet' is none of"),
        ("entities.tsv", ENTITIES + "kursk\tplace\t-\t-\t-\tK\n", r"entities.tsv:4: entity 'kursk' stands twice"),
        ("entities.tsv", ENTITIES + "x\tplace\n", r"entities.tsv:4: 2 cells instead of 6"),
        ("aliases/en.tsv", "alias\ttargets\tkind\nA\tnobody\tname\n", r"en.tsv:2: target 'nobody' is not in"),
        ("aliases/en.tsv", "alias\ttargets\tkind\nA\tkursk\tblock\n", r"en.tsv:2: a block has no targets"),
        ("aliases/en.tsv", "alias\ttargets\tkind\nA\tkursk\tnick\n", r"en.tsv:2: kind 'nick' is none of"),
    ],
)
def test_a_fault_names_file_and_row(folder, file, text, message):
    (folder / file).write_text(text)
    with pytest.raises(BeatError, match=message):
        _read_all(folder)


def test_comments_and_blank_lines_are_passed_over(folder):
    (folder / "entities.tsv").write_text("# ours\n" + HEADER + "\n# more\nkursk\tplace\t-\t-\tQ1\tKursk\n")
    assert Beat.load(str(folder)).entities["kursk"].wikidata == "Q1"
