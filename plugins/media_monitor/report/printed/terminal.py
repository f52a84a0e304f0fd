"""The terminal, to which no text can give orders: what is printed came from feeds, servers and files of strangers."""

import re
from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

# Controls (ESC and CSI begin orders to a terminal) and marks that turn the direction of what follows; rich counts them
# as no cell wide, so that tables stay straight without them.
_ORDERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Terminal(Console):
    """A console whose only control characters are those of rich itself."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The segments of what is to be shown, their texts without orders to the terminal."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(_ORDERS.sub("", segment.text), segment.style)


def written(text: str) -> str:
    r"""JSON with such characters as escapes, which mean the same.

    >>> written('"a\x9b31m"')
    '"a\\u009b31m"'
    """
    return _ORDERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
