"""What suites of feed files came to, as plain values."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from media_monitor.collect.formats.suites import Outcome, Suite


def as_values(suites: Sequence[Suite]) -> list[dict[str, Any]]:
    """A row a suite with its numbers, kinds of faults, and the files behind every loss, crash, hang and refusal."""
    return [
        {
            "suite": suite.name,
            "files": len(suite.of()),
            "skipped": len(suite.of("skipped")),
            "read": len(suite.of("read")),
            "entries": sum(outcome.entries for outcome in suite.outcomes),
            "counted": sum(outcome.expected or 0 for outcome in suite.outcomes),
            "faults": dict(suite.faults.most_common()),
            "lost": [_plain(outcome) for outcome in suite.lost],
            "crashes": [_plain(outcome) for outcome in suite.of("crash")],
            "hangs": [_plain(outcome) for outcome in suite.of("hang")],
            "no_feed": [_plain(outcome) for outcome in suite.of("no feed")],
            "held": sum(outcome.held is True for outcome in suite.outcomes),
            "not_held": [str(outcome.file) for outcome in suite.outcomes if outcome.held is False],
            "seconds": round(sum(outcome.seconds for outcome in suite.outcomes), 3),
        }
        for suite in suites
    ]


def _plain(outcome: Outcome) -> dict[str, Any]:
    return {
        "file": str(Path(outcome.file)),
        "entries": outcome.entries,
        "counted": outcome.expected,
        "fault": outcome.fault,
    }
