"""The registry of the shipped beat is whole, and a fault in any of its files is found."""

import csv
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.beats import audit

from media_monitor.audit import lists, registry
from media_monitor.audit.fault import first
from media_monitor.beat import Beat
from media_monitor.collect.lists.feeds import load_feeds
from media_monitor.collect.lists.publishers import read_publishers
from media_monitor.errors import BeatError

BEAT = Beat.load("dprk_russia")
MAIN = ("ar", "en", "ru", "ko", "zh")
GOLD = Path(__file__).parents[3] / "shared" / "gold" / "entities.tsv"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The registry in a folder of its own, to be spoilt."""
    folder = tmp_path / "spoilt"
    shutil.copytree(BEAT.folder, folder, ignore=shutil.ignore_patterns("samples"))
    return folder


def spoil(path: Path, change: Callable[[str], str]) -> None:
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")


def test_the_registry_is_large() -> None:
    assert len(BEAT.entities) > 200


def test_every_country_and_many_others_have_a_wikidata_item() -> None:
    known = [entity for entity in BEAT.entities.values() if entity.wikidata]
    assert {e for e, entity in BEAT.entities.items() if entity.kind == "country"} <= {k.entity_id for k in known}
    assert len(known) >= 200


def test_every_entity_has_an_english_name() -> None:
    assert audit.unnamed(BEAT, "en") == set()


@pytest.mark.parametrize("language", BEAT.languages)
def test_most_entities_have_a_name_in_every_language(language: str) -> None:
    named = len(BEAT.entities) - len(audit.unnamed(BEAT, language))
    assert named >= (320 if language in MAIN else 200)


@pytest.mark.parametrize("language", BEAT.languages)
def test_the_entities_of_the_gold_set_are_known_and_named(language: str) -> None:
    if not GOLD.exists():
        pytest.skip("no gold set beside the checkout")
    with GOLD.open(encoding="utf-8", newline="") as file:
        wanted = {row["id"]: row for row in csv.DictReader(file, delimiter="\t")}
    assert set(wanted) - set(BEAT.entities) == set()
    assert set(wanted) & audit.unnamed(BEAT, language) == set()
    assert [i for i, row in wanted.items() if row["kind"] != BEAT.entities[i].kind] == []
    # the G7 is no party of the set's statements, where it is OTHER
    parties = {i: {"G7": "OTHER"}.get(row["party"], row["party"]) or None for i, row in wanted.items()}
    assert [i for i, party in parties.items() if party != BEAT.entities[i].party] == []


def test_feeds_load_in_every_language() -> None:
    feeds = load_feeds(BEAT, None)
    assert len(feeds) >= 200
    by_language = Counter(feed.language for feed in feeds)
    assert set(by_language) == set(BEAT.languages)
    assert min(by_language.values()) >= 14


def test_both_states_wires_officials_and_a_search_feed_of_each_language_are_there() -> None:
    feeds = load_feeds(BEAT, None)
    publishers = {feed.publisher for feed in feeds}
    assert {"dprk_state_media", "kremlin", "russian_ministries", "tass", "rossiya_segodnya", "rt"} <= publishers
    assert {"yonhap", "afp", "reuters", "associated_press", "kyodo", "interfax", "united_nations"} <= publishers
    assert {feed.language for feed in feeds if feed.publisher == "google_news"} == set(BEAT.languages)
    assert {feed.affiliation for feed in feeds} == audit.AFFILIATIONS


def test_every_feed_of_a_state_an_agency_or_an_office_is_as_its_family_is() -> None:
    families = read_publishers(BEAT.folder / "publishers.toml")
    odd = {"united24-media", "armyinform"}  # a news site of a government, an agency of a ministry
    differing = [
        feed.feed_id
        for feed in load_feeds(BEAT, None)
        if families.affiliations.get(feed.publisher, feed.affiliation) != feed.affiliation
    ]
    assert set(differing) <= odd


def test_families_are_needed_told_apart_and_have_a_reason() -> None:
    assert list(audit.family_faults(BEAT.folder)) == []


@pytest.mark.parametrize(
    ("family", "told"),
    [
        ('[[publisher]]\nid="x"\nname="X"\noutlets=["X"]\ndomains=["x.example"]\n', "x: no feed, no credit"),
        (
            '[[publisher]]\nid="x"\nname="X"\noutlets=["X"]\ndomains=["x.example", "y.example"]\n',
            "x: does not tell why",
        ),
        (
            '[[publisher]]\nid="x"\nname="X"\noutlets=["X"]\ndomains=["x.example"]\ncredits=["AFP"]\n',
            "x: 'AFP' is a credit of afp",
        ),
    ],
)
def test_a_dead_or_overmerged_family_is_found(copy: Path, family: str, told: str) -> None:
    spoil(copy / "publishers.toml", lambda text: f"{text}\n{family}")
    assert [fault for fault in audit.family_faults(copy) if fault.startswith(told)]


def test_an_agency_without_a_family_is_found(copy: Path) -> None:
    spoil(copy / "publishers.toml", lambda text: text.replace('credits = ["UPI"]', "credits = []"))
    assert "the agency UPI signs as 'UPI', which is no family's credit" in audit.family_faults(copy)


def test_an_unnamed_entity_is_found(copy: Path) -> None:
    spoil(copy / "entities.tsv", lambda text: text + "new_body\torganisation\tRU\tGOV\t-\tNew Body\n")
    assert audit.unnamed(Beat.load(str(copy)), "en") == {"new_body"}


@pytest.mark.parametrize(
    "row",
    [
        "new_body\torganisation\t-\tGOV\t-\tNew Body\n",
        "new_body\torganisation\tRU\t-\t-\tNew Body\n",
        "new_body\torganisation\tRU\tGOVT\t-\tNew Body\n",
        "new_town\tplace\tRU\t-\t-\tNew Town\n",
        "New Town\tplace\t-\t-\t-\tNew Town\n",
        "new_town\tplace\t-\t-\t-\t \n",
        "new_town\tplace\t-\t-\t123\tNew Town\n",
        "new_town\tplace\t-\t-\tQ649\tNew Town\n",
    ],
)
def test_an_incomplete_entity_is_found(copy: Path, row: str) -> None:
    spoil(copy / "entities.tsv", lambda text: text + row)
    assert len(list(registry.entity_faults(Beat.load(str(copy))))) == 1


def test_an_alias_without_its_entity_is_refused(copy: Path) -> None:
    spoil(copy / "aliases" / "en.tsv", lambda text: text + "Nobody\tnobody\tname\n")
    with pytest.raises(BeatError, match="nobody"):
        _ = Beat.load(str(copy)).aliases


def test_an_alias_of_two_meanings_is_found(copy: Path) -> None:
    spoil(copy / "aliases" / "en.tsv", lambda text: text + "PYONGYANG\tsouth_korea\tname\n")
    assert any("pyongyang" in fault.told.lower() for fault in registry.alias_faults(Beat.load(str(copy))))


def test_an_alias_out_of_order_is_found(copy: Path) -> None:
    spoil(copy / "aliases" / "en.tsv", lambda text: text + "A late comer\tafp\tname\n")
    assert len(list(audit.order_faults(copy / "aliases" / "en.tsv"))) == 1


@pytest.mark.parametrize(
    ("found", "put"),
    [
        (' mm:country="KR"', ""),
        (' mm:affiliation="wire"', ""),
        (' mm:publisher="yonhap"', ""),
        (' mm:publisher="yonhap"', ' mm:publisher="nobody"'),
        (' language="en"', ""),
        ('mm:id="yonhap-en"', 'mm:id="tass-en"'),
    ],
)
def test_an_incomplete_feed_is_found(copy: Path, found: str, put: str) -> None:
    spoil(copy / "feeds.opml", lambda text: text.replace(found, put, 1))
    assert [fault for fault in first(lists.feed_faults(Beat.load(str(copy)))) if fault.grade == "fault"]
