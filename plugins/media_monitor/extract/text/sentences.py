"""Sentences of an article with exact spans.

A title or sub-head ends without a full stop, so a line is never joined with the next; inside a line sentencex
decides, and a full stop inside a quotation ends nothing. The first line, the title, is one sentence.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from sentencex import get_sentence_boundaries

from media_monitor.extract.text.normalise import SURROGATE

# A longer quotation is a speech: its sentences stay apart.
LONGEST_QUOTATION = 600
# Longer ones are no prose; cut, so that what compares words within a sentence stays quick.
LONGEST_SENTENCE = 2_000
_TICKER = re.compile(r"\+{3,}")
_CLOSING = {"“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "《": "》", '"': '"'}
_ENDS_QUOTED = re.compile('[”“»」』"][.,，]?$')
# What follows a quotation without a space: a Korean particle, a Japanese one, or Chinese "he said".
_ATTACHED = re.compile("[\uac00-\ud7a3\u3041-\u309f]")
# No sentence begins with a small letter: what ended was an abbreviation, or a question inside a sentence.
_LOWER_CASE = re.compile("\\s*[a-zß-öø-ÿа-яёіїєґ]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its number from 0 (the title), and its span in title + line feed + text, without outer spaces."""

    number: int
    start: int
    end: int
    text: str


def split(text: str, language: str | None) -> tuple[Sentence, ...]:
    """The sentences of title + line feed + text, in order; sentence 0 is the first line, the title, even when empty."""
    title, _, _ = text.partition("\n")
    spans = [_stripped(text, 0, len(title))]
    start = len(title) + 1
    for line in text[start:].split("\n"):
        for low, high in _items(line):
            inner = (
                _stripped(text, start + low + a, start + low + b) for a, b in _of_line(line[low:high], language or "en")
            )
            spans.extend(piece for a, b in inner for piece in _cut(text, a, b))
        start += len(line) + 1
    return tuple(Sentence(number, a, b, text[a:b]) for number, (a, b) in enumerate(spans))


def _items(line: str) -> Iterator[tuple[int, int]]:
    """The items of a ticker, which "+++" parts; the whole line where there is none."""
    edges = [0, *(at for m in _TICKER.finditer(line) for at in m.span()), len(line)]
    yield from ((a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span in pieces of bearable length, cut at spaces where there are any."""
    while end - start > LONGEST_SENTENCE:
        edge = text.rfind(" ", start + 1, start + LONGEST_SENTENCE) + 1 or start + LONGEST_SENTENCE
        yield _stripped(text, start, edge)
        start, _ = _stripped(text, edge, end)
    if start < end:
        yield start, end


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _of_line(line: str, language: str) -> Iterator[tuple[int, int]]:
    if not line or line.isspace():
        return
    start = 0
    closed = list(_quotations(line))
    quoted = [(a, b) for a, b in closed if b - a <= LONGEST_QUOTATION]
    # sentencex takes no unpaired surrogate.
    plain = _without_speeches(SURROGATE.sub("\ufffd", line), closed)
    for boundary in get_sentence_boundaries(language, plain):
        end = boundary["end_index"]
        if end < len(line) and not _within(quoted, end) and not _goes_on(line, start, end):
            yield start, end
            start = end
    yield start, len(line)


def _quotations(line: str) -> Iterator[tuple[int, int]]:
    """Spans of the outermost quotations that are closed in the line."""
    start, closing = -1, ""
    for match in re.finditer('[“”„«»「」『』《》"]', line):
        at = match.start()
        if start >= 0 and match.group() in closing:
            yield start, at + 1
            start = -1
        elif start < 0 and match.group() in _CLOSING:
            start, closing = at, _CLOSING[match.group()]


def _without_speeches(line: str, quotations: list[tuple[int, int]]) -> str:
    """The line without the marks of long quotations, in which sentencex would find no sentence."""
    marks = {at for start, end in quotations if end - start > LONGEST_QUOTATION for at in (start, end - 1)}
    return "".join(" " if at in marks else c for at, c in enumerate(line)) if marks else line


def _within(quoted: list[tuple[int, int]], position: int) -> bool:
    before = bisect_left(quoted, (position,)) - 1
    return before >= 0 and position < quoted[before][1]


def _goes_on(line: str, start: int, end: int) -> bool:
    """Whether the sentence goes on after the abbreviation or quotation that ends here."""
    if _LOWER_CASE.match(line, end):
        return True
    if not _ENDS_QUOTED.search(line, start, end):
        return False
    return bool(_ATTACHED.match(line, end)) or (line[start] in _CLOSING and not line[end].isspace())
