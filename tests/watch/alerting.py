"""When alerts are raised in the tests of them, by which rules, and what of them is compared."""

from datetime import UTC, datetime

from media_monitor.model import Alert
from media_monitor.watch.rules.rulebook import WORDS, plain

NOW = datetime(2025, 4, 28, 18, tzinfo=UTC)
LATER = datetime(2025, 5, 3, 10, tzinfo=UTC)
EVERY = plain(WORDS)


def told(found: list[Alert]) -> list[tuple[str, str]]:
    return [(a.kind, a.subject) for a in found]
