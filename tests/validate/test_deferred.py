"""What Great Expectations loads for a few of its expectations is loaded when one of these is judged."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from media_monitor.validate.deferred import absent, deferred, deferred_calls

ORDINARY = {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "status"}}
DIVERGENCE = {
    "type": "expect_column_kl_divergence_to_be_less_than",
    "kwargs": {
        "column": "status",
        "partition_object": {"values": [200, 304], "weights": [0.5, 0.5]},
        "threshold": 0.1,
    },
}
JUDGE = """
import sys, warnings, pandas
from pathlib import Path
from media_monitor.validate import suites
from media_monitor.validate.judge import judge

suite = suites.read(Path(sys.argv[1]), "fetches")
frame = pandas.DataFrame({"row_number": range(4), "status": [200, 304, 304, 200]})
(found,) = judge(suite, suite.expectations, frame, {})
names = ("scipy.stats", "altair", "pyspark.sql", "rfc3987_syntax")
print(found.success, found.error, *(name in sys.modules for name in names))
"""


def judged(folder: Path, expectation: dict[str, object]) -> str:
    """Whether it holds, its error, whether scipy.stats, altair, PySpark and grammars of addresses are loaded then: in a
    process of its own."""
    meta = {"meta": {"name": "one", "scope": "batch", "notes": "for the test"}, "severity": "info"}
    (folder / "fetches.json").write_text(json.dumps({"name": "fetches", "expectations": [expectation | meta]}))
    command = [sys.executable, "-c", JUDGE, str(folder)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONPATH": ":".join(sys.path)})
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_an_ordinary_expectation_loads_none_of_them(tmp_path):
    assert judged(tmp_path, ORDINARY) == "True None False False False False"


def test_an_expectation_on_a_distribution_loads_what_it_needs(tmp_path):
    assert judged(tmp_path, DIVERGENCE) == "True None True False False False"


@pytest.fixture
def module(tmp_path, monkeypatch) -> str:
    (tmp_path / "waits_for_use.py").write_text("answer = 42\ndef told(more): return answer + more\n")
    monkeypatch.syspath_prepend(tmp_path)
    return "waits_for_use"


def test_a_module_is_loaded_where_it_is_first_used_and_is_an_ordinary_one_then(module):
    with deferred(module):
        held = __import__(module)
        assert vars(held).get("answer") is None
    assert module not in sys.modules
    assert held.answer == 42
    assert vars(sys.modules.pop(module))["answer"] == 42


def test_a_name_that_the_module_lacks_is_told_as_ever(module):
    with deferred(module):
        held = __import__(module)
        with pytest.raises(AttributeError, match=f"module '{module}' has no attribute 'question'"):
            held.question  # noqa: B018
    del sys.modules[module]


def test_what_is_loaded_already_stays():
    with deferred("json"):
        assert __import__("json") is json


def test_what_is_absent_cannot_be_imported_until_it_is_there_again(module):
    loaded = __import__(module)
    with absent(module), pytest.raises(ImportError):
        __import__(module)
    assert sys.modules.pop(module) is loaded
    with absent(module), pytest.raises(ImportError):
        __import__(module)
    assert vars(__import__(module))["answer"] == 42
    del sys.modules[module]


def test_a_function_loads_its_module_when_it_is_called(module):
    with deferred_calls(module, "not_installed"):
        told = __import__(module).told
        with pytest.raises(ImportError):
            __import__("not_installed")
    assert module not in sys.modules
    assert told(1) == 43
    assert vars(sys.modules.pop(module))["answer"] == 42


def test_addresses_are_checked_against_their_grammar_all_the_same():
    code = """
from media_monitor.validate import judge
judge.ready()
import sys, jsonschema
before = "rfc3987_syntax" in sys.modules
valid = [jsonschema.Draft202012Validator.FORMAT_CHECKER.conforms(text, "iri") for text in ("https://a.example/é", "é")]
print(before, *valid, "rfc3987_syntax" in sys.modules)
"""
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONPATH": ":".join(sys.path)})
    assert ran.stdout.split() == ["False", "True", "False", "True"], ran.stderr
