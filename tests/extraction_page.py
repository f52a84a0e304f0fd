"""The examples of docs/extraction.md. `python -m tests.extraction_page` runs them and writes what they print."""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
PAGE = CHECKOUT / "docs" / "extraction.md"
EXAMPLE = re.compile(r"```sh\n(?P<commands>[^`]+)```\n\n```text\n(?P<output>[^`]*)```")
SCORES = "media-monitor evaluate"
COMMAND = shlex.join([sys.executable, "-c", "from media_monitor.cli import main; main()"])


def printed(commands: str) -> str:
    """What the commands of an example print; of scores the two tables of F1."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MEDIA_MONITOR")}
    scores = commands.startswith(SCORES)
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            commands.replace("media-monitor ", f"{COMMAND} "),
            shell=True,
            cwd=CHECKOUT if scores else folder,
            env={**clean, "PYTHONPATH": str(CHECKOUT / "plugins"), "COLUMNS": "100"},
            capture_output=True,
            text=True,
            check=True,
        )
    shown = done.stdout.split("Stances: ")[0] if scores else done.stdout
    return "".join(f"{line.rstrip()}\n" for line in shown.rstrip().splitlines())


def refreshed(page: str) -> str:
    """The page with what its examples print now. The comparison of two runs stays: it needs an earlier one."""

    def example(found: re.Match[str]) -> str:
        if "--compare" in found["commands"]:
            return found[0]
        return f"```sh\n{found['commands']}```\n\n```text\n{printed(found['commands'])}```"

    return EXAMPLE.sub(example, page)


if __name__ == "__main__":
    PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
