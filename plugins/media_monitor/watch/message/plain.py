"""A message as plain text: for mail programs without HTML, chats and text messages.

Every line begins with a word of ours, for programs take the direction of a line from its first word.
"""

from collections.abc import Iterable, Sequence

from media_monitor.watch.message.bidi import isolated
from media_monitor.watch.message.content import Branch, Content, Fact, Foreign, Link, Part, Quote

INDENT = "  "


def text(content: Content) -> str:
    """The whole message."""
    return f"{body(content)}\n\n{content.footer}\n"


def body(content: Content) -> str:
    """The message without its footer."""
    blocks = [
        [content.headline],
        _quoted(content.quote),
        _facts(content.facts),
        ["Sources", *_branches(content.tree, 1)] if content.tree else [],
        [f"{link.label}: {link.url}" for link in content.links],
        [f"Evidence: run `{content.command}`"] if content.command else [],
    ]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def plain(parts: Iterable[Part]) -> str:
    """The parts on one line, foreign words isolated from ours."""
    return "".join(_plain(part) for part in parts)


def _plain(part: Part) -> str:
    if isinstance(part, Foreign):
        return isolated(part.words)
    return part.url if isinstance(part, Link) else part


def _quoted(quote: Quote | None) -> list[str]:
    if quote is None:
        return []
    lines = [f"Words: “{isolated(quote.words.words)}”"]
    if quote.translation and quote.translation.words:
        lines.append(f"In translation: “{isolated(quote.translation.words)}” ({quote.translation.note})")
    elif quote.translation:
        lines.append(f"({quote.translation.note})")
    return [*lines, f"({quote.rest})"] if quote.rest else lines


def _facts(facts: Sequence[Fact]) -> list[str]:
    width = max((len(fact.label) for fact in facts), default=0)
    return [f"{fact.label:<{width}}  {plain(fact.parts)}" for fact in facts]


def _branches(branches: Sequence[Branch], depth: int) -> list[str]:
    lines = []
    for branch in branches:
        lines += [f"{INDENT * depth}{plain(branch.parts)}", *_branches(branch.below, depth + 1)]
    return lines
