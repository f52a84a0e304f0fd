"""The locks hold a hash of every file, the versions of the constraints, and all that the package asks for."""

import configparser
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from release import lock

ASK = "run `make lock`"


@pytest.fixture(scope="module")
def locked() -> list[lock.Locked]:
    return lock.read(lock.RUN) + lock.read(lock.DEV)


def _asked() -> dict[str, list[Requirement]]:
    """Requirements of setup.cfg by extra, those of an installation without extras under the empty name."""
    setup = configparser.ConfigParser()
    setup.read(lock.CHECKOUT / "setup.cfg")
    texts = {"": setup["options"]["install_requires"], **setup["options.extras_require"]}
    return {extra: [Requirement(line) for line in text.strip().splitlines()] for extra, text in texts.items()}


def test_every_version_has_hashes_and_a_line_without_is_refused(locked, tmp_path):
    assert all(one.text.count("--hash=sha256:") >= 1 for one in locked)
    bare = tmp_path / "bare.lock"
    bare.write_text(lock.RUN.read_text() + "apprise==2.2.0\n")
    with pytest.raises(ValueError, match=r"apprise==2\.2\.0"):
        lock.read(bare)


def test_locks_and_constraints_name_the_same_versions(locked):
    pins = {line for line in lock.CONSTRAINTS.read_text().splitlines() if line}
    wanted = {f"{one.name}=={one.version}" + (f" ; {one.marker}" if one.marker else "") for one in locked}
    assert sorted(pins ^ wanted) == [], ASK


def test_what_the_package_asks_for_is_locked(locked):
    runs = {one.name: one.version for one in lock.read(lock.RUN)}
    every = {one.name: one.version for one in locked if one.marker is None or one.here()}
    for extra, asked in _asked().items():
        versions = every if extra else runs
        for one in asked:
            if one.marker is None or one.marker.evaluate():
                assert one.specifier.contains(versions.get(canonicalize_name(one.name), "0")), f"{extra}: {one}: {ASK}"


def test_what_builds_the_package_is_locked():
    (build,) = tomllib.loads((lock.CHECKOUT / "pyproject.toml").read_text())["build-system"]["requires"]
    versions = {one.name: one for one in lock.read(lock.RUN)}
    wanted = Requirement(build)
    assert wanted.specifier.contains(versions[wanted.name].version)
    assert versions[wanted.name].marker is None


def test_no_address_is_in_the_locks():
    for path in (lock.RUN, lock.DEV):
        assert "://" not in path.read_text()
        assert "--index" not in path.read_text()
