"""What changed between two revisions of an article, as a short word diff for people and SQL.

`title: Two bridges [-closed-]{+reopened+}` and `text: … at least [-two-]{+three+} people were …`, in the notation of
wdiff and `git diff --word-diff`. Chinese and Japanese are compared by characters.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from media_monitor.model import Article

MOST_CHARACTERS = 1_500  # of a description; beyond it, how many changes are left out
_COMPARED_WORDS = 2_000  # difflib takes seconds beyond
_CONTEXT = 4  # words on either side of a change
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|[^\w\s]+")


@dataclass(frozen=True, slots=True)
class Content:
    """Title and text of a revision; None for a text that is not kept. `source` is as in the column `text_source`."""

    title: str
    text: str | None = None
    source: str | None = None


def described(articles: Sequence[Article], stored: Mapping[str, Content]) -> list[Article]:
    """The articles, those with a revision above 1 with `change`; `stored` is the last revision stored, by id.

    Revisions of one article stand in ascending order. Where the revision before is not known, nothing is said.
    """
    before = dict(stored)
    told = []
    for article in articles:
        now = Content(article.title, article.text, article.text_source)
        known = before.get(article.article_id)
        change = described_change(known, now) if known and article.revision > 1 else None
        told.append(replace(article, change=change))
        before[article.article_id] = now
    return told


def described_change(before: Content, now: Content) -> str:
    """The difference, one line for the title and one for the text, each where it changed.

    Texts are compared only where both are known and both are from the feed or both from the page.
    """
    lines = [("title", before.title, now.title)]
    if before.text is not None and (before.source or "feed") == (now.source or "feed"):
        lines.append(("text", before.text, now.text or ""))
    found = [f"{name}: {word_diff(old, new)}" for name, old, new in lines if old != new]
    return "\n".join(found) or "text: not compared"


def word_diff(before: str, now: str) -> str:
    """The changed words of `now` against `before`, with a few words around each.

    >>> word_diff("Two bridges closed for repairs", "Two bridges reopened after repairs")
    'Two bridges [-closed for-]{+reopened after+} repairs'
    """
    old, new = _spans(before), _spans(now)
    # Its heuristic on frequent words stays on: without it two texts of the same three words take minutes.
    opcodes = SequenceMatcher(None, [w for w, _, _ in old], [w for w, _, _ in new]).get_opcodes()
    hunks = list(_hunks(opcodes, before, now, old, new))
    if not hunks:
        return "spacing only" if len(old) < _COMPARED_WORDS else "beyond what is compared"
    return _bounded(hunks)


_Spans = list[tuple[str, int, int]]


def _spans(text: str) -> _Spans:
    found = []
    for token in _TOKEN.finditer(text):
        found.append((token[0], token.start(), token.end()))
        if len(found) == _COMPARED_WORDS:
            break
    return found


def _hunks(
    opcodes: Sequence[tuple[str, int, int, int, int]], before: str, now: str, old: _Spans, new: _Spans
) -> Iterator[str]:
    """Each change with the words before it; the words after the last belong to it."""
    for number, (kind, i, j, k, m) in enumerate(opcodes):
        if kind == "equal":
            continue
        lead = max(0, k - _CONTEXT) if number else k
        trail = min(len(new), m + _CONTEXT) if number + 1 < len(opcodes) else m
        taken, given = _piece(before, old, i, j), _piece(now, new, k, m)
        marks = (f"[-{taken}-]" if taken else "") + (f"{{+{given}+}}" if given else "")
        head, tail = _piece(now, new, lead, k), _piece(now, new, m, trail)
        dots = ("… " if lead > 0 else "", " …" if trail < len(new) else "")
        yield f"{dots[0]}{head}{' ' * bool(head)}{marks}{' ' * bool(tail)}{tail}{dots[1]}"


def _piece(text: str, spans: _Spans, start: int, end: int) -> str:
    return " ".join(text[spans[start][1] : spans[end - 1][2]].split()) if start < end else ""


def _bounded(hunks: Sequence[str]) -> str:
    shown: list[str] = []
    room = MOST_CHARACTERS
    for hunk in hunks:
        if len(hunk) > room and shown:
            return f"{' | '.join(shown)} | {len(hunks) - len(shown)} more"
        shown.append(hunk if len(hunk) <= room else f"{hunk[: room - 1]}…")
        room -= len(hunk) + 3
    return " | ".join(shown)
