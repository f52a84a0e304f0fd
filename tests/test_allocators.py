"""A long command gets memory sparingly, itself and the processes that it starts, where nobody asked for another way."""

import os
import subprocess
import sys

import pytest

from media_monitor.allocators import SPARING

SEEN = """
import subprocess, sys
import pyarrow as pa
from media_monitor.allocators import sparing
CHILD = "import pyarrow as pa; print(pa.default_memory_pool().backend_name)"
sparing()
print(pa.default_memory_pool().backend_name, subprocess.check_output([sys.executable, "-c", CHILD], text=True).strip())
"""

ARENAS = """
import ctypes, sys, threading
from media_monitor.allocators import sparing
if sys.argv[1] == "sparing":
    sparing()
together = threading.Barrier(4)
threads = [threading.Thread(target=lambda: (bytes(100_000), together.wait())) for _ in range(4)]
for one in threads: one.start()
for one in threads: one.join()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(libc.fdopen(1, b"w"))
libc.malloc_info(0, out)
libc.fflush(out)
"""


def run(code: str, *words: str, **variables: str) -> str:
    clean = {name: value for name, value in os.environ.items() if name not in SPARING}
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, env=clean | variables, capture_output=True, text=True, check=True).stdout.strip()


def test_arrow_shares_the_memory_of_all_else() -> None:
    assert run(SEEN) == "system system"


def test_what_a_person_has_set_stays() -> None:
    assert run(SEEN, ARROW_DEFAULT_MEMORY_POOL="mimalloc") == "mimalloc mimalloc"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="arenas are glibc's")
def test_threads_get_no_arenas_of_their_own() -> None:
    assert run(ARENAS, "sparing").count("<heap nr=") < run(ARENAS, "as usual").count("<heap nr=")


FREED = """
import sys
from pathlib import Path
from media_monitor.allocators import give_back, sparing

def megabytes():
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("RssAnon:"))
    return int(line.split()[1]) // 1024

sparing()
kept = [bytes(10_000) for _ in range(20_000)]
kept = kept[::100]
before = megabytes()
give_back()
print(before, megabytes())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc keeps what lies between")
def test_what_lies_unused_is_given_back() -> None:
    before, after = map(int, run(FREED).split())
    assert before > 190
    assert after < 60
