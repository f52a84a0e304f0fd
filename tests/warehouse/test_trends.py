"""What the views count, beyond the examples of docs/sql.md."""

from pathlib import Path
from typing import Any

import pytest
from tests.warehouse import example, rows

from media_monitor.errors import QueryError
from media_monitor.warehouse import index, lake, query, trends

DAY = "2025-04-28"


def _ask(home: Path, sql: str, *stored: object) -> list[dict[str, Any]]:
    lake.merge(home, rows.batch(*stored))
    index.sync(home, trends.scripts(), example.REFERENCE)
    return query.run(home, sql).to_pylist()


def test_each_script_says_what_it_is_for_and_stands_in_order() -> None:
    names = [path.name for path in sorted(trends.FOLDER.glob("*.sql"))]
    assert len(trends.scripts()) == len(names) >= 8
    assert all(script.startswith("-- ") for script in trends.scripts())
    assert all(name[:2].isdigit() and name[2] == "_" for name in names)


def test_every_view_works_on_an_empty_warehouse(tmp_path: Path) -> None:
    index.sync(tmp_path, trends.scripts(), example.REFERENCE)
    views = query.run(tmp_path, "SELECT view_name FROM duckdb_views() WHERE NOT internal")["view_name"].to_pylist()
    assert len(views) >= 15
    assert [v for v in views if query.run(tmp_path, f"FROM {v}").num_rows] == ["feed_health", "trend_rules"]


def test_a_corrected_article_counts_once_with_what_it_says_now(tmp_path: Path) -> None:
    first, second = rows.article("one", DAY), rows.article("one", "2025-04-29", revision=2)
    found = _ask(
        tmp_path,
        "SELECT day, claim, articles FROM coverage_by_claim",
        first,
        rows.statement(first, "KP", "confirm", "troops_in_combat"),
        second,
        rows.statement(second, "KP", "deny", "troops_deployed"),
    )
    assert found == [{"day": second.day, "claim": "troops_deployed", "articles": 1}]


def test_the_denominator_holds_articles_of_no_relevance(tmp_path: Path) -> None:
    articles = [rows.article(f"a{n}", DAY, relevant=n == 0, text=None) for n in range(8)]
    assert _ask(tmp_path, "SELECT share FROM daily_articles", *articles) == [{"share": 0.125}]


def test_articles_that_nobody_judged_are_not_relevant(tmp_path: Path) -> None:
    found = _ask(
        tmp_path, "SELECT articles, relevant, share FROM daily_articles", rows.article("a", DAY, relevant=None)
    )
    assert found == [{"articles": 1, "relevant": 0, "share": 0.0}]
    assert _ask(tmp_path, f"SELECT articles FROM coverage(NULL, '{DAY}', '{DAY}')") == [{"articles": 0}]


def test_two_statements_of_one_article_are_one_article(tmp_path: Path) -> None:
    one = rows.article("one", DAY)
    found = _ask(
        tmp_path,
        "SELECT articles, publishers, new_articles FROM coverage_by_claim",
        one,
        rows.statement(one, "KP", "confirm", "troops_in_combat"),
        rows.statement(one, "RU", "confirm", "troops_in_combat", background=True),
    )
    assert found == [{"articles": 1, "publishers": 1, "new_articles": 1}]


def test_stances_leave_out_background_and_hypothetical(tmp_path: Path) -> None:
    one = rows.article("one", DAY)
    found = _ask(
        tmp_path,
        "SELECT party FROM stance_daily",
        one,
        rows.statement(one, "KP", "confirm", "troops_in_combat"),
        rows.statement(one, "RU", "decline", "troops_in_combat", background=True),
        rows.statement(one, "US", "confirm", "troops_in_combat", modality="hypothetical"),
    )
    assert found == [{"party": "KP"}]


def test_events_leave_out_what_did_not_happen(tmp_path: Path) -> None:
    one = rows.article("one", DAY)
    found = _ask(
        tmp_path,
        "SELECT type FROM event_counts",
        one,
        rows.event(one, "AID", "KP", "RU"),
        rows.event(one, "ASSAULT", "RU", "UA", negated=True),
        rows.event(one, "CONSULT", "RU", "KP", modality="planned"),
    )
    assert found == [{"type": "AID"}]


@pytest.mark.parametrize(
    ("bucket", "expected"),
    [
        ("day", ["2025-04-27", "2025-04-28", "2025-04-29"]),
        ("week", ["2025-04-21", "2025-04-28"]),
        ("month", ["2025-04-01"]),
        ("year", ["2025-01-01"]),
    ],
)
def test_buckets_without_articles_are_there(tmp_path: Path, bucket: str, expected: list[str]) -> None:
    sql = f"SELECT bucket_day, articles FROM coverage(NULL, '2025-04-27', '2025-04-29', '{bucket}')"
    found = _ask(tmp_path, sql, rows.article("one", DAY))
    assert [str(row["bucket_day"]) for row in found] == expected
    assert sum(row["articles"] for row in found) == 1


def test_both_ends_of_a_span_count(tmp_path: Path) -> None:
    days = ("2025-04-26", "2025-04-27", "2025-04-29", "2025-04-30")
    sql = "SELECT sum(articles) AS articles FROM coverage(NULL, '2025-04-27', '2025-04-29', 'month')"
    assert _ask(tmp_path, sql, *(rows.article(day, day) for day in days)) == [{"articles": 2}]


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("FROM coverage(NULL, '2025-04-27', '2025-04-29', 'fortnight')", "fortnight"),
        ("FROM coverage(NULL, 'yesterday', '2025-04-29')", "yesterday"),
        ("FROM coverage_split(NULL, 'mood', '2025-04-27', '2025-04-29')", "the dimension is language, publisher"),
    ],
)
def test_a_bad_argument_is_named(tmp_path: Path, sql: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        _ask(tmp_path, sql, rows.article("one", DAY))
