"""`python -m fuzz.run [TARGET …] [--seconds 15]`: coverage-guided fuzzing by atheris (Google's, on libFuzzer).

Each target runs in a process of its own, begins with its seeds and with what earlier runs found worth keeping
(`var/fuzz`), and ends after so many seconds. Input that breaks a target stands in `var/fuzz/<target>/found`; mended, it
goes to `tests/fuzz/found`.
"""

import argparse
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from fuzz.targets import TARGETS, seeds

FOLDER = Path("var/fuzz")
# Seconds for one input, megabytes, bytes of one input.
LIMITS = ["-timeout=5", "-rss_limit_mb=2048", "-max_len=4000", "-print_final_stats=1", "-verbosity=0"]
_RUNS = re.compile(r"number_of_executed_units: (\d+)")


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """What a run gave: inputs tried, those that reached something new, and the breaking one with its trace."""

    target: str
    runs: int
    new: int
    found: Path | None
    said: str


def fuzz(target: str, seconds: int, folder: Path, seed: int = 0) -> Fuzzed:
    """Fuzzes one target in a process of its own for so many seconds. Seed 0 is another one each time."""
    corpus, found = folder / target / "corpus", folder / target / "found"
    for one in (corpus, found):
        one.mkdir(parents=True, exist_ok=True)
    for seed_file in seeds(target):
        (corpus / seed_file.name).write_bytes(seed_file.read_bytes())
    before, kept = set(found.iterdir()), len(list(corpus.iterdir()))
    limits = [*LIMITS, f"-max_total_time={seconds}", f"-seed={seed}", f"-artifact_prefix={found}/"]
    command = [sys.executable, "-m", "fuzz.inside", target, *limits, str(corpus)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    new = sorted(set(found.iterdir()) - before)
    runs, added = _RUNS.search(done.stderr), len(list(corpus.iterdir())) - kept
    if done.returncode and not new:
        raise RuntimeError(f"{target}: {done.stderr[-2000:]}")
    return Fuzzed(target, int(runs[1]) if runs else 0, added, new[0] if new else None, done.stderr)


def main() -> None:
    """The command: a table of targets; status 1 where one broke."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all if none is given")
    parser.add_argument("--seconds", type=int, default=15, help="for each target")
    wanted = parser.parse_args()
    if unknown := set(wanted.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    table = Table("target", "inputs tried", "kept as new", "broken by", title=f"{wanted.seconds} s each")
    broken = []
    for target in wanted.targets or TARGETS:
        fuzzed = fuzz(target, wanted.seconds, FOLDER)
        table.add_row(target, f"{fuzzed.runs:,}", f"{fuzzed.new:,}", str(fuzzed.found or ""))
        broken += [fuzzed] if fuzzed.found else []
    Console().print(table)
    for fuzzed in broken:
        print(fuzzed.said[-3000:])
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
