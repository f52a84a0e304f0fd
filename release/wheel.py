"""`python -m release.wheel FOLDER [COMMIT]`: the wheel of a commit, the same bytes wherever and whenever it is made.

Built from what git holds, in a folder of its own, with git's file modes, the commit's time on every file, and the
locked setuptools, which writes its version into the wheel. Who has the commit can check a published wheel.
"""

import hashlib
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from release import lock

BUILD = ["--no-deps", "--no-build-isolation", "--no-cache-dir", "--disable-pip-version-check", "--quiet"]


def build(folder: Path, commit: str = "HEAD", checkout: Path = lock.CHECKOUT) -> Path:
    """The wheel, in `folder`. Raises CalledProcessError where there is no such commit, or it cannot be built."""
    time = _git(checkout, "show", "--no-patch", "--format=%ct", commit).decode().strip()
    with tempfile.TemporaryDirectory() as source:
        archive = io.BytesIO(_git(checkout, "-c", "tar.umask=0022", "archive", "--format=tar", commit))
        with tarfile.open(fileobj=archive) as packed:
            packed.extractall(source, filter="tar")
        command = [sys.executable, "-m", "pip", "wheel", *BUILD, "--wheel-dir", str(folder), source]
        subprocess.run(command, check=True, env=os.environ | {"SOURCE_DATE_EPOCH": time}, preexec_fn=_usual_modes)
    (wheel,) = folder.glob("media_monitor-*.whl")
    return wheel


def _usual_modes() -> None:
    os.umask(0o022)


def _git(checkout: Path, *words: str) -> bytes:
    return subprocess.run(["git", "-C", str(checkout), *words], check=True, capture_output=True).stdout


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    made = build(target.resolve(), *sys.argv[2:3])
    print(f"{hashlib.sha256(made.read_bytes()).hexdigest()}  {made.name}")
