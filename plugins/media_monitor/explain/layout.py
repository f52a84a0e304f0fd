"""An account cut into what a page shows one after the other: paragraphs, sentences, and stretches with their marks."""

from collections.abc import Iterator
from dataclasses import dataclass

from media_monitor.explain.account import Account, Passage
from media_monitor.explain.marks import Stretch, safe, stretches


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a sentence. `kind` is that of its most telling mark, "" without one; `target` is the ref of that
    mark's fact, "" for an entity; `note` tells all its marks."""

    text: str
    kind: str
    target: str
    note: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence. `facts` are (ref, id) of the statements and events in it, `gap` what stands before it on its line."""

    number: int
    gap: str
    facts: tuple[tuple[str, str], ...]
    words: tuple[Words, ...]


def paragraphs(account: Account) -> Iterator[list[Sentence]]:
    """The title, then the paragraphs of the text."""
    waiting: list[Sentence] = []
    last = 0
    for passage in account.passages:
        if passage.start == passage.end:
            continue
        between = account.text[last : passage.start]
        if waiting and "\n" in between:
            yield waiting
            waiting = []
        waiting.append(_sentence(account, passage, between if waiting else ""))
        last = passage.end
    if waiting:
        yield waiting


def _sentence(account: Account, passage: Passage, gap: str) -> Sentence:
    inside = [fact for fact in account.facts if passage.start <= fact.start < passage.end]
    words = tuple(_words(account, piece) for piece in stretches(passage, account.marks))
    return Sentence(passage.number, safe(gap), tuple((fact.ref, fact.fact_id) for fact in inside), words)


def _words(account: Account, piece: Stretch) -> Words:
    text = safe(account.text[piece.start : piece.end])
    if not piece.marks:
        return Words(text, "", "", "")
    note = safe("; ".join(dict.fromkeys(mark.note for mark in piece.marks)))
    return Words(text, piece.marks[0].kind, piece.marks[0].fact, note)
