"""What passes the gate, what is kept out, and what stops a batch."""

import json
import re
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from tests.validate import rows

from media_monitor import tables
from media_monitor.config import Settings
from media_monitor.errors import BeatError
from media_monitor.validate import gate

FOLDER = Settings().expectations


def _check(batch: dict[str, pa.Table], folder: Path = FOLDER, name: str = "batch") -> gate.Verdict:
    return gate.check(batch, folder, name, rows.NOW, rows.CODES)


def _suites(folder: Path, table: str, *expectations: dict[str, Any]) -> Path:
    """A folder with that suite for the table, and the shipped ones for the others."""
    for path in FOLDER.glob("*.json"):
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    suite = {"name": table, "expectations": list(expectations)}
    (folder / f"{table}.json").write_text(json.dumps(suite), encoding="utf-8")
    return folder


def _expectation(name: str, kind: str, severity: str = "critical", scope: str = "row", **kwargs: Any) -> dict[str, Any]:
    meta = {"name": name, "scope": scope, "notes": "for the test"}
    return {"type": kind, "kwargs": kwargs, "meta": meta, "severity": severity}


def test_an_empty_batch_passes() -> None:
    verdict = _check(rows.only())
    assert verdict.rejected == ()
    assert verdict.quarantine.num_rows == 0
    assert all(table.num_rows == 0 for table in verdict.good.values())
    assert verdict.checks["expectation"].to_pylist() == ["volume"]


def test_tables_have_the_schemas_that_the_warehouse_expects() -> None:
    verdict = _check(rows.good(articles=[rows.record("articles", "odd", url=None)]))
    assert verdict.quarantine.schema == tables.QUARANTINE.schema
    assert verdict.checks.schema == tables.CHECKS.schema
    assert all(table.schema == tables.BY_NAME[name].schema for name, table in verdict.good.items())


def test_lost_articles_are_said_in_a_readable_message() -> None:
    verdict = _check(rows.only(fetches=rows.records("fetches", 1)))
    assert verdict.rejected == ("articles: volume: 0 rows, at least 1 expected",)


def test_a_batch_that_is_mostly_faulty_is_rejected_with_the_share() -> None:
    faulty = rows.records("articles", 19, title="")
    verdict = _check(rows.only(articles=[*faulty, rows.record("articles", "good")]))
    assert verdict.rejected == ("articles: quarantine_share: 19 of 20 rows (95%) fail it, at most 50% may",)


def test_good_rows_keep_their_order() -> None:
    names = [f"{n * 7919 % 101:03}" for n in range(101)]
    given = [rows.record("mentions", name, **({"start": -1} if n % 3 == 0 else {})) for n, name in enumerate(names)]
    verdict = _check(rows.only(articles=rows.good()["articles"].to_pylist(), mentions=given))
    assert verdict.good["mentions"]["mention_id"].to_pylist() == [name for n, name in enumerate(names) if n % 3]
    assert verdict.quarantine["row_id"].to_pylist() == names[::3]


def test_the_quarantine_keeps_the_row_whole_with_its_reasons() -> None:
    odd = rows.record("statements", "odd", stance="admit", confidence=float("inf"), quote="the troops 𝟏 fought")
    kept = _check(rows.good(statements=[odd])).quarantine.to_pylist()
    assert len(kept) == 1
    assert kept[0] | {"row": None, "quarantine_id": None} == {
        "quarantine_id": None,
        "day": rows.PUBLISHED.date(),
        "table": "statements",
        "row_id": "odd",
        "article_id": "article",
        "row": None,
        "expectations": ["stance_known", "confidence_range"],
        "batch": "batch",
        "at": rows.NOW,
    }
    row = json.loads(kept[0]["row"])
    assert row == {**odd, "confidence": "inf", "day": "2025-04-28", "said_on": "2025-04-28"}
    assert re.fullmatch("[0-9a-f]{16}", kept[0]["quarantine_id"])


def test_facts_of_a_quarantined_article_go_with_it() -> None:
    article = rows.record("articles", "bad", title=" ")
    title, text = article["title"], article["text"]
    start = len(title) + 1 + text.index("Kim Jong Un")
    span = {"article_id": "bad", "start": start, "end": start + len("Kim Jong Un")}
    batch = rows.good(
        articles=[article],
        mentions=[rows.record("mentions", "m", **span)],
        events=[rows.record("events", "e", **span, type="GOSSIP")],
        statements=[rows.record("statements", "s", **span)],
    )
    verdict = _check(batch)
    assert {r["row_id"]: r["expectations"] for r in verdict.quarantine.to_pylist()} == {
        "bad 1": ["title_not_blank"],
        "m": ["article_quarantined"],
        "e": ["type_known", "article_quarantined"],
        "s": ["article_quarantined"],
    }
    assert verdict.good == rows.good()


def test_a_row_that_repeats_another_wholly_is_dropped_and_the_first_kept() -> None:
    twin = rows.record("mentions", "twin")
    verdict = _check(rows.good(mentions=[twin, twin, twin]))
    assert verdict.good["mentions"]["mention_id"].to_pylist().count("twin") == 1
    kept = verdict.quarantine.to_pylist()
    assert [(r["row_id"], r["expectations"]) for r in kept] == [("twin", ["mention_id_unique"])]


def test_an_article_that_stands_twice_keeps_its_facts() -> None:
    again = rows.good()["articles"].to_pylist()[0]
    verdict = _check(rows.good(articles=[again]))
    assert verdict.good == rows.good()
    assert verdict.quarantine["row_id"].to_pylist() == ["article 1"]


def test_rows_that_differ_under_one_id_are_all_kept_out() -> None:
    odd = [rows.record("mentions", "same", sentence=n) for n in (1, 1, 2)]
    verdict = _check(rows.good(mentions=odd))
    assert verdict.good == rows.good()
    assert verdict.quarantine["row_id"].to_pylist() == ["same", "same"]


def test_the_same_batch_gives_the_same_tables() -> None:
    batch = rows.good(
        articles=[rows.record("articles", "odd", url=None)],
        statements=[rows.record("statements", "odd", stance="admit")],
    )
    first, second = _check(batch), _check(batch)
    assert first.quarantine == second.quarantine
    assert first.checks == second.checks
    assert first.checks["check_id"].to_pylist() == list(dict.fromkeys(first.checks["check_id"].to_pylist()))


def test_a_row_that_is_quarantined_again_in_another_batch_has_the_same_id() -> None:
    batch = rows.good(statements=[rows.record("statements", "odd", stance="admit")])
    first, second = _check(batch, name="one"), _check(batch, name="two")
    assert first.quarantine["quarantine_id"] == second.quarantine["quarantine_id"]
    assert set(first.checks["check_id"].to_pylist()).isdisjoint(second.checks["check_id"].to_pylist())


def test_an_item_that_is_fetched_again_stands_in_the_quarantine_once() -> None:
    fetches = (
        {"fetched_at": rows.NOW, "day": rows.NOW.date(), "warc_file": "warc/one/0000.warc.gz", "warc_offset": 7},
        {"fetched_at": rows.NOW + timedelta(days=1), "day": rows.NOW.date() + timedelta(days=1)},
    )
    batches = [rows.only(articles=[rows.record("articles", "odd", title="", **fetch)]) for fetch in fetches]
    first, second = (_check(batch).quarantine.to_pylist() for batch in batches)
    assert first[0]["quarantine_id"] == second[0]["quarantine_id"]
    assert json.loads(first[0]["row"])["warc_offset"] == 7


def test_without_codes_what_needs_them_is_left_out() -> None:
    statement = rows.record("statements", "odd", claim="flat_earth", stance="admit")
    verdict = gate.check(rows.good(statements=[statement]), FOLDER, "batch", rows.NOW)
    assert verdict.quarantine["expectations"].to_pylist() == [["stance_known"]]
    assert "claim_known" not in verdict.checks["expectation"].to_pylist()


def test_nulls_in_every_column_are_kept_out_and_do_not_stop_the_batch() -> None:
    nothing = {table.name: dict.fromkeys(table.names) for table in (tables.ARTICLES, tables.FETCHES, *tables.FACTS)}
    verdict = _check(rows.good(**{name: [row] for name, row in nothing.items()}))
    assert verdict.good == rows.good()
    assert sorted(verdict.quarantine["table"].to_pylist()) == sorted(nothing)
    assert verdict.quarantine["day"].to_pylist() == [rows.NOW.date()] * len(nothing)


def test_an_expectation_that_cannot_be_judged_has_failed_and_the_rest_goes_on(tmp_path: Path) -> None:
    broken = _expectation("broken", "expect_column_values_to_match_regex", column="surface", regex="(")
    known = _expectation("known", "expect_column_values_to_be_in_set", column="kind", value_set=["person"])
    verdict = _check(rows.good(), _suites(tmp_path, "mentions", broken, known))
    checks = {r["expectation"]: r for r in verdict.checks.to_pylist() if r["table"] == "mentions"}
    assert not checks["broken"]["success"]
    assert checks["broken"]["severity"] == "critical"
    assert "missing )" in json.loads(checks["broken"]["observed"])["error"]
    assert verdict.quarantine["expectations"].to_pylist() == [["known"]]
    assert verdict.rejected == ()


def test_a_batch_expectation_that_cannot_be_judged_rejects_the_batch(tmp_path: Path) -> None:
    broken = _expectation("broken", "expect_column_mean_to_be_between", scope="batch", column="surface", min_value=1)
    verdict = _check(rows.good(), _suites(tmp_path, "mentions", broken))
    assert len(verdict.rejected) == 1
    assert verdict.rejected[0].startswith("mentions: broken: could not be judged: ")


@pytest.mark.parametrize(
    ("kind", "kwargs", "message"),
    [
        (
            "expect_column_max_to_be_between",
            {"column": "sentence", "min_value": 0, "max_value": 0},
            "1, at most 0 expected",
        ),
        (
            "expect_column_min_to_be_between",
            {"column": "sentence", "min_value": 2, "max_value": 9},
            "1, at least 2 expected",
        ),
        ("expect_table_row_count_to_equal", {"value": 2}, "3 rows, 2 expected"),
        (
            "expect_column_distinct_values_to_contain_set",
            {"column": "kind", "value_set": ["country", "person"]},
            "country, person expected",
        ),
        ("expect_column_values_to_not_be_null", {"column": "party"}, "2 of 3 rows (67%) fail it, at most 0% may"),
    ],
)
def test_messages_say_what_was_measured_and_what_was_expected(
    tmp_path: Path, kind: str, kwargs: dict[str, Any], message: str
) -> None:
    folder = _suites(tmp_path, "mentions", _expectation("named", kind, scope="batch", **kwargs))
    assert _check(rows.good(), folder).rejected == (f"mentions: named: {message}",)


def test_warnings_are_recorded_and_stop_nothing(tmp_path: Path) -> None:
    doubt = _expectation("doubt", "expect_column_values_to_be_in_set", "warning", column="kind", value_set=["person"])
    few = _expectation("few", "expect_table_row_count_to_be_between", "info", "batch", min_value=100)
    verdict = _check(rows.good(), _suites(tmp_path, "mentions", doubt, few))
    assert verdict.good == rows.good()
    assert verdict.rejected == ()
    checks = [r for r in verdict.checks.to_pylist() if r["table"] == "mentions"]
    assert [(r["expectation"], r["success"], r["rows"], r["unexpected"], r["observed"]) for r in checks] == [
        ("doubt", False, 3, 1, None),
        ("few", False, 3, 0, "3"),
    ]


def test_rows_of_an_expectation_that_holds_for_most_are_counted_and_not_kept_out(tmp_path: Path) -> None:
    most = _expectation(
        "most", "expect_column_values_to_be_in_set", scope="batch", column="kind", value_set=["person"], mostly=0.6
    )
    verdict = _check(rows.good(), _suites(tmp_path, "mentions", most))
    assert verdict.quarantine.num_rows == 0
    check = next(r for r in verdict.checks.to_pylist() if r["expectation"] == "most")
    assert (check["success"], check["unexpected"]) == (True, 1)


def test_a_table_without_a_suite_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(BeatError, match=r"fetches\.json: there is no such file"):
        _check(rows.good(), tmp_path)


def test_ten_thousand_articles_with_their_facts_take_seconds() -> None:
    count = 10_000
    articles = rows.records("articles", count)
    facts = {
        name: [rows.record(name, f"{name}_{n}") | {"article_id": f"articles_{n}"} for n in range(count)]
        for name in ("mentions", "statements")
    }
    facts["statements"][5]["stance"] = "admit"
    batch = rows.only(articles=articles, **facts)
    started = time.monotonic()
    verdict = _check(batch)
    assert time.monotonic() - started < 20  # 2 s on a quiet machine, the import of Great Expectations apart
    assert verdict.quarantine["row_id"].to_pylist() == ["statements_5"]
    assert verdict.rejected == ()
