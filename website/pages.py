"""The files, commands and outputs that stand in a page, for tests that run it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.M | re.S)


@dataclass(frozen=True, slots=True)
class Block:
    """A code block: its language, the file that it is (or ""), its text."""

    kind: str
    file: str
    text: str


def blocks(page: Path) -> Iterator[Block]:
    """The code blocks of the page, in order."""
    for kind, file, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        yield Block(kind, file, text)
