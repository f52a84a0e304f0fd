"""How a long command gets memory from the system, and gives it back."""

import ctypes
import os

SPARING = {"MALLOC_ARENA_MAX": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
"""Variables of glibc and of Arrow by which a process holds a tenth less memory (`make runs`): memory that one thread
has let go is used by the others."""

_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h


def sparing() -> None:
    """What `SPARING` does, for this process and those that it starts; variables that are set stay as they are. For
    processes that are ours, not for a library's host."""
    given = dict(os.environ)
    os.environ.update({name: value for name, value in SPARING.items() if name not in given})
    if "ARROW_DEFAULT_MEMORY_POOL" not in given:
        import pyarrow as pa  # the launcher, which wants the variables alone, holds less without it

        pa.set_memory_pool(pa.system_memory_pool())
    if "MALLOC_ARENA_MAX" not in given:
        _ask("mallopt", _ARENA_MAX, 1)


def give_back() -> None:
    """The system gets what lies unused between what is used: some 50 MB after the load of ten thousand articles."""
    _ask("malloc_trim", 0)


def _ask(function: str, *numbers: int) -> None:
    """Calls a function of glibc, where it is the C library."""
    found = getattr(ctypes.CDLL(None), function, None)
    if found is not None:
        found(*numbers)
