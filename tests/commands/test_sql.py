"""`sql` as a person types it, on the example of docs/sql.md."""

import csv
import io
import json
from pathlib import Path

import pytest
from tests.warehouse import example
from typer.testing import CliRunner

from media_monitor.cli import app
from media_monitor.errors import QueryError


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    example.build(folder)
    return folder


def _run(home: Path, *arguments: str, expected: int = 0) -> str:
    done = CliRunner().invoke(app, ["--home", str(home), "sql", *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == expected, done.output
    return done.output


def test_a_query_has_a_table_json_and_csv(home: Path) -> None:
    sql = "SELECT claim, party, quote IS NULL AS \"[bold]q\", '=1+1' AS f FROM confirmations ORDER BY ALL LIMIT 2"
    table = _run(home, sql)
    assert "[bold]q" in table
    assert "2 rows in" in table
    rows = json.loads(_run(home, sql, "--json"))
    assert [row["claim"] for row in rows] == ["troops_deployed", "troops_deployed"]
    told = list(csv.DictReader(io.StringIO(_run(home, sql, "--csv"))))
    assert [(row["claim"], row["f"]) for row in told] == [("troops_deployed", "'=1+1")] * 2
    assert "more rows exist" in _run(home, "FROM articles", "--rows", "1")


def test_what_may_not_be_asked_is_one_line(home: Path) -> None:
    with pytest.raises(QueryError, match=r"^SQL: read_csv\(\) may not be called here"):
        _run(home, "FROM read_csv('/etc/hostname')")
    with pytest.raises(QueryError, match=r"took longer than 0\.3 s"):
        _run(home, "WITH RECURSIVE r AS (SELECT 1 n UNION ALL FROM r) SELECT max(n) FROM r", "--seconds", "0.3")


def test_a_kept_query_runs_with_other_values(home: Path) -> None:
    kept = json.loads(_run(home, "--saved", "where_parties_stand", "--claim", "troops_in_combat", "--json"))
    assert {row["claim"] for row in kept} == {"troops_in_combat"}
    days = json.loads(_run(home, "--saved", "coverage_over_time", "--set", "bucket=day", "--json",
                           "--since", "2025-04-26", "--until", "2025-04-28"))  # fmt: skip
    assert [row["articles"] for row in days] == [1, 0, 4]
    with pytest.raises(QueryError, match="do you mean where_parties_stand"):
        _run(home, "--saved", "where_party_stands")


@pytest.mark.usefixtures("wide")
def test_ones_own_query_is_kept_listed_replaced_and_deleted(home: Path) -> None:
    sql = "SELECT count(*) AS n FROM articles WHERE language = $language"
    _run(home, sql, "--save", "by_language", "--title", "How many in a language", "--set", "language=ar")
    assert json.loads(_run(home, "--saved", "by_language", "--json")) == [{"n": 2}]
    assert json.loads(_run(home, "--saved", "by_language", "--set", "language=ru", "--json")) == [{"n": 3}]
    (mine,) = [query for query in json.loads(_run(home, "--list", "--json")) if not query["shipped"]]
    assert mine["parameters"] == {"language": {"value": "ar", "meaning": ""}}
    assert mine["saved_by"]
    assert "How many in a language" in _run(home, "--list")
    with pytest.raises(QueryError, match="one of this name already"):
        _run(home, "SELECT 1", "--save", "by_language")
    with pytest.raises(QueryError, match="name of a shipped query"):
        _run(home, "SELECT 1", "--save", "reversals")
    _run(home, "SELECT 2 AS n", "--save", "by_language", "--replace")
    assert json.loads(_run(home, "--saved", "by_language", "--json")) == [{"n": 2}]
    with pytest.raises(QueryError, match="shipped one, which stays"):
        _run(home, "--delete", "reversals")
    _run(home, "--delete", "by_language")
    with pytest.raises(QueryError, match="none of this name"):
        _run(home, "--saved", "by_language")


def test_the_command_says_what_it_needs(home: Path) -> None:
    _run(home, expected=2)
    _run(home, "SELECT 1", "--saved", "reversals", expected=2)
    _run(home, "SELECT $a", "--set", "a", expected=2)
