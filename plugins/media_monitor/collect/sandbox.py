"""Reads feeds and pages in a process of its own, which the operating system stops when it takes too long.

Parsers made for what people write take hours over what an attacker writes: feedparser's e-mail pattern over 100 kB
of "a.a.a.…", an HTML parser over 200,000 nested elements. The process serves a chunk, is started when there is
something to read (most feeds have not changed), and again when a document had to be given up.
"""

import os
import pickle
import resource
import signal
import subprocess
import sys
from types import TracebackType
from typing import IO, Protocol, TypeVar

from media_monitor.config import PACKAGE

_MEMORY = 2 * 1024**3
BROKEN_DOWN = "the parser broke down over it"
TOO_MUCH = "needs too much memory to be read"
TOO_SLOW = "could not be read within"
_Found = TypeVar("_Found", covariant=True)


class Readable(Protocol[_Found]):
    """What can be read here: a feed's document, a page's. It must survive pickling, and so must what it gives."""

    def read(self) -> _Found:
        """What is found in it."""

    def failed(self, reason: str) -> _Found:
        """What stands for it where reading it had to be given up."""


class Sandbox:
    """A reader as a context manager; `seconds` is the longest time for one document."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, document: Readable[_Found]) -> _Found:
        """What the document's `read` returns, or its `failed` where that takes too long, too much or crashes."""
        process = self._process = self._process or self._start()
        try:
            pickle.dump(document, _pipe(process.stdin))
            _pipe(process.stdin).flush()
            reading = pickle.load(_pipe(process.stdout))
        except (OSError, EOFError, pickle.UnpicklingError):
            code = self._stop(process)
            slow = code == -signal.SIGALRM
            return document.failed(f"{TOO_SLOW} {self.seconds:g} s" if slow else BROKEN_DOWN)
        return reading if isinstance(reading, type(document.failed(""))) else document.failed(BROKEN_DOWN)

    def _start(self) -> subprocess.Popen[bytes]:
        paths = [str(PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
        return subprocess.Popen(
            [sys.executable, "-m", __name__, str(self.seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )

    def _stop(self, process: subprocess.Popen[bytes]) -> int:
        self._process = None
        for pipe in (process.stdin, process.stdout):
            try:
                _pipe(pipe).close()
            except OSError:  # what was still to be written to a process that is gone
                continue
        return process.wait()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process:
            self._stop(self._process)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise EOFError
    return pipe


def serve(seconds: float) -> None:
    """Answers each document on the standard input with its reading, until the input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    # Nobody handles the alarm, so that it ends the process, in whichever library it hangs.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    while True:
        try:
            document = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_REAL, seconds)
        reading = _guarded(document)
        signal.setitimer(signal.ITIMER_REAL, 0)
        pickle.dump(reading, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _guarded(document: Readable[_Found]) -> _Found:
    try:
        return document.read()
    except MemoryError:
        return document.failed(TOO_MUCH)
    except Exception as error:  # a bug of a parser is this feed's misfortune, not the chunk's
        return document.failed(f"{BROKEN_DOWN} ({type(error).__name__}: {error})")


if __name__ == "__main__":
    serve(float(sys.argv[1]))
