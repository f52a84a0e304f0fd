"""The words of a quote in the desk's language, by a command that the user sets up; never by any service of ours.

The command runs without a shell. It reads the words from its standard input, as UTF-8, and writes the translation to
its standard output. Whatever it does, the message goes out: without a translation it says why there is none.
"""

import os
import re
import select
import shlex
import signal
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

from media_monitor.watch.message.bidi import cleaned, cut
from media_monitor.watch.message.content import Translation

LONGEST_INPUT = 4000  # characters; less than a pipe holds, so that a command that reads nothing blocks nothing
LONGEST_OUTPUT = 20_000  # bytes
NO_TRANSLATOR = "not translated: no translator is set up"
_CODE = re.compile(r"[a-z]{2,3}")


class _NoWordsError(Exception):
    """Why there is no translation."""


@dataclass
class Translator:
    """The command of the user, `{source}` and `{target}` in it being ISO 639-1 codes; empty means that there is none.

    After it was too slow once it is not asked again: many alerts must not wait for it one after another. What it
    translated is kept, so that every channel gets the same words. It may be asked from several threads.
    """

    command: str
    target: str = "en"
    seconds: float = 20.0
    _done: dict[tuple[str, str | None], Translation] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _slow: bool = field(default=False, repr=False)

    def translated(self, words: str, language: str | None) -> Translation | None:
        """The words in the target language, or why not; None where they are in it already, or there are none."""
        source = (language or "").lower().partition("-")[0]
        if not cleaned(words) or source == self.target:
            return None
        with self._lock:
            if (words, language) not in self._done:
                self._done[words, language] = self._asked(words, source)
            return self._done[words, language]

    def _asked(self, words: str, source: str) -> Translation:
        try:
            told = self._run(words, source)
        except _NoWordsError as error:
            return Translation(None, str(error) or NO_TRANSLATOR)
        return Translation(told, f"machine translation, {source} → {self.target}", self.target)

    def _run(self, words: str, source: str) -> str:
        if not self.command.strip():
            raise _NoWordsError(NO_TRANSLATOR)
        if not _CODE.fullmatch(source):
            raise _NoWordsError("not translated: the language is not known")
        if self._slow:
            raise _NoWordsError("not translated: the translator was too slow before")
        told = cleaned(self._output(self._arguments(source), cut(words, LONGEST_INPUT)))
        if not any(map(str.isalnum, told)):
            raise _NoWordsError("not translated: the translator gave no words")
        if told == cleaned(words):
            raise _NoWordsError("not translated: the translator gave the words back as they were")
        return told

    def _arguments(self, source: str) -> list[str]:
        try:
            parts = shlex.split(self.command)
        except ValueError as error:
            raise _NoWordsError(f"not translated: the setting translator is no command: {error}") from error
        return [part.replace("{source}", source).replace("{target}", self.target) for part in parts]

    def _output(self, arguments: list[str], words: str) -> str:
        try:
            process = subprocess.Popen(
                arguments,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise _NoWordsError(f"not translated: the translator cannot be started: {reason}") from error
        try:
            output = self._read(process, words.encode("utf-8"))
        finally:
            _end(process)
        try:
            return output.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _NoWordsError("not translated: what the translator gave is not UTF-8") from error

    def _read(self, process: "subprocess.Popen[bytes]", words: bytes) -> bytes:
        assert process.stdin is not None
        assert process.stdout is not None
        deadline = time.monotonic() + self.seconds
        with suppress(BrokenPipeError):
            process.stdin.write(words)
            process.stdin.close()
        output = b""
        while part := self._part(process.stdout.fileno(), deadline):
            output += part
            if len(output) > LONGEST_OUTPUT:
                raise _NoWordsError("not translated: the translator gave more than it can have meant")
        try:
            status = process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            raise self._too_slow() from None
        if status:
            raise _NoWordsError(f"not translated: the translator ended with status {status}")
        return output

    def _part(self, descriptor: int, deadline: float) -> bytes:
        ready, _, _ = select.select([descriptor], [], [], max(deadline - time.monotonic(), 0))
        if not ready:
            raise self._too_slow()
        return os.read(descriptor, LONGEST_OUTPUT)

    def _too_slow(self) -> _NoWordsError:
        self._slow = True
        return _NoWordsError(f"not translated: the translator took longer than {self.seconds:g} s")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ends the command with all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(BrokenPipeError):
                stream.close()
