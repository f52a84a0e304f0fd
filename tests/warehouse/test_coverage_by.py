"""Coverage by a dimension, beyond the examples of docs/sql.md."""

from pathlib import Path
from typing import Any

import pytest
from tests.warehouse import example, rows

from media_monitor.errors import QueryError
from media_monitor.warehouse import index, lake, query, trends

DAY = "2025-04-28"
ONE, COPY, OTHER = rows.article("one", DAY), rows.article("copy", DAY, copy_of="one"), rows.article("other", DAY)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coverage")
    lake.merge(
        folder,
        rows.batch(
            ONE, COPY, OTHER,
            rows.article("football", DAY, relevant=False),
            rows.statement(ONE, "KP", "confirm", "troops_in_combat"),
            rows.statement(ONE, "KP", "praise", "troops_deployed"),
            rows.statement(COPY, "KP", "confirm", "troops_in_combat"),
            rows.statement(OTHER, "RU", "decline", "troops_deployed", background=True),
            rows.statement(OTHER, "US", "confirm", "troops_deployed", modality="hypothetical"),
            rows.statement(OTHER, "KR", "allege", "troops_deployed", role="expert"),
        ),
    )  # fmt: skip
    index.sync(folder, trends.scripts(), example.REFERENCE)
    return folder


def _ask(home: Path, sql: str) -> list[dict[str, Any]]:
    return query.rows(home, sql)


def _counted(home: Path, claim: str, dimension: str) -> dict[str, int]:
    sql = f"FROM coverage_over_time({claim}, '{dimension}', '{DAY}', '{DAY}', bucket := 'month')"
    return {row["label"]: row["articles"] for row in _ask(home, sql)}


def test_an_article_counts_for_each_of_its_claims_and_a_copy_too(home: Path) -> None:
    assert _counted(home, "NULL", "claim") == {"troops_in_combat": 2, "troops_deployed": 2}
    assert _counted(home, "'troops_deployed'", "claim") == {"troops_deployed": 2}


def test_parties_are_those_whose_officials_speak_now(home: Path) -> None:
    assert _counted(home, "NULL", "party") == {"KP": 2}


def test_only_so_many_labels_come_but_each_with_all_its_buckets(home: Path) -> None:
    sql = f"FROM coverage_over_time(NULL, 'claim', '2025-04-26', '{DAY}', bucket := 'day', most := 1)"
    found = _ask(home, sql)
    assert [(row["label"], row["articles"], row["share"]) for row in found] == [
        ("troops_deployed", 0, None), ("troops_deployed", 0, None), ("troops_deployed", 2, 0.5),
    ]  # fmt: skip


@pytest.mark.parametrize("dimension", ["mood", ""])
def test_an_unknown_dimension_is_an_error(home: Path, dimension: str) -> None:
    with pytest.raises(QueryError, match="the dimension is claim, party, language"):
        _ask(home, f"FROM covering_by('troops_deployed', '{dimension}', '{DAY}', '{DAY}')")
    with pytest.raises(QueryError, match="the dimension is claim, party, language"):
        _ask(home, f"FROM covering_by(NULL, '{dimension}', '{DAY}', '{DAY}')")


def test_a_period_without_any_article_has_no_share_and_no_score(home: Path) -> None:
    (found,) = _ask(home, f"FROM compare_coverage(NULL, 'party', '{DAY}', '{DAY}', '2025-01-01', '2025-01-31')")
    assert (found["articles"], found["articles_before"], found["share"]) == (2, 0, 0.5)
    assert (found["share_before"], found["share_change"], found["score"]) == (None, None, None)
