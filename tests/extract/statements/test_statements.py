"""Statements: the case files of each language, and the type specimen of the gold set where it is at hand."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from media_monitor.beat import Beat
from media_monitor.extract import reading
from media_monitor.extract.document import Document, read_gold
from media_monitor.extract.statements.build import statements
from media_monitor.model import Statement

ROOT = Path(__file__).resolve().parents[3]
CASES = ROOT / "tests" / "cases"
SEED = ROOT.parent / "shared" / "gold" / "seed.jsonl"


@cache
def beat() -> Beat:
    return Beat.load("dprk_russia")


def cases(kind: str) -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*/statements.json")):
        rows = json.loads(path.read_text(encoding="utf-8"))[kind]
        found += [pytest.param(path.parent.name, row, id=f"{path.parent.name}-{i}") for i, row in enumerate(rows)]
    return found


def made(language: str, row: dict[str, Any]) -> list[Statement]:
    document = Document("case", row["title"], row.get("text", ""), language, date(2025, 4, 28), row.get("outlet", ""))
    return statements(reading.read(document, beat()), beat())


def closed(found: list[Statement]) -> set[str]:
    """The official triples with all that they imply, as the gold set is scored."""
    triples = set()
    for one in found:
        pending = [one.claim] if one.role == "official" else []
        while pending:
            claim = pending.pop()
            triples.add(f"{one.party} {one.stance} {claim}")
            pending += () if one.stance == "deny" else beat().claims[claim].implies
    return triples


@pytest.mark.parametrize(("language", "row"), cases("positive"))
def test_says_what_is_said(language: str, row: dict[str, Any]) -> None:
    assert set(row["expect"]) <= closed(made(language, row))


@pytest.mark.parametrize(("language", "row"), cases("negative"))
def test_says_nothing_that_is_not_said(language: str, row: dict[str, Any]) -> None:
    assert not set(row["forbid"]) & closed(made(language, row))


@pytest.mark.parametrize(("language", "row"), cases("known_failures"))
@pytest.mark.xfail(reason="known failure", strict=True)
def test_known_failure(language: str, row: dict[str, Any]) -> None:
    assert set(row["expect"]) <= closed(made(language, row))


@pytest.mark.parametrize(("language", "row"), cases("positive"))
def test_every_span_is_the_text_it_says(language: str, row: dict[str, Any]) -> None:
    text = f"{row['title']}\n{row.get('text', '')}"
    for one in made(language, row):
        assert text[one.start : one.end] == one.surface
        assert one.surface.strip() == one.surface
        assert one.speaker in text


def test_the_same_text_gives_the_same_ids() -> None:
    row = {"title": "Pyongyang admits its soldiers fought in Kursk"}
    first, second = made("en", row), made("en", row)
    assert first == second
    assert len({s.statement_id for s in first}) == len(first)


def test_a_quotation_its_date_and_its_source_are_kept() -> None:
    text = 'Citing TASS, Peskov said on 26 April that North Korean troops "fought bravely" in Kursk.'
    found = made("en", {"title": "Kremlin", "text": text, "outlet": "The Example"})
    confirmed = next(s for s in found if s.stance == "confirm" and s.party == "RU" and s.speaker_id == "dmitry_peskov")
    assert confirmed.quote == "fought bravely"
    assert confirmed.said_on == date(2025, 4, 26)
    assert confirmed.via == ("The Example", "tass")


def test_the_day_that_opens_a_sentence_holds_for_the_next_of_its_speaker() -> None:
    text = (
        "On Saturday Gerasimov said that North Korean soldiers fought in Kursk. "
        "He praised the bravery of the North Korean soldiers in Kursk. "
        "Seoul condemned the deployment of North Korean troops to Russia."
    )
    days = {(s.party, s.stance): s.said_on for s in made("en", {"title": "War update", "text": text})}
    assert days["RU", "confirm"] == days["RU", "praise"] == date(2025, 4, 26)
    assert days["KR", "condemn"] == date(2025, 4, 28)


def test_the_source_chain_names_neither_the_speaker_nor_the_outlet_twice() -> None:
    text = "North Korean soldiers fought in Kursk, KCNA said. According to TASS, Peskov confirmed that they fought."
    found = made("en", {"title": "War update", "text": text, "outlet": "TASS"})
    assert {s.via for s in found if s.party == "RU"} == {("TASS",)}
    own = made(
        "en", {"title": "Soldiers", "text": "North Korean soldiers fought in Kursk for Russia.", "outlet": "KCNA"}
    )
    assert {(s.speaker, s.via) for s in own} == {("KCNA", ())}


def test_a_speaker_has_no_entity_of_another_party() -> None:
    text = "The west condemned the deployment of North Korean troops to Russia. Seoul condemned it, too."
    for one in made("en", {"title": "War update", "text": text}):
        assert one.speaker_id is None or beat().entities[one.speaker_id].party == one.party


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moscow's first public admission that North Korean soldiers fought in Kursk came late.", {"RU confirm"}),
        ("The admission that North Korean soldiers fought in Kursk for Russia came late.", set()),
        ("North Korean soldiers fight for Russia, the defence ministry in Kyiv said.", {"UA allege"}),
        ("North Korean soldiers fight for Russia, a spokesman said.", set()),
        ("Seoul said that North Korean soldiers fight in Kursk, and warned Moscow.", {"KR allege"}),
        ("What Seoul said about North Korean soldiers who fight for Russia was dismissed.", set()),
    ],
)
def test_whose_word_it_is(text: str, expected: set[str]) -> None:
    found = {f"{s.party} {s.stance}" for s in made("en", {"title": "War update", "text": text}) if s.role == "official"}
    assert found == expected


def test_an_organ_speaks_for_its_state_in_its_own_article() -> None:
    row = {"title": "Delegation", "text": "A delegation visited Russia from the DPRK.", "outlet": "KCNA"}
    assert "KP confirm visit" in closed(made("en", row))
    assert "KP confirm visit" not in closed(made("en", {**row, "outlet": "The Example"}))


def test_a_language_without_a_lexicon_gives_no_statement() -> None:
    assert made("xx", {"title": "zzz zzz"}) == []


@pytest.mark.skipif(not SEED.exists(), reason="the gold set is not at hand")
def test_the_type_specimen_gives_most_of_its_statements_and_few_wrong_ones() -> None:
    ((document, row),) = read_gold(SEED)
    found = closed(statements(reading.read(document, beat()), beat()))
    wanted = {f"{s['party']} {s['stance']} {s['claim']}" for s in row["statements"]}
    implied = {t.replace("troops_in_combat", "troops_deployed") for t in wanted}
    assert len(wanted & found) >= 12
    assert len(found - wanted - implied) <= 2
