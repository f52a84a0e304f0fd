"""Values of a result as JSON has them, cut where they are too long to be shown."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Any

MOST_ITEMS = 200  # of a list or struct that is cut
_EXACT = 15  # digits that a float keeps


class Cutter:
    """Makes values plain. `longest` is the most characters of a text; None cuts nothing. `cut` counts what was cut."""

    def __init__(self, longest: int | None) -> None:
        self.longest = longest
        self.cut = 0

    def row(self, values: Sequence[Any]) -> list[Any]:
        """The values of a row; a cell of which anything was cut counts once."""
        return [self._cell(value) for value in values]

    def _cell(self, value: Any) -> Any:
        marks: list[bool] = []
        plain = self._plain(value, lambda: marks.append(True))
        self.cut += bool(marks)
        return plain

    def _plain(self, value: Any, mark: Callable[[], None]) -> Any:
        if value is None or isinstance(value, bool | int):
            return value
        if isinstance(value, float):
            return value if isfinite(value) else str(value)
        if isinstance(value, Decimal):
            return float(value) if value.is_finite() and len(value.as_tuple().digits) <= _EXACT else str(value)
        if isinstance(value, date | datetime | time):
            return value.isoformat()
        if isinstance(value, list | tuple):
            return [self._plain(one, mark) for one in self._few(list(value), mark)]
        if isinstance(value, dict):
            return {str(key): self._plain(one, mark) for key, one in self._few(list(value.items()), mark)}
        return self._text(value.hex() if isinstance(value, bytes) else str(value), mark)

    def _few(self, items: list[Any], mark: Callable[[], None]) -> list[Any]:
        if self.longest is None or len(items) <= MOST_ITEMS:
            return items
        mark()
        return items[:MOST_ITEMS]

    def _text(self, text: str, mark: Callable[[], None]) -> str:
        if self.longest is None or len(text) <= self.longest:
            return text
        mark()
        return f"{text[: self.longest]}… (cut, of {len(text):,} characters)"
