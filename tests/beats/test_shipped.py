"""Every beat that comes with the package is whole, and its samples are read as an attentive reader takes them."""

import pytest
from tests.beats import audit
from tests.beats.shipped import NAMES, expected, found

from media_monitor.audit.check import check
from media_monitor.beat import Beat
from media_monitor.collect.lists.feeds import load_feeds
from media_monitor.watch.rules import alerts_file

pytestmark = pytest.mark.parametrize("name", NAMES)


def test_no_entry_is_incomplete(name: str) -> None:
    assert [fault for fault in check(name) if fault.grade == "fault"] == []


def test_each_language_has_its_names_in_order(name: str) -> None:
    beat = Beat.load(name)
    assert {path.stem for path in (beat.folder / "aliases").iterdir()} == set(beat.languages)
    for language in beat.languages:
        assert list(audit.order_faults(beat.folder / "aliases" / f"{language}.tsv")) == []


def test_metonyms_are_a_government_and_its_capital(name: str) -> None:
    beat = Beat.load(name)
    for alias in beat.aliases:
        if alias.kind == "metonym":
            kinds = [beat.entities[target].kind for target in alias.targets]
            assert kinds in (["country", "place"], ["organisation"]), alias


def test_each_language_has_feeds_and_the_rules_alert_on_first_confirmations(name: str) -> None:
    beat = Beat.load(name)
    assert {feed.language for feed in load_feeds(beat, None)} == set(beat.languages)
    assert "first_confirmation" in {rule.on for rule in alerts_file.load(beat).rules}


def test_expected_rows_use_the_words_of_the_registry(name: str) -> None:
    beat, told = Beat.load(name), expected(name)
    parties = {entity.party for entity in beat.entities.values()}
    assert all(row["party"] in beat.claims[row["claim"]].parties for row in told["confirmation"])
    assert all(row["claim"] in beat.claims and row["party"] in parties for row in told["stance"])
    linked = [link for row in (*told["confirmation"], *told["stance"]) for link in row["links"]]
    assert set(linked) | set(told["off_topic"]) <= set(found(name))


def test_what_is_off_topic_is_not_relevant(name: str) -> None:
    assert [link for link in expected(name)["off_topic"] if found(name)[link][0]] == []


def test_each_confirmation_is_found_and_none_that_nobody_made(name: str) -> None:
    claims = Beat.load(name).claims
    said = {(party, claim) for _, seen in found(name).values() for party, stance, claim in seen if stance == "confirm"}
    said |= {(party, implied) for party, claim in said for implied in claims[claim].implies}
    wanted = {(row["party"], row["claim"]) for row in expected(name)["confirmation"]}
    assert wanted <= said
    assert said & {(row["party"], row["claim"]) for row in expected(name)["never_confirmed"]} == set()
