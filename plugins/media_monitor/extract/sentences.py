"""Sentences of an article with exact spans.

A title or sub-head ends without a full stop, so a line is never joined with the next; inside a line sentencex
decides, and a full stop inside an open quotation ends nothing.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its number from 0 (the title), and its span in title + line feed + text, without outer spaces."""

    number: int
    start: int
    end: int
    text: str


def split(text: str, language: str | None) -> tuple[Sentence, ...]:
    """The sentences of title + line feed + text, in order; sentence 0 is the first line, the title, even when empty."""
    raise NotImplementedError
