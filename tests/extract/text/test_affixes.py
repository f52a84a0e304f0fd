"""Affix tables: all that are shipped are whole, and faults name the file."""

from pathlib import Path

import pytest

from media_monitor.beat import Beat
from media_monitor.errors import BeatError
from media_monitor.extract.names.relevance import bonds
from media_monitor.extract.text.affixes import Affixes, affixes, load
from media_monitor.extract.text.normalise import folded

LANGUAGES = Beat.load("dprk_russia").languages


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_tables(language: str) -> None:
    tables = affixes(language)
    assert tables.troops
    assert tables.locative_before or tables.capitals_are_places
    assert bonds(language) is not bonds(None)
    assert all(folded(text) == text for text in (*tables.locative_before, *tables.locative_after, *tables.troops))


def test_an_unknown_language_has_none() -> None:
    assert affixes("xx") == affixes(None) == Affixes()
    assert not bonds(None).search("troops")


@pytest.mark.parametrize(
    "text", ['surnames = ["kim"]', 'troops = "soldiers"', "free_after = 'two'", "troops = [1]", "troops = ["]
)
def test_a_fault_names_the_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "affixes.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BeatError, match=r"affixes\.toml"):
        load(path)


def test_reads_forms_normalised(tmp_path: Path) -> None:
    path = tmp_path / "affixes.toml"
    path.write_text('attached_before = ["أَ"]\nlocative_before = ["In "]\nfree_after = 3', encoding="utf-8")
    tables = load(path)
    assert (tables.attached_before, tables.locative_before, tables.free_after) == (frozenset({"ا"}), ("in ",), 3)
