"""Vectors as a column of text: eight bits a number are enough for a cosine, and text goes through any tool."""

import base64

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float32]


def packed(row: NDArray[np.float32] | NDArray[np.float64]) -> str:
    """The direction of the row in base64, a byte a number."""
    most = float(np.abs(row).max()) or 1.0
    return base64.b64encode(np.rint(row / most * 127).astype(np.int8).tobytes()).decode("ascii")


def unpacked(text: str) -> Row:
    """The row that was packed, of length one (0 where it was all zeros)."""
    row = np.frombuffer(base64.b64decode(text), dtype=np.int8).astype(np.float32)
    return row / (float(np.linalg.norm(row)) or 1.0)
