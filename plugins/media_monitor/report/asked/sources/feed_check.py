"""What a check of a feed list found, as plain values."""

from collections.abc import Sequence
from typing import Any

from media_monitor.collect.lists.audit import Finding
from media_monitor.collect.lists.probe import FAULTS, Probe


def as_values(findings: Sequence[Finding], probes: Sequence[Probe]) -> dict[str, Any]:
    """`list`: what is wrong with the file; `feeds`: what became of each feed that was asked."""
    return {
        "list": [{"where": f.where, "feed_id": f.feed_id, "grade": f.grade, "told": f.told} for f in findings],
        "feeds": [
            {
                "feed_id": one.feed.feed_id,
                "url": one.feed.url,
                "state": one.state,
                "fault": one.state in FAULTS,
                "told": one.told,
                "entries": one.entries,
                "newest": one.newest,
                "elapsed_ms": one.elapsed_ms,
            }
            for one in probes
        ],
    }
