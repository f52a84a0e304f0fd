"""Beats: what a file of a beat may say, and errors that name file and row."""

from datetime import date

import pytest

from media_monitor.beat import Beat
from media_monitor.errors import BeatError

HEADER = "id\tkind\tparty\tsector\twikidata\tname\n"
ENTITIES = HEADER + "north_korea\tcountry\tKP\tGOV\tQ423\tNorth Korea\nkursk\tplace\t-\t-\t-\tKursk\n"
CLAIM = '[[claim]]\nid = "deployed"\ntitle = "Troops were sent"\nparties = ["KP", "RU"]\n'

OFFICES = "office\towner\ttitle\nkp_leader\tnorth_korea\tleader\n"
TERMS = "office\tholder\tfrom\tuntil\nkp_leader\tkursk\t-\t2020-02-02\nkp_leader\tnorth_korea\t2020-02-02\t2024-01-01\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "aliases").mkdir()
    (tmp_path / "beat.toml").write_text('title = "T"\nlanguages = ["en"]\n')
    (tmp_path / "entities.tsv").write_text(ENTITIES)
    (tmp_path / "claims.toml").write_text(CLAIM)
    (tmp_path / "aliases" / "en.tsv").write_text("alias\ttargets\tkind\nNorth Korea\tnorth_korea\tname\n")
    (tmp_path / "offices.tsv").write_text(OFFICES)
    (tmp_path / "terms.tsv").write_text(TERMS)
    return tmp_path


def _read_all(folder):
    beat = Beat.load(str(folder))
    return beat.claims, beat.entities, beat.offices, beat.terms, beat.aliases


def test_a_folder_is_a_beat(folder):
    beat = Beat.load(str(folder))
    assert beat.languages == ("en",)
    assert beat.claims["deployed"].parties == ("KP", "RU")
    assert beat.entities["kursk"].party is None
    assert beat.aliases[0].targets == ("north_korea",)


@pytest.mark.parametrize(
    ("day", "holder"),
    [("1990-01-01", "kursk"), ("2020-02-01", "kursk"), ("2020-02-02", "north_korea"), ("2024-01-01", None)],
)
def test_an_office_has_one_holder_a_day(folder, day, holder):
    beat = Beat.load(str(folder))
    assert beat.holder(beat.offices["north_korea", "leader"], date.fromisoformat(day)) == holder


def test_nobody_holds_an_office_on_an_unknown_day_or_without_terms(folder):
    assert Beat.load(str(folder)).holder("kp_leader", None) is None
    (folder / "terms.tsv").unlink()
    assert Beat.load(str(folder)).holder("kp_leader", date(2022, 1, 1)) is None
    (folder / "offices.tsv").unlink()
    assert Beat.load(str(folder)).offices == {}


def test_a_missing_beat_is_named(tmp_path):
    with pytest.raises(
        BeatError, match=r"^nowhere: is no beat: neither a shipped one \(dprk_russia, nord_stream\) nor a folder$"
    ):
        Beat.load("nowhere")
    with pytest.raises(BeatError, match=r"beat\.toml: there is no such file"):
        Beat.load(str(tmp_path))


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("beat.toml", 'title = "T"\n', r"beat.toml:1: 'languages' is missing"),
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
        ("aliases/en.tsv", "alias\ttargets\tkind\nA\tkursk\toffice\n", r"en.tsv:2: the first target of an office"),
        ("offices.tsv", OFFICES + "chair\tnobody\thead\n", r"offices.tsv:3: owner 'nobody' is not in"),
        ("offices.tsv", OFFICES + "other\tnorth_korea\tleader\n", r"offices.tsv:3: 'leader' of 'north_korea' stands"),
        ("terms.tsv", TERMS + "chair\tkursk\t-\t-\n", r"terms.tsv:4: 'chair' is no office"),
        ("terms.tsv", TERMS + "kp_leader\tnobody\t-\t-\n", r"terms.tsv:4: .*'nobody' is not in entities.tsv"),
        ("terms.tsv", TERMS + "kp_leader\tkursk\tsoon\t-\n", r"terms.tsv:4: 'soon' is neither a date nor -"),
        ("terms.tsv", TERMS + "kp_leader\tkursk\t2021-01-01\t-\n", r"terms.tsv:4: the term begins before"),
    ],
)
def test_a_fault_names_file_and_row(folder, file, text, message):
    (folder / file).write_text(text)
    with pytest.raises(BeatError, match=message):
        _read_all(folder)


def test_comments_and_blank_lines_are_passed_over(folder):
    (folder / "entities.tsv").write_text("# ours\n" + HEADER + "\n# more\nkursk\tplace\t-\t-\tQ1\tKursk\n")
    assert Beat.load(str(folder)).entities["kursk"].wikidata == "Q1"
