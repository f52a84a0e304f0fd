"""How much memory the processes below this one take."""

import os
import threading
from pathlib import Path


class Memory(threading.Thread):
    """The most memory that one process below this one took, in MB, by its command line: RSS, and PSS, to which what
    several processes share counts in parts only. `total`: the most that all took together, of PSS."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most: dict[str, tuple[float, float]] = {}
        self.total = 0.0
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(0.1):
            together = 0.0
            for pid in _below(os.getpid()):
                try:
                    peak, share = _megabytes(pid, "status", "VmHWM"), _megabytes(pid, "smaps_rollup", "Pss")
                    command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                except OSError:
                    continue
                together += share
                before = self.most.get(command.strip(), (0.0, 0.0))
                self.most[command.strip()] = max(before[0], peak), max(before[1], share)
            self.total = max(self.total, together)

    def of(self, task: str) -> tuple[float, float]:
        """RSS and PSS of the task instance with that id, which Airflow writes into the command line."""
        return max((most for command, most in self.most.items() if task in command), default=(0.0, 0.0))


def _megabytes(pid: int, file: str, field: str) -> float:
    for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _below(parent: int) -> set[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
    found = {parent}
    while more := {pid for pid, above in parents.items() if above in found} - found:
        found |= more
    return found - {parent}
