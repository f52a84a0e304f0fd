"""A feed's document that tells how long it took: processor time, which a busy machine does not lengthen."""

import time
from dataclasses import dataclass

from media_monitor.collect.reading import Document, Reading


@dataclass(frozen=True, slots=True)
class Timed:
    """A reading, and the seconds of processor time that it took."""

    reading: Reading
    seconds: float


@dataclass(frozen=True, slots=True)
class TimedDocument:
    """What the sandbox reads."""

    document: Document

    def read(self) -> Timed:
        start = time.process_time()
        reading = self.document.read()
        return Timed(reading, time.process_time() - start)

    def failed(self, reason: str) -> Timed:
        return Timed(self.document.failed(reason), 0.0)
