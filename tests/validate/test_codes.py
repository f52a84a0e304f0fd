"""Codes that come from the beat and from the event table."""

from pathlib import Path

import pytest

from media_monitor.beat import Beat
from media_monitor.validate import codes

FILES = {
    "beat.toml": 'title = "T"\nlanguages = ["en"]\n',
    "claims.toml": '[[claim]]\nid = "treaty"\ntitle = "T"\nparties = ["KP", "RU"]\n',
    "entities.tsv": (
        "id\tkind\tparty\tsector\twikidata\tname\n"
        "kim_jong_un\tperson\tKP\tGOV\t-\tKim Jong Un\n"
        "kursk_region\tplace\t-\t-\t-\tKursk region\n"
        "nato\torganisation\tNATO\tIGO\t-\tNATO\n"
    ),
}


@pytest.fixture
def beat(tmp_path: Path) -> Beat:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Beat.load(str(tmp_path))


def test_codes_are_those_of_the_beat(beat: Beat) -> None:
    found = codes.of(beat)
    assert found["claims"] == ["treaty"]
    assert found["entities"] == ["kim_jong_un", "kursk_region", "nato"]
    assert found["parties"] == ["KP", "NATO", "RU", "OTHER"]
    assert found["entity_parties"] == ["kim_jong_un KP", "kursk_region -", "nato NATO"]
    assert found["people"] == ["kim_jong_un"]


def test_event_codes_are_those_of_the_event_table(beat: Beat) -> None:
    found = codes.of(beat)
    assert len(found["event_types"]) == 16
    assert [code.split()[0] for code in found["event_codes"]] == found["event_types"]
    assert "AID 07 2" in found["event_codes"]


def test_every_code_is_a_parameter_that_a_suite_may_name(beat: Beat) -> None:
    assert codes.of(beat).keys() | {"least_articles"} == codes.PARAMETERS.keys()
