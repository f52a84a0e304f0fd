"""The encoder's vectors of the training texts, kept beside them, so that every machine trains the same head.

    python training/stored.py      # after a text was changed: works out what is missing, drops what is not used

The encoder's vectors may differ in the fourth digit from one machine to another, and a head trained on others would
differ too. `stance/vectors.npy` has a row a text: eight bytes of a digest of it, and its vector in steps of STEP.
"""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

STANCE = Path(__file__).resolve().parent / "stance"
STORED = STANCE / "vectors.npy"
STEP = 1e-4
ROW = np.dtype([("text", "<u8"), ("vector", "<i2", (384,))])


def main() -> None:
    from media_monitor.extract.semantic import encoder  # training needs none

    kept = {row["text"]: row for row in (np.load(STORED) if STORED.exists() else ())}
    wanted = {digest(text): text for text in texts()}
    new = [text for one, text in wanted.items() if one not in kept]
    for text, vector in zip(new, encoder.vectors(new), strict=True):
        kept[digest(text)] = (digest(text), np.round(vector / STEP))
    np.save(STORED, np.array([tuple(kept[one]) for one in sorted(wanted)], dtype=ROW))
    print(f"{len(wanted)} vectors, {len(new)} of them new")


def texts() -> Iterator[str]:
    """Every text of the training files."""
    for path in sorted(STANCE.glob("*.tsv")):
        yield from (row["text"] for row in rows(path))


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a training file, by the names of its first line."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def vectors(wanted: Sequence[str]) -> NDArray[np.float64]:
    """A row for each text, of 384 numbers, as it is stored.

    Raises:
        KeyError: a text has none; the message says what to do.
    """
    kept = {int(row["text"]): row["vector"] for row in np.load(STORED)}
    lacking = [text for text in wanted if digest(text) not in kept]
    if lacking:
        raise KeyError(f"{len(lacking)} texts have no vector, run training/stored.py: {lacking[0]!r}")
    return np.array([kept[digest(text)] for text in wanted]) * STEP


def digest(text: str) -> int:
    """Which row of the stored vectors is the text's."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


if __name__ == "__main__":
    main()
