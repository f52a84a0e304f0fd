"""The gate: what ties the two sides of a beat, on a beat of two invented islands."""

import hashlib
from pathlib import Path

import pytest

from media_monitor.beat import Beat
from media_monitor.errors import BeatError
from media_monitor.extract.document import Document, Reading, read_gold
from media_monitor.extract.names.relevance import rule
from media_monitor.extract.reading import read

DEV = Path(__file__).resolve().parents[3].parent / "shared" / "gold" / "dev.jsonl"
FLOOR = 0.93
RULE = """
title = "Avalon and Brasil"
languages = ["en"]
[relevance]
sides = ["AV", "BR"]
lists = ["CA"]
enemies = ["DU"]
[relevance.armies]
AV = ["avalon_guard"]
[relevance.places]
BR = ["brasil_bay"]
"""
ENTITIES = """id\tkind\tparty\tsector\twikidata\tname
avalon\tcountry\tAV\tGOV\t-\tAvalon
avalon_guard\torganisation\tAV\tMIL\t-\tAvalon Guard
brasil\tcountry\tBR\tGOV\t-\tBrasil
camelot\tcountry\tCA\tGOV\t-\tCamelot
dunmore\tcountry\tDU\tGOV\t-\tDunmore
brasil_bay\tplace\t-\t-\t-\tBrasil Bay
"""
ALIASES = """alias\ttargets\tkind
Avalon\tavalon\tname
Avalon Guard\tavalon_guard\tname
Avalon-Brasil\tavalon,brasil\tadjective
Brasil\tbrasil\tname
Camelot\tcamelot\tname
Dunmore\tdunmore\tname
Gull Harbour\tbrasil_bay\tname
"""


@pytest.fixture
def beat(tmp_path: Path) -> Beat:
    (tmp_path / "aliases").mkdir()
    (tmp_path / "beat.toml").write_text(RULE, encoding="utf-8")
    (tmp_path / "entities.tsv").write_text(ENTITIES, encoding="utf-8")
    (tmp_path / "aliases" / "en.tsv").write_text(ALIASES, encoding="utf-8")
    return Beat.load(str(tmp_path))


def reading(beat: Beat, title: str, text: str = "") -> Reading:
    return read(Document("d", title, text, "en"), beat)


FILLER = "The harvest was good again this year. Prices fell in the markets. People were pleased with it. " * 3


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Avalon thanks Brasil for its help", ""),
        ("Harvest report", "Avalon sends soldiers to Brasil. The first ships have left."),
        ("Avalon-Brasil summit opens as Camelot looks on", ""),
        ("Avalon Guard fights in Dunmore", ""),
        ("Avalon Guard seen at Gull Harbour", ""),
        ("Ruler of Avalon visits Gull Harbour", ""),
        ("Camelot warns of Avalon troops in Brasil", ""),
        ("Avalon fires a rocket", "It had help from Brasil, officials say."),
    ],
)
def test_keeps_what_ties_both_sides(beat: Beat, title: str, text: str) -> None:
    found = reading(beat, title, text)
    assert found.relevant
    assert found.reasons


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Avalon harvest fails", "Nobody abroad has offered help."),
        ("Avalon Guard parades at home", ""),
        ("Dunmore warns of Brasil", ""),
        ("Camelot, Brasil and Avalon top the list of dry islands", ""),
        ("Hosts of Camelot greet guests", "The rulers of Camelot, Avalon and Brasil stood side by side."),
        ("Harvest report", f"{FILLER}Avalon and Brasil, too, had sun.\n{FILLER}"),
        ("", ""),
    ],
)
def test_drops_what_names_one_side_or_both_in_passing(beat: Beat, title: str, text: str) -> None:
    found = reading(beat, title, text)
    assert not found.relevant
    assert found.score < 0


@pytest.mark.parametrize(
    ("old", "new", "culprit"),
    [
        ('sides = ["AV", "BR"]', 'sides = ["AV"]', "'sides'"),
        ("lists =", "list =", "'list'"),
        ('"avalon_guard"', '"avalon_navy"', "'avalon_navy'"),
    ],
)
def test_a_fault_in_the_rule_names_itself(beat: Beat, old: str, new: str, culprit: str) -> None:
    path = beat.folder / "beat.toml"
    path.write_text(RULE.replace(old, new), encoding="utf-8")
    with pytest.raises(BeatError, match=culprit):
        rule(Beat.load(str(beat.folder)))


@pytest.mark.skipif(not DEV.is_file(), reason="the gold set is not at hand")
@pytest.mark.parametrize("half", [0, 1])
def test_holds_its_floor_on_both_halves_of_the_development_set(half: int) -> None:
    beat = Beat.load("dprk_russia")
    pairs = [
        (row["relevant"], read(document, beat).relevant)
        for document, row in read_gold(DEV)
        if int(hashlib.sha256(document.document_id.encode()).hexdigest(), 16) % 2 == half
    ]
    right = pairs.count((True, True))
    assert 2 * right / (2 * right + pairs.count((True, False)) + pairs.count((False, True))) >= FLOOR
