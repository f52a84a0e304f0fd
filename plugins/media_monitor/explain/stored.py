"""The account of a stored article as it was stored: only facts that are, each with its reason where rules tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from media_monitor.beat import Beat
from media_monitor.explain import build
from media_monitor.explain.account import Account, Fact, Mark
from media_monitor.extract.batch import document_of
from media_monitor.model import Article

_Rows = Sequence[Mapping[str, Any]]
UNTOLD = "the rules of now do not tell it: it was made by a model, or by another version of the rules"


def account(article: Article, statements: _Rows, events: _Rows, beat: Beat) -> Account:
    """The account; `statements` and `events` are the stored rows of this revision.

    The text is read again by rules, without a model, which takes milliseconds. What they find and what is not stored
    (quarantined, or found by newer rules) is left out; what is stored and what they do not find has no reason.

    Raises:
        BeatError: a file of the beat or of a lexicon is faulty.
    """
    read = build.explain(document_of(article), beat)
    said = _kept(read.statements, "S", "statement_id", statements, read.text, beat)
    done = _kept(read.events, "E", "event_id", events, read.text, beat)
    refs = {old.ref: new.ref for old, new in _pairs(read.facts, (*said, *done))}
    marks = [replace(m, fact=refs.get(m.fact, "")) for m in read.marks if not m.fact or m.fact in refs]
    told = {fact.fact_id for fact in read.facts}
    marks += [Mark(f.start, f.end, "claim", f.heading, f.ref) for f in (*said, *done) if f.fact_id not in told]
    return replace(read, statements=said, events=done, marks=tuple(marks))


def _pairs(old: Sequence[Fact], new: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    by_id = {fact.fact_id: fact for fact in new}
    return [(fact, by_id[fact.fact_id]) for fact in old if fact.fact_id in by_id]


def _kept(found: Sequence[Fact], letter: str, key: str, rows: _Rows, text: str, beat: Beat) -> tuple[Fact, ...]:
    """The facts of the rows, numbered in their order."""
    known = {fact.fact_id: fact for fact in found}
    facts = []
    for number, row in enumerate(rows, 1):
        fact = known.get(row[key]) or (_said(row, beat) if letter == "S" else _done(row))
        facts.append(replace(fact, ref=f"{letter}{number}", rule=row["rule"], confidence=row["confidence"]))
    return tuple(fact for fact in facts if fact.end <= len(text))


def _said(row: Mapping[str, Any], beat: Beat) -> Fact:
    claim = beat.claims.get(row["claim"])
    heading = f"{row['party']} {build.STANCES.get(row['stance'], row['stance'])} {row['claim']}"
    values = {
        "claim": claim.title if claim else row["claim"],
        "speaker": f"«{row['speaker']}» ({row['party']}, {row['role']})",
        "quote": row["quote"] or "",
        "said on": str(row["said_on"] or ""),
    }
    return _fact(row["statement_id"], row["stance"], heading, row, values)


def _done(row: Mapping[str, Any]) -> Fact:
    heading = f"{row['type']}: {row['actor_party']} → {row['recipient_party']}"
    return _fact(row["event_id"], row["type"], heading, row, {"when": str(row["event_date"] or "")})


def _fact(fact_id: str, code: str, heading: str, row: Mapping[str, Any], values: Mapping[str, str]) -> Fact:
    shown = tuple((label, value) for label, value in values.items() if value)
    place = (row["sentence"], row["start"], row["end"], row["surface"])
    return Fact("", fact_id, code, heading, *place, shown, row["rule"], row["confidence"], UNTOLD)
