"""What the rules find in the sample feeds, against `expected.toml`, in the languages that have a lexicon."""

from functools import cache
from typing import Any

import pytest
from tests.beats.test_samples import BEAT, EXPECTED, FILES, MM, day, outlines, whole

from media_monitor.collect.formats.clean import plain_text
from media_monitor.extract import facts, reading
from media_monitor.extract.document import Document
from media_monitor.extract.grammar.lexicon import lexicon

# Share of the expected confirmations that the rules find, by language: never less than this.
FLOOR = {"en": 0.9, "ar": 0.9}
Triple = tuple[str, str, str]


@cache
def found() -> dict[str, tuple[str, frozenset[Triple]]]:
    """(language, triples of officials with all that they imply) by link."""
    feeds = {str(o.get("xmlUrl")).rpartition("/")[2]: o for o in outlines() if o.get("xmlUrl")}
    read: dict[str, tuple[str, frozenset[Triple]]] = {}
    for name in FILES:
        outlet, language = (
            feeds[name].get("text", ""),
            str(feeds[name].get(f"{MM}language") or feeds[name].get("language")),
        )
        if lexicon(language) is None:
            continue
        for item in whole(name):
            before = read.get(item["link"], (language, frozenset()))[1]
            read[item["link"]] = (language, before | triples(item, outlet, language))
    return read


def triples(item: dict[str, str], outlet: str, language: str) -> frozenset[Triple]:
    published = day(item["date"]) if item["date"] else None
    seen = reading.read(
        Document(item["link"], item["title"], plain_text(item["text"]), language, published, outlet), BEAT
    )
    said = facts.facts(seen, BEAT)[0] if seen.relevant else []
    return frozenset(t for s in said if s.role == "official" for t in closed(s.party, s.stance, s.claim))


def closed(party: str, stance: str, claim: str) -> list[Triple]:
    implied = () if stance == "deny" else BEAT.claims[claim].implies
    return [(party, stance, claim), *(t for i in implied for t in closed(party, stance, i))]


def named(rows: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return [(link, row) for row in rows for link in row["links"] if link in found()]


@pytest.mark.parametrize("row", EXPECTED["never_confirmed"], ids=lambda r: f"{r['party']}-{r['claim']}")
def test_what_nobody_confirms_is_not_confirmed(row: dict[str, str]) -> None:
    triple = (row["party"], "confirm", row["claim"])
    assert [link for link, (_, seen) in found().items() if triple in seen] == []


def test_no_trap_catches() -> None:
    caught = [
        (row["kind"], link, triple)
        for link, row in named(EXPECTED["trap"])
        for one in row["must_not"]
        if (triple := (one["party"], one["stance"], one["claim"])) in found()[link][1]
    ]
    assert caught == []


def test_no_confirmation_comes_before_its_day() -> None:
    days = {i["link"]: day(i["date"]) for name in FILES for i in whole(name) if i["date"]}
    early = [
        (row["party"], row["claim"], link)
        for row in EXPECTED["confirmation"]
        for link, (_, seen) in found().items()
        if (row["party"], "confirm", row["claim"]) in seen
        and days.get(link, row["since"]) < row.get("defensible", row["since"])
    ]
    assert early == []


@pytest.mark.parametrize("language", sorted(FLOOR))
def test_most_confirmations_are_found(language: str) -> None:
    wanted = [(link, row) for link, row in named(EXPECTED["confirmation"]) if found()[link][0] == language]
    hits = [link for link, row in wanted if (row["party"], "confirm", row["claim"]) in found()[link][1]]
    assert len(hits) >= FLOOR[language] * len(wanted)
