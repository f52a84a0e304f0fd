"""A replay's alerts beside those that were expected, as plain values."""

from dataclasses import asdict
from typing import Any

from media_monitor.evaluate.alerts import Proof


def as_values(proof: Proof) -> dict[str, Any]:
    """The proof as plain values."""
    return {
        "found": [{**asdict(f), "hours": round(f.hours, 2), "faults": list(f.faults)} for f in proof.found],
        "missed": [asdict(e) for e in proof.missed],
        "false": [asdict(a) for a in proof.false],
        "twice": [asdict(a) for a in proof.twice],
    }
