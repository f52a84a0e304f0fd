"""Several alerts in one message."""

from collections.abc import Sequence
from html import escape

from media_monitor.watch.message import blocks, html, plain
from media_monitor.watch.message.bidi import cut
from media_monitor.watch.message.brief import LONGEST, brief
from media_monitor.watch.message.content import Content, Message

LONGEST_SUBJECT = 150
MOST_SECTIONS = 40  # of the 50 blocks that a message may have


def digest(contents: Sequence[Content], beat: str, key: str) -> Message:
    """The message. Its subject names the first alert and counts the others."""
    count = f"{len(contents)} alerts"
    subject = cut(f"{count}: {contents[0].headline}{' …' if len(contents) > 1 else ''}", LONGEST_SUBJECT)
    footer = f"Digest of the beat {beat}, {count}. Message key {key}: the same key is the same message."
    return Message(
        subject,
        _text(count, contents, footer),
        html.page(count, "\n".join(_entry(content) for content in contents), footer),
        _blocks(count, contents, footer),
        _brief(contents),
    )


def _text(count: str, contents: Sequence[Content], footer: str) -> str:
    parts = [f"{number}. {plain.body(content)}" for number, content in enumerate(contents, 1)]
    return "\n\n".join([count, *parts, footer]) + "\n"


def _entry(content: Content) -> str:
    return f'<h2 class="one">{escape(content.headline)}</h2>\n{html.body(content)}'


def _blocks(count: str, contents: Sequence[Content], footer: str) -> list[blocks.Block]:
    shown = [blocks.section(content) for content in contents[:MOST_SECTIONS]]
    left = len(contents) - len(shown)
    more = (
        [blocks.context(f"and {left} more; all of them stand in the mail and in `media-monitor alert`")] if left else []
    )
    return [blocks.header(count), *shown, *more, blocks.context(footer)]


def _brief(contents: Sequence[Content]) -> str:
    lines = [f"{len(contents)} alerts", *(content.headline for content in contents)]
    while len("\n".join(lines)) > LONGEST and len(lines) > 2:
        lines = [*lines[:-2], "…"] if lines[-1] == "…" else [*lines[:-1], "…"]
    return "\n".join(lines) if len(contents) > 1 else brief(contents[0])
