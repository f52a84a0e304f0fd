"""A message as blocks of Slack's Block Kit, within its limits, with nothing of a feed taken for markup or a mention.

Limits: https://docs.slack.dev/reference/block-kit/blocks (50 blocks, 3,000 characters of text, 150 of a header, 10
fields of 2,000).
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from media_monitor.watch.message.bidi import cut, isolated
from media_monitor.watch.message.content import Branch, Content, Fact, Foreign, Link, Part, Quote

MOST_BLOCKS, LONGEST_TEXT, LONGEST_HEADER, MOST_FIELDS, LONGEST_FIELD = 50, 3000, 150, 10, 2000
Block = dict[str, Any]

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_MARKS = re.compile(r"[*_~`]")
_NO_MARK = "\u200b"  # before a mark of formatting it takes its meaning away
_INDENT, _BULLET = "\u2003", "•"  # Slack drops ordinary spaces at the start of a line


def blocks(content: Content) -> list[Block]:
    """The whole message."""
    links = "   ".join(_link(link) for link in content.links)
    command = f"Evidence: run {_ours(content.command)}" if content.command else ""
    told = [
        _section(_quoted(content.quote)) if content.quote else None,
        *_fields(content.facts),
        _section(["*Sources*", *_branches(content.tree, 0)]) if content.tree else None,
        _section([part for part in (links, command) if part]),
        context(content.footer),
    ]
    return [header(content.headline), *(block for block in told if block)]


def header(headline: str) -> Block:
    """A heading."""
    return {"type": "header", "text": {"type": "plain_text", "text": cut(headline, LONGEST_HEADER), "emoji": False}}


def context(words: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [_text(_ours(words))]}


def section(content: Content) -> Block:
    """An alert of a digest as one block."""
    who, said = content.fact("Who"), content.fact("Said")
    lines = [f"*{_ours(content.headline)}*"]
    lines += _quoted(content.quote) if content.quote else []
    lines += [_marked((*who.parts, ", ", *said.parts))] if who and said else []
    lines += ["   ".join(_link(link) for link in content.links)] if content.links else []
    return {"type": "section", "text": _text(_fitting(lines))}


def _section(lines: Sequence[str]) -> Block | None:
    return {"type": "section", "text": _text(_fitting(lines))} if lines else None


def _text(markdown: str) -> Block:
    # verbatim: addresses, names of channels and mentions in the text stay text.
    return {"type": "mrkdwn", "text": markdown, "verbatim": True}


def _fitting(lines: Sequence[str], limit: int = LONGEST_TEXT) -> str:
    """The lines that fit as a whole: a line cut in its middle could lose the end of an entity or link."""
    kept: list[str] = []
    for line in lines:
        if sum(map(len, kept)) + len(kept) + len(line) > limit - 2:
            return "\n".join([*kept, "…"])
        kept.append(line)
    return "\n".join(kept)


def _fields(facts: Sequence[Fact]) -> list[Block]:
    fields = [_text(_fitting([f"*{fact.label}*", _marked(fact.parts)], LONGEST_FIELD)) for fact in facts]
    return [{"type": "section", "fields": fields[i : i + MOST_FIELDS]} for i in range(0, len(fields), MOST_FIELDS)]


def _quoted(quote: Quote) -> list[str]:
    lines = [f"> “{_foreign(quote.words)}”"]
    if quote.translation and quote.translation.words:
        lines.append(f"> “{_foreign(Foreign(quote.translation.words))}”")
    notes = [quote.translation.note] if quote.translation else []
    return [*lines, *(f"_{_ours(note)}_" for note in (*notes, quote.rest) if note)]


def _branches(branches: Sequence[Branch], depth: int) -> list[str]:
    lines = []
    for branch in branches:
        lines += [f"{_INDENT * 2 * depth}{_BULLET} {_marked(branch.parts)}", *_branches(branch.below, depth + 1)]
    return lines


def _marked(parts: Iterable[Part]) -> str:
    return "".join(_part(part) for part in parts)


def _part(part: Part) -> str:
    if isinstance(part, Foreign):
        return _foreign(part)
    return _link(part) if isinstance(part, Link) else _ours(part)


def _foreign(part: Foreign) -> str:
    return _MARKS.sub(lambda mark: f"{_NO_MARK}{mark[0]}", isolated(part.words)).translate(_ENTITIES)


def _ours(words: str) -> str:
    return words.translate(_ENTITIES)


def _link(link: Link) -> str:
    return f"<{link.url.replace('&', '&amp;')}|{_ours(link.label)}>"
