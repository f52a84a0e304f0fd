"""Reads the expectation suites: one JSON file a table, as Great Expectations stores them.

    {"name": "articles", "expectations": [
        {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "article_id"},
         "meta": {"name": "article_id_present", "scope": "row", "notes": "…"}, "severity": "critical"}]}

`meta.scope` is ours. `row`: a row that fails it is quarantined if the severity is critical, and passes with a note
in the table `checks` if it is not. `batch`: the whole table is judged; if the severity is critical, nothing of
the batch is loaded. A value that only the caller knows is written `{"$PARAMETER": "claims"}`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from media_monitor.errors import BeatError
from media_monitor.validate import frames, jsonfile
from media_monitor.validate.codes import PARAMETERS

SEVERITIES = ("critical", "warning", "info")
SCOPES = ("row", "batch")
# Expectations that judge each row; all others judge a table as a whole.
ROW_TYPES = (
    "expect_column_values_",
    "expect_column_value_lengths_",
    "expect_column_pair_values_",
    "expect_compound_columns_",
    "expect_multicolumn_values_",
    "expect_select_column_values_",
)
_KEYS = {"type", "kwargs", "meta", "severity"}
_META_KEYS = {"name", "scope", "notes"}


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expectation of a suite. `kwargs` are those of Great Expectations, parameters not yet filled in."""

    name: str
    type: str
    kwargs: Mapping[str, Any] = field(hash=False)
    severity: str
    scope: str
    notes: str

    @property
    def readable(self) -> str:
        """What it says of itself: "column values to not be null"."""
        return self.type.removeprefix("expect_").replace("_", " ")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it looks at, those of its row condition not among them."""
        named = [self.kwargs[k] for k in ("column", "column_A", "column_B") if k in self.kwargs]
        return (*named, *self.kwargs.get("column_list", ()))

    @property
    def parameters(self) -> frozenset[str]:
        """Names of the parameters that it needs."""
        return frozenset(
            str(v["$PARAMETER"]) for v in self.kwargs.values() if isinstance(v, dict) and "$PARAMETER" in v
        )

    @property
    def counts_rows(self) -> bool:
        """Whether it asks for the number of rows, and so says something of an empty table too."""
        return self.type.startswith("expect_table_row_count")

    @property
    def judges_rows(self) -> bool:
        """Whether it says for each row if the row meets it."""
        return self.type.startswith(ROW_TYPES)

    @property
    def unique(self) -> bool:
        """Whether it fails rows for being alike."""
        return self.type.endswith("_to_be_unique")


@dataclass(frozen=True, slots=True)
class Suite:
    """The expectations on one table, in the order of the file."""

    path: Path
    table: str
    expectations: tuple[Expectation, ...]

    def of(self, scope: str) -> tuple[Expectation, ...]:
        return tuple(e for e in self.expectations if e.scope == scope)


def read(folder: Path, table: str) -> Suite:
    """The suite of the table, `<folder>/<table>.json`. Great Expectations is not needed for it.

    Raises:
        BeatError: the file is missing, is not JSON, or an expectation in it is malformed, stands twice, or names an
            unknown key, column or parameter; the message names file and expectation.
    """
    path = folder / f"{table}.json"
    content = jsonfile.content(path)
    jsonfile.only(content, {"name", "expectations"}, path)
    if content.get("name") != table:
        raise BeatError(path, f"its name is {content.get('name')!r} and must be {table!r}")
    listed = content.get("expectations")
    if not isinstance(listed, list):
        raise BeatError(path, "'expectations' must be a list")
    return Suite(path, table, tuple(_unique((_expectation(row, path, table) for row in listed), path)))


def build(suite: Suite, expectations: Sequence[Expectation]) -> Any:
    """The expectations as a `great_expectations.ExpectationSuite`, each with our name in its `meta`.

    Raises:
        BeatError: Great Expectations does not know the type, or refuses its arguments.
    """
    from great_expectations import ExpectationSuite

    built = ExpectationSuite(name=suite.table)
    for expectation in expectations:
        built.expectations.append(_domain_object(suite, expectation))
    return built


def _domain_object(suite: Suite, expectation: Expectation) -> Any:
    from great_expectations.exceptions.exceptions import ExpectationNotFoundError
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
    from great_expectations.expectations.metadata_types import FailureSeverity

    try:
        return ExpectationConfiguration(
            type=expectation.type,
            kwargs=dict(expectation.kwargs),
            meta={"name": expectation.name},
            severity=FailureSeverity(expectation.severity),
        ).to_domain_obj()
    except ExpectationNotFoundError as error:
        raise BeatError(f"{suite.path}: {expectation.name}", f"there is no {expectation.type!r}") from error
    except (ValueError, TypeError) as error:
        reason = " ".join(str(error).split())
        raise BeatError(f"{suite.path}: {expectation.name}", f"its arguments are refused: {reason}") from error


def _expectation(row: Any, path: Path, table: str) -> Expectation:
    if not isinstance(row, dict) or not isinstance(row.get("meta"), dict):
        raise BeatError(path, f"an expectation must be an object with type, kwargs, meta and severity: {row!r:.80}")
    meta = row["meta"]
    where = f"{path}: {meta.get('name') or 'an expectation without a name'}"
    jsonfile.only(row, _KEYS, where)
    jsonfile.only(meta, _META_KEYS, where)
    found = Expectation(
        name=jsonfile.text(meta, "name", where),
        type=jsonfile.text(row, "type", where),
        kwargs=jsonfile.mapping(row, "kwargs", where),
        severity=jsonfile.one_of(row, "severity", SEVERITIES, where),
        scope=jsonfile.one_of(meta, "scope", SCOPES, where),
        notes=jsonfile.text(meta, "notes", where),
    )
    _refuse_if_wrong(found, table, where)
    return found


def _refuse_if_wrong(expectation: Expectation, table: str, where: str) -> None:
    known = frames.columns(table)
    for column in (*expectation.columns, *_condition_columns(expectation.kwargs.get("row_condition"))):
        if column not in known:
            raise BeatError(where, f"unknown column {column!r}; known are {', '.join(known)}")
    for parameter in sorted(expectation.parameters - PARAMETERS.keys()):
        raise BeatError(where, f"unknown parameter {parameter!r}; known are {', '.join(PARAMETERS)}")
    if expectation.scope == "row" and not expectation.judges_rows:
        raise BeatError(where, f"{expectation.type} judges no single rows; its scope must be 'batch'")
    if expectation.scope == "row" and "mostly" in expectation.kwargs:
        raise BeatError(where, "a row either passes or fails; 'mostly' needs the scope 'batch'")


def _condition_columns(condition: Any) -> Iterator[str]:
    if isinstance(condition, dict):
        if isinstance(condition.get("column"), dict):
            yield condition["column"].get("name", "")
        for part in condition.get("conditions", ()):
            yield from _condition_columns(part)


def _unique(expectations: Iterator[Expectation], path: Path) -> Iterator[Expectation]:
    seen = set()
    for expectation in expectations:
        if expectation.name in seen:
            raise BeatError(f"{path}: {expectation.name}", "the name stands twice")
        seen.add(expectation.name)
        yield expectation
