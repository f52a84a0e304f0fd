"""What the public record says on the claims of a beat, so that a ledger that starts today knows what is no news.

record.toml      [[known]] claim, party, state, since, source_title, and source_url where there is one
"""

from pathlib import Path
from typing import Any

from media_monitor import shapes
from media_monitor.beat import Beat, read_toml
from media_monitor.errors import BeatError

RECORD = "record.toml"  # in the folder of a beat; may be missing
STATES = ("alleged", "declined", "denied", "implicit", "confirmed")
_NEEDED = {"claim", "party", "state", "since", "source_title"}


def entries(beat: Beat) -> list[dict[str, Any]]:
    """Rows of the table `record`, in the order of the file.

    Raises:
        BeatError: an entry lacks something, names no claim or no party to it, or no state; the message names it.
    """
    path = beat.folder / RECORD
    if not path.exists():
        return []
    rows = read_toml(path, {"known"}, shapes.RECORD).get("known", [])
    return [_checked(beat, path, number, row) for number, row in enumerate(rows, 1)]


def _checked(beat: Beat, path: Path, number: int, row: dict[str, Any]) -> dict[str, Any]:
    where = f"{path}: entry {number} ({row.get('claim', 'no claim')}, {row.get('party', 'no party')})"
    odd = (_NEEDED - row.keys()) | (row.keys() - _NEEDED - {"source_url"})
    if odd:
        raise BeatError(where, f"missing or unknown: {', '.join(sorted(odd))}")
    if row["claim"] not in beat.claims:
        raise BeatError(where, "there is no such claim")
    if row["party"] not in beat.claims[row["claim"]].parties:
        raise BeatError(where, "it is no party to the claim")
    if row["state"] not in STATES:
        raise BeatError(where, f"state {row['state']!r} is none of {', '.join(STATES)}")
    return {"beat": beat.name, "source_url": None, **row}
