"""An account says of each fact which words made it, and of each act of speech without one why."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.explain.texts import DAY, TEXTS

from media_monitor.beat import Beat
from media_monitor.explain.account import Account, Mark, Passage
from media_monitor.explain.build import explain
from media_monitor.explain.marks import safe, stretches
from media_monitor.explain.reasons import Ground, of_model
from media_monitor.extract import facts
from media_monitor.extract.document import Document, read_gold
from media_monitor.extract.grammar.lexicon import lexicon
from media_monitor.extract.reading import read
from media_monitor.extract.semantic.model import chosen
from media_monitor.extract.statements.lore import lore

BEAT = Beat.load("dprk_russia")
GOLD = sorted((Path(__file__).parents[1] / "gold").glob("*.jsonl"))


def account(title: str, text: str = "", language: str | None = "en", published: date | None = DAY) -> Account:
    return explain(Document("d", title, text, language, published, "Northgate"), BEAT)


@pytest.mark.parametrize("language", TEXTS)
def test_each_language_is_explained_with_speaker_cue_and_claim(language: str) -> None:
    document, (party, stance, claim), cue = TEXTS[language]
    found = explain(document, BEAT)
    assert found.language == language
    refs = {
        f.ref for f in found.statements if f.code == stance and f.heading.split()[0] == party and claim in f.heading
    }
    assert refs, [f.heading for f in found.statements]
    marks = [m for m in found.marks if m.fact in refs]
    assert {m.kind for m in marks} == {"cue", "speaker", "claim"}
    cues = [m for m in marks if m.kind == "cue" and cue in found.text[m.start : m.end]]
    assert cues
    reasons = {f.ref: f.reason for f in found.statements}
    for mark in cues:
        assert found.text[mark.start : mark.end] in reasons[mark.fact]
        assert f"claim {claim}: " in reasons[mark.fact]


@pytest.mark.parametrize("language", TEXTS)
def test_the_account_has_the_facts_of_the_extraction_at_their_places(language: str) -> None:
    document, *_ = TEXTS[language]
    found = explain(document, BEAT)
    said, done = facts.facts(read(document, BEAT), BEAT)
    assert [(f.code, f.rule, f.confidence) for f in found.statements] == [
        (s.stance, s.rule, s.confidence) for s in said
    ]
    assert [(f.code, f.rule) for f in found.events] == [(e.type, e.rule) for e in done]
    for fact in found.facts:
        assert fact.surface == found.text[fact.start : fact.end]
        assert fact.reason
    for mark in found.marks:
        assert 0 <= mark.start < mark.end <= len(found.text)
    assert {m.fact for m in found.marks if m.kind != "entity"} <= {f.ref for f in found.facts}
    for one in found.entities:
        assert all(form in found.text for form in one.forms)


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_every_fact_and_every_silence_in_our_own_items_has_a_reason(path: Path) -> None:
    for document, _ in read_gold(path):
        found = explain(document, BEAT)
        for one in found.statements:
            claim = one.heading.split()[-1]
            assert f"claim {claim}" in one.reason, one
            assert "\n" not in one.reason
        assert all(event.reason for event in found.events)
        assert all(one.why for one in found.unmade)


def test_a_statement_of_a_model_is_told_from_one_of_rules() -> None:
    found = facts.traced(read(TEXTS["en"][0], BEAT), BEAT)
    one = replace(found.statements[0], rule="model:stance:1", confidence=0.87)
    english = lexicon("en")
    assert english is not None
    ground = Ground(read(TEXTS["en"][0], BEAT), lore(BEAT), english.grammar)
    reason = of_model(one, found.lines[0], "S1", ground)
    assert reason.words.startswith("model:stance:1: the clause reads as confirm with probability 0.87")
    assert "claim troops_in_combat: troops" in reason.words
    assert {m.kind for m in reason.marks} == {"speaker", "claim"}


def test_what_the_encoder_decides_is_a_statement_with_its_reason_and_no_silence() -> None:
    model = chosen("auto")
    if model is None:
        pytest.skip("the encoder cannot run here")
    accounts = [explain(document, BEAT, model) for path in GOLD[:4] for document, _ in read_gold(path)]
    decided = [(found, one) for found in accounts for one in found.statements if one.rule.startswith("model:")]
    assert decided
    for found, one in decided:
        assert one.reason.startswith(
            f"{one.rule}: the clause reads as {one.code} with probability {one.confidence:.2f}"
        )
        assert not [u for u in found.unmade if one.start <= u.start and u.end <= one.end]


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The Russian foreign minister spoke about the weather in North Korea.", "no word of a claim"),
        ("It was said that North Korea sent troops to Russia.", "nobody is named"),
        ("If North Korea sends troops to Russia, that would be reckless, the Kremlin said.", ""),
        ("Seoul said that North Korea may send troops to Russia.", "hypothetical («may»)"),
        ("South Korea praised the North Korean troops sent to Russia.", "only those whom the claim concerns"),
    ],
)
def test_an_act_of_speech_without_a_statement_says_why(sentence: str, why: str) -> None:
    found = account("North Korea and Russia sign a treaty", sentence)
    assert found.relevant
    assert [u for u in found.unmade if u.sentence == 1 and why in u.why] or (not why and found.statements), found.unmade


def test_a_statement_that_others_of_the_text_rule_out_is_told() -> None:
    found = account(
        "Kyiv confirms capture of North Korean soldiers in Russia's Kursk region",
        "Ukraine confirmed that it captured North Korean soldiers in Kursk. Ukraine alleged that North Korean troops "
        "fight for Russia in Kursk.",
    )
    kept = {fact.heading for fact in found.statements}
    assert "UA alleges troops_in_combat" not in kept
    assert any("UA allege troops_in_combat is left out" in one.why for one in found.unmade)


def test_a_stance_that_the_cue_does_not_say_is_explained() -> None:
    asserted = account("Seoul says North Korea sent troops to Russia")
    assert "KR is no party to the claim: its assertion alleges" in asserted.statements[0].reason
    refused = account("Kremlin did not publicly confirm that North Korea sent troops to Russia")
    assert refused.statements[0].code == "decline"
    assert "negated «not»" in refused.statements[0].reason


def test_relevance_is_told_by_what_was_weighed() -> None:
    found = account("North Korea sends troops to Russia")
    assert found.relevant
    assert sum(weight for _, weight in found.weights) == found.score >= 0
    alone = account("North Korea holds a parade")
    assert not alone.relevant
    assert "RU of the two sides is not named" in alone.notes[0]
    assert "no text beside the title" in alone.notes[1]
    assert [p.number for p in alone.passages] == [0]
    assert not alone.facts


def test_a_language_without_rules_and_an_undated_text_are_noted() -> None:
    found = account(
        "Korea Północna wysłała żołnierzy do Rosji, podał Seul w poniedziałek", language="pl", published=None
    )
    assert found.language == "pl"
    assert not found.facts
    assert "names are found" in " ".join(found.notes)
    assert "publication date not known" in " ".join(found.notes)
    assert "declared as pl, read as ru" in explain(replace(TEXTS["ru"][0], language="pl"), BEAT).notes


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ud800",
        "\u202eKremlin denies North Korean troops\u202c",
        "🚀" * 300,
        "<b>North Korea & Russia</b>",
        "\x00\x1b[31m",
        "x" * 9_000,
    ],
)
def test_any_text_has_an_account_that_is_json(text: str) -> None:
    for found in (account(text, text, None, None), account("North Korea sends troops to Russia", text)):
        assert json.loads(json.dumps(found.as_dict()))["text"] == found.text
        assert len(safe(found.text)) == len(found.text)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9), st.sampled_from(("entity", "cue", "claim"))), max_size=9)
)
def test_stretches_are_the_sentence_without_gap_or_overlap(spans: list[tuple[int, int, str]]) -> None:
    marks = [Mark(start, start + length, kind, "") for start, length, kind in spans]
    passage = Passage(1, 5, 25, ((5, 12), (12, 25)))
    pieces = list(stretches(passage, marks))
    assert [p.start for p in pieces] + [pieces[-1].end] == [5, *(p.end for p in pieces)]
    assert [p.start for p in pieces if p.cut] == [12]
    for piece in pieces:
        assert set(piece.marks) == {m for m in marks if m.start <= piece.start and piece.end <= m.end}
