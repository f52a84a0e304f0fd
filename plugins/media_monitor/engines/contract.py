"""What an engine is asked and what it answers."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

Work = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]
"""The function. It must survive pickling, and may run more than once on an item: it changes nothing anywhere."""

ATTEMPTS = 3  # times that an item is tried whose process died; then the item is taken for the cause


@dataclass(frozen=True, slots=True)
class Done:
    """What became of the item of that number: the batches made of it, or why there are none."""

    number: int
    batches: tuple[pa.RecordBatch, ...] = ()
    fault: str | None = None


class Engine(Protocol):
    """Runs a function on items."""

    def run(self, work: Work, schema: pa.Schema, items: Iterable[pa.RecordBatch], /) -> Iterator[Done]:
        """What became of each item, in the order in which they were done. `schema` is that of the batches made.

        Items are taken as they are needed, and no more results are held than there are places to run. An item over
        which the function raises, or its process dies again and again, comes with its fault and stops no other.
        """
