"""The registry of metrics: each is emitted somewhere, as what it is, and the page tells of all."""

import ast
from pathlib import Path

import pytest

from media_monitor.config import PACKAGE
from media_monitor.metrics import emit, registry
from media_monitor.metrics.registry import METRICS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "metrics.md"
KINDS = {"count": "counter", "gauge": "gauge", "time": "timer"}


def _emitted() -> set[tuple[str, str]]:
    """(name, kind) of each metric that the package hands over."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"emit.{name}" for name in KINDS}:
                assert isinstance(node.args[0], ast.Constant), f"{path}: the name of a metric is not written out"
                found.add((node.args[0].value, KINDS[ast.unparse(node.func).removeprefix("emit.")]))
    return found


def test_every_metric_is_emitted_as_what_it_is_and_no_other() -> None:
    assert _emitted() == {(metric.name, metric.kind) for metric in METRICS.values()}


def test_the_page_of_metrics_is_up_to_date() -> None:
    told = "python -m media_monitor.metrics.registry > docs/metrics.md"
    assert PAGE.read_text(encoding="utf-8") == registry.page(), told


def test_a_value_in_a_name_loses_what_a_name_may_not_have() -> None:
    assert METRICS["stage.{stage}"].named({"stage": "a.b:c|d"}) == "media_monitor.stage.a_b_c_d"


def test_a_metric_that_is_none_or_another_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        emit.count("articles.old")
    with pytest.raises(ValueError, match="is a gauge"):
        emit.count("outbox.records")
