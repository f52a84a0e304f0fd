"""Coverage-guided fuzzing for a bounded time, and what it found once."""

import importlib.util
from pathlib import Path

import pytest
from fuzz.targets import TARGETS, seeds

from fuzz import run

FOUND = Path(__file__).parent / "found"
SECONDS = 5  # for each target; `make fuzz SECONDS=600` for longer
ONCE = [(target, path) for target in TARGETS for path in sorted((FOUND / target).glob("*"))]


@pytest.mark.parametrize(("target", "path"), ONCE, ids=lambda one: getattr(one, "name", one))
def test_what_once_broke_a_reader(target, path):
    TARGETS[target](path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_the_seeds_are_read(target):
    assert seeds(target)
    for path in seeds(target):
        TARGETS[target](path.read_bytes())


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris has wheels for Linux on x86-64 alone")
@pytest.mark.parametrize("target", TARGETS)
def test_nothing_breaks_a_reader(target, tmp_path):
    fuzzed = run.fuzz(target, SECONDS, tmp_path, seed=7)
    assert fuzzed.found is None, f"{fuzzed.found.read_bytes()!r}\n{fuzzed.said[-3000:]}"
    assert fuzzed.runs > 20
    assert fuzzed.new > 0  # coverage guides it


def test_a_target_that_is_none(tmp_path):
    with pytest.raises(FileNotFoundError, match="no-such"):
        run.fuzz("no-such", 1, tmp_path)
