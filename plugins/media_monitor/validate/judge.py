"""Runs Great Expectations over a frame. The only module that starts it; importing it takes seconds."""

from __future__ import annotations

import math
import os
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from media_monitor import cycles
from media_monitor.validate import suites
from media_monitor.validate.deferred import absent, deferred, deferred_calls
from media_monitor.validate.frames import ROW_NUMBER
from media_monitor.validate.remembered import remembering
from media_monitor.validate.suites import Expectation, Suite

if TYPE_CHECKING:
    import pandas as pd

# Row numbers stand for rows, since ids may be null or stand twice in what is checked. Looking for them costs half as
# much again as judging: it is done only for expectations that some row does not meet.
_WITH_ROWS = {"result_format": "COMPLETE", "unexpected_index_column_names": [ROW_NUMBER]}

# Some expectations on distributions need the one, their pictures the other: 75 MB in the memory of the task.
_SELDOM = ("scipy.stats", "altair")
# Compiles 38 grammars when it is imported, a second's work. JSON schemas need one of them for addresses.
_GRAMMARS = ("rfc3987_syntax",)
# Where it is installed, for backfills, Great Expectations would load all of it, its tests too.
_OTHER_ENGINE = "pyspark"


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of an expectation.

    `rows` were looked at; `failed` are the numbers of the rows that do not meet it, even where it holds for the
    table as a whole; `value` is what a table was measured as; `error` says why it could not be judged.
    """

    expectation: Expectation
    success: bool
    rows: int
    failed: tuple[int, ...] = ()
    value: Any = None
    error: str | None = None


def judge(
    suite: Suite, expectations: Sequence[Expectation], frame: pd.DataFrame, parameters: Mapping[str, Any]
) -> list[Finding]:
    """One finding an expectation, in their order. Those whose parameters are not given are left out; of an empty
    frame only its number of rows is judged. An expectation that cannot be evaluated has failed, with the reason.

    Raises:
        BeatError: Great Expectations refuses an expectation of the suite.
    """
    wanted = [e for e in expectations if e.parameters <= parameters.keys() and (len(frame) or e.counts_rows)]
    if not wanted:
        return []
    definition = ready()
    with remembering():
        batch = definition.get_batch(batch_parameters={"dataframe": frame})
        found = _results(batch, suite, wanted, parameters, "BASIC")
        faulted = [e for e in wanted if found[e.name].result.get("unexpected_count")]
        if faulted:
            found |= _results(batch, suite, faulted, parameters, _WITH_ROWS)
    return [_finding(e, found[e.name], len(frame)) for e in wanted]


def _results(
    batch: Any, suite: Suite, wanted: Sequence[Expectation], parameters: Mapping[str, Any], result_format: Any
) -> dict[str, Any]:
    built = suites.build(suite, wanted)
    outcome = batch.validate(built, result_format=result_format, expectation_parameters=dict(parameters))
    return {result.expectation_config.meta["name"]: result for result in outcome.results}


@cache
def ready() -> Any:
    """Great Expectations, loaded, as what gives it a frame to judge: the first call of a process takes seconds."""
    # Read when the package is imported: no report of use leaves the machine.
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    with warnings.catch_warnings(), deferred(*_SELDOM), deferred_calls(*_GRAMMARS), absent(_OTHER_ENGINE):
        warnings.simplefilter("ignore", DeprecationWarning)  # of its own imports
        import great_expectations
        from great_expectations.data_context.types.base import ProgressBarsConfig
    context = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    source = context.data_sources.add_pandas("batch")
    definition = source.add_dataframe_asset("table").add_batch_definition_whole_dataframe("whole")
    cycles.settled()
    return definition


def _finding(expectation: Expectation, outcome: Any, rows: int) -> Finding:
    result = outcome.result
    error = _error(outcome.exception_info)
    return Finding(
        expectation=expectation,
        success=bool(outcome.success) and error is None,
        rows=result.get("element_count", rows),
        failed=tuple(sorted(int(found[ROW_NUMBER]) for found in result.get("unexpected_index_list") or ())),
        value=plain(result.get("observed_value")),
        error=error,
    )


def _error(info: Mapping[str, Any]) -> str | None:
    """The first message: the information is either of one exception, or of several by the metric that raised it."""
    for one in [info] if "raised_exception" in info else info.values():
        if one["raised_exception"]:
            return " ".join(str(one["exception_message"]).split())
    return None


def plain(value: Any) -> Any:
    """The value as JSON can hold it: NumPy numbers as Python's, what is no number as null, dates as ISO 8601."""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list | tuple | set):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, str | int | bool) else str(value)
