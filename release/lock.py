"""`python -m release.lock`: which file of which version of each dependency may be installed, by SHA-256.

`constraints.txt` names one version of each; the locks add the hash of every file of that version at the package index,
so that a file that was exchanged later is refused. `requirements.lock` is what runs; `requirements-dev.lock` is what
tests, documentation and releases need beside it. uv resolves both at once for every Python from 3.11.5 on and every
platform, from `setup.cfg`, the build requirements of `pyproject.toml` and `constraints.txt`.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

from packaging.markers import Marker
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parents[1]
RUN, DEV = CHECKOUT / "requirements.lock", CHECKOUT / "requirements-dev.lock"
CONSTRAINTS = CHECKOUT / "constraints.txt"
OLDEST = "3.11.5"
HEAD = "# Made by `make lock` from setup.cfg, pyproject.toml and constraints.txt; change those.\n"
ENTRY = re.compile(
    r"^([A-Za-z0-9][\w.-]*)==(\S+?)(?: ; (.+?))? \\\n((?: {4}--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M
)


class Locked(NamedTuple):
    name: str
    version: str
    marker: str | None
    text: str

    def here(self) -> bool:
        """Whether it is installed on this Python and platform."""
        return self.marker is None or Marker(self.marker).evaluate()


def read(path: Path) -> list[Locked]:
    """The entries of a lock file, in its order. Raises ValueError for any other line, such as one without a hash."""
    text = path.read_text()
    found = [Locked(canonicalize_name(m[1]), m[2], m[3], m[0]) for m in ENTRY.finditer(text)]
    rest = [line for line in ENTRY.sub("", text).splitlines() if line and not line.startswith("#")]
    if rest:
        raise ValueError(f"{path.name}: no version with hashes: {rest[0]}")
    return found


def _resolve(out: Path, *extras: str) -> list[Locked]:
    build = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["build-system"]["requires"]
    (out.with_suffix(".in")).write_text("\n".join(build))
    sources = [CHECKOUT / "setup.cfg", out.with_suffix(".in"), "-c", CONSTRAINTS, *extras, "-o", out]
    layout = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header", "--quiet"]
    command = [sys.executable, "-m", "uv", "pip", "compile", "--python-version", OLDEST, *layout, *sources]
    subprocess.run([str(part) for part in command], check=True)
    return read(out)


def write(folder: Path) -> None:
    """Resolves in `folder` and writes both locks and the constraints: those hold the versions of whatever is new."""
    everything = _resolve(folder / "everything.txt", "--all-extras")
    runs = {one.name for one in _resolve(folder / "runs.txt")}
    for path, chosen in ((RUN, runs), (DEV, {one.name for one in everything} - runs)):
        path.write_text(HEAD + "".join(one.text for one in everything if one.name in chosen))
    CONSTRAINTS.write_text("".join(f"{_pin(one)}\n" for one in sorted(everything)))


def _pin(one: Locked) -> str:
    return f"{one.name}=={one.version}" + (f" ; {one.marker}" if one.marker else "")


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
