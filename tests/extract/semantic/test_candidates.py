"""Which clauses are open: what the rules decide is not, and each clause is the stored text of its span."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_monitor.beat import Beat
from media_monitor.extract.document import Document, Reading
from media_monitor.extract.facts import Facts, traced
from media_monitor.extract.grammar.lexicon import lexicon
from media_monitor.extract.reading import read
from media_monitor.extract.semantic.candidates import LONGEST, SHORTEST, Candidate, candidates
from media_monitor.extract.semantic.decide import left
from media_monitor.extract.statements.lore import lore

BEAT = Beat.load("dprk_russia")
GOLD = Path(__file__).resolve().parents[2] / "gold"
STORY = "North Korea has sent soldiers to Russia, South Korea's defence ministry said."


def opened(document: Document) -> tuple[Reading, Facts, list[Candidate]]:
    reading = read(document, BEAT)
    words = lexicon(reading.language)
    assert reading.relevant
    assert words is not None
    found = traced(reading, BEAT)
    return reading, found, list(candidates(found.lines, found.heard, reading, words, lore(BEAT)))


def english(text: str) -> list[Candidate]:
    return opened(Document("d", "North Korean soldiers in Russia", f"{STORY} {text}", "en"))[2]


def items() -> Iterator[Document]:
    for path in sorted(GOLD.glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()[:12]):
            if row["relevant"]:
                yield Document(row["id"], row["title"], row["text"], row["language"])


def test_a_verb_that_the_rules_do_not_know_leaves_its_clause_open() -> None:
    text = "The Russian embassy guffawed over the North Korean soldiers."
    one = next(c for c in english(text) if c.text == text)
    assert one.kind == "unheard"
    assert [s.party for s in one.speakers] == ["RU"]
    assert ("RU", "troops_deployed") in {(f.party, c.claim_id) for t, f, c in left(one, [], lore(BEAT)) if t == "deny"}


def test_nothing_is_left_of_a_claim_that_the_rules_let_the_party_speak_on() -> None:
    _, found, opens = opened(Document("d", "North Korean soldiers in Russia", STORY, "en"))
    assert [(s.party, s.stance) for s in found.statements] == [("KR", "allege")]
    taken = {(t, f.party) for one in opens for t, f, _ in left(one, found.statements, lore(BEAT))}
    assert not taken & {("allege", "KR"), ("deny", "KR"), ("decline", "KR")}


@pytest.mark.parametrize("text", ["Are the North Korean soldiers in the Russian army?", "Kim left.", "(…)"])
def test_questions_and_scraps_are_not_open(text: str) -> None:
    assert text not in {c.text for c in english(text)}


def test_a_condition_asserts_nothing() -> None:
    text = "If Pyongyang sent soldiers to Russia, the French foreign minister mused, Europe would act."
    stances = {t for one in english(text) if "mused" in one.text for t, _, _ in left(one, [], lore(BEAT))}
    assert not stances & {"allege", "confirm"}


def test_nobody_takes_a_stance_that_is_not_theirs() -> None:
    for document in items():
        _, found, opens = opened_or_none(document)
        for one in opens:
            for took, figure, claim in left(one, found.statements, lore(BEAT)):
                own = figure.party in claim.parties
                assert own if took == "confirm" else (took not in ("allege", "condemn") or not own), document


def opened_or_none(document: Document) -> tuple[Reading, Facts, list[Candidate]]:
    reading = read(document, BEAT)
    return opened(document) if reading.relevant else (reading, Facts(), [])


def test_clauses_are_the_stored_text_of_their_spans_in_every_language() -> None:
    seen = set()
    for document in items():
        reading, _, opens = opened_or_none(document)
        for one in opens:
            start, end = reading.normal.span(*one.span)
            assert one.text in reading.text[start:end]
            assert one.line.start <= one.span[0] < one.span[1] <= one.line.end
            assert SHORTEST <= len(one.text) <= LONGEST
            seen.add(reading.language)
    assert seen == set(BEAT.languages)
