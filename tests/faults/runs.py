"""Starts runs of the pipeline as processes, and kills them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from media_monitor.config import Settings, variables
from media_monitor.launch.samples import ON_LOOPBACK

CHECKOUT = Path(__file__).resolve().parents[2]
AS_OF = datetime(2025, 7, 31, 12, tzinfo=UTC)
POLL_SECONDS = 0.001
LONGEST = 120.0


class Zygote:
    """The process that forks a child for each run: see zygote.py. Ends with the `with` block."""

    def __init__(self, **more: str) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("MEDIA_MONITOR")}
        environment |= {"GX_ANALYTICS_ENABLED": "false", "COLUMNS": "200"}
        environment["PYTHONPATH"] = os.pathsep.join([str(CHECKOUT / "plugins"), str(CHECKOUT)])
        environment |= more
        self._process = subprocess.Popen(
            [sys.executable, str(CHECKOUT / "tests" / "faults" / "zygote.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )

    def start(self, job: dict[str, Any]) -> int:
        return int(self._ask({"start": job})["pid"])

    def wait(self, pid: int) -> int:
        return int(self._ask({"wait": pid})["code"])

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps(request) + "\n")
        stdin.flush()
        return json.loads(stdout.readline())

    def __enter__(self) -> "Zygote":
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@dataclass
class Run:
    """One run as a process. `wait` gives its exit code, negative for the signal that ended it."""

    zygote: Zygote
    pid: int
    output: Path
    code: int | None = None
    started: float = field(default_factory=time.monotonic)

    def wait(self) -> int:
        if self.code is None:
            self.code = self.zygote.wait(self.pid)
        return self.code

    def kill(self) -> int:
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
        return self.wait()

    def kill_when(self, seen: Callable[[], bool]) -> int:
        """Kills it as soon as `seen`, or lets it end where that never is; the exit code."""
        deadline = time.monotonic() + LONGEST
        while not seen() and not self._has_ended() and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
        return self.kill()

    def kill_after(self, seconds: float) -> int:
        end = time.monotonic() + seconds
        return self.kill_when(lambda: time.monotonic() >= end)

    def _has_ended(self) -> bool:
        stat = Path(f"/proc/{self.pid}/stat").read_text()
        return stat.rpartition(")")[2].split()[0] == "Z"

    @property
    def text(self) -> str:
        return self.output.read_text()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines() if line.startswith("{")]

    @property
    def result(self) -> dict[str, Any]:
        """What the run printed last: batch and rows, or the error."""
        return self.lines[-1]

    @property
    def steps(self) -> dict[str, float]:
        """Step -> seconds after the start."""
        return {line["step"]: line["at"] for line in self.lines if "step" in line}


def loaded(settings: dict[str, Any]) -> Settings:
    """The settings whose values came as JSON."""
    kinds = {
        "home": Path,
        "feeds": Path,
        "as_of": datetime.fromisoformat,
        "alert_urls": tuple,
        "private_addresses": tuple,
    }
    return Settings(**{name: kinds.get(name, lambda v: v)(value) for name, value in settings.items()})


@dataclass
class Place:
    """A data folder and the settings of all runs on it."""

    home: Path
    zygote: Zygote
    feeds: Path
    alert_urls: tuple[str, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)
    runs: int = 0

    @property
    def settings(self) -> dict[str, Any]:
        fixed = {"as_of": AS_OF.isoformat(), "chunk_size": 8, "alert_urls": self.alert_urls, **ON_LOOPBACK}
        # The encoder writes no file, and reading it takes longer than all else that a run does.
        fixed["semantic"] = "off"
        given = {**fixed, "home": str(self.home), "feeds": str(self.feeds), **self.more}
        return {name: value for name, value in given.items() if value is not None}

    @property
    def chosen(self) -> Settings:
        """The settings as they are in a run."""
        return loaded(self.settings)

    def start(self, **job: Any) -> Run:
        return self._start({"settings": self.settings, **job})

    def command(self, *argv: str, **job: Any) -> Run:
        """`media-monitor --home … ARGV` on this data folder."""
        given = variables({name: value for name, value in self.settings.items() if name != "home"})
        environment = {**given, **job.pop("environment", {})}
        return self._start({"argv": ["--home", str(self.home), *argv], "environment": environment, **job})

    def run(self, **job: Any) -> Run:
        run = self.start(**job)
        run.wait()
        return run

    def _start(self, job: dict[str, Any]) -> Run:
        self.runs += 1
        output = self.home.parent / f"{self.home.name}.{self.runs}.out"
        output.touch()
        return Run(self.zygote, self.zygote.start({**job, "output": str(output)}), output)
