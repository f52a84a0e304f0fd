"""One commit gives one wheel, byte for byte, whatever the folder, the hour, the user's file modes and time zone are."""

import os
import subprocess
import zipfile

import pytest

from release import lock, wheel


@pytest.mark.slow
def test_the_same_commit_gives_the_same_bytes(tmp_path, monkeypatch):
    first = wheel.build(_folder(tmp_path / "first"))
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", lock.CHECKOUT.as_uri(), str(clone)], check=True)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("TMPDIR", str(_folder(tmp_path / "elsewhere")))
    before = os.umask(0o077)
    try:
        second = wheel.build(_folder(tmp_path / "second"), "HEAD", clone)
    finally:
        os.umask(before)
    assert first.read_bytes() == second.read_bytes()
    assert {info.date_time for info in zipfile.ZipFile(first).infolist()} == {_committed()}


def _folder(path):
    path.mkdir()
    return path


def _committed():
    """The commit's time as a zip archive keeps it: UTC, to two seconds."""
    told = subprocess.run(
        ["git", "-C", str(lock.CHECKOUT), "show", "-s", "--format=%cd", "--date=format-local:%Y %m %d %H %M %S"],
        env=os.environ | {"TZ": "UTC"}, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    *rest, second = (int(part) for part in told.split())
    return (*rest, second - second % 2)
