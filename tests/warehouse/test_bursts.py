"""Bursts stand out of their own weekday, and outages, longer feed lists and reprints make none."""

from pathlib import Path

import pytest
from tests.warehouse import history, rows
from tests.warehouse.history import DAYS, LAST, ask, build, coverage, day_of, fetches, usual

BURSTS = "SELECT day, articles, expected, episode FROM bursts WHERE burst AND subject_kind = 'claim' ORDER BY day"


def _days(home: Path) -> list[str]:
    return [row["day"].isoformat() for row in ask(home, BURSTS)]


def test_the_same_weeks_over_and_over_are_no_burst(tmp_path: Path) -> None:
    build(tmp_path, *coverage(usual), *fetches())
    assert ask(tmp_path, "FROM bursts WHERE burst") == []
    sql = f"SELECT DISTINCT expected FROM bursts WHERE day = '{LAST}'"
    assert ask(tmp_path, sql) == [{"expected": 2.0}]


def test_a_working_day_on_a_sunday_is_a_burst_and_on_a_tuesday_none(tmp_path: Path) -> None:
    build(tmp_path, *coverage(lambda n: 8 if n == 62 else usual(n)), *fetches())
    found = ask(tmp_path, BURSTS)
    assert [(row["day"].isoformat(), row["articles"], row["expected"]) for row in found] == [(day_of(62), 8, 2.0)]


def test_burst_days_in_a_row_are_one_episode(tmp_path: Path) -> None:
    build(tmp_path, *coverage(lambda n: 40 if n in (58, 59, 65) else usual(n)), *fetches())
    assert [row["episode"] for row in ask(tmp_path, BURSTS)] == [
        f"claim:troops_in_combat:{day_of(n)}" for n in (58, 58, 65)
    ]


def test_claim_party_and_beat_burst_each_for_itself(tmp_path: Path) -> None:
    build(tmp_path, *coverage(lambda n: 40 if n == 65 else usual(n)), *fetches())
    found = ask(tmp_path, "SELECT subject_kind, subject FROM bursts WHERE burst ORDER BY ALL")
    assert [tuple(row.values()) for row in found] == [
        ("beat", "dprk_russia"),
        ("claim", "troops_in_combat"),
        ("party", "KP"),
    ]


@pytest.mark.parametrize("changes", [{"copy_of": "first"}, {"publisher": "courier"}, {"agency": " AFP"}])
def test_copies_and_one_source_are_no_burst(tmp_path: Path, changes: dict[str, str]) -> None:
    extra = coverage(lambda n: 40 if n == 65 else 0, **changes)
    quiet = coverage(lambda n: 0 if n == 65 else usual(n))
    build(tmp_path, *extra, *quiet, *fetches())
    assert _days(tmp_path) == []


def test_an_outage_leaves_no_low_baseline(tmp_path: Path) -> None:
    """Four weeks in which nothing worked: the weeks after are as before, and no burst."""
    down = range(20, 48)
    quiet = coverage(lambda n: 0 if n in down else usual(n))
    build(tmp_path, *quiet, *fetches(lambda _, n: n not in range(20, 49)))
    assert _days(tmp_path) == []
    sql = f"SELECT count(expected) AS judged FROM bursts WHERE day BETWEEN '{day_of(22)}' AND '{day_of(46)}'"
    assert ask(tmp_path, sql) == [{"judged": 0}]


def test_half_the_feeds_bring_half_of_what_is_expected(tmp_path: Path) -> None:
    build(tmp_path, *coverage(usual), *fetches(lambda feed, n: n < 64 or feed in ("volga", "nile")))
    sql = f"SELECT expected FROM bursts WHERE day = '{day_of(65)}' AND subject_kind = 'beat'"
    assert ask(tmp_path, sql) == [{"expected": 4.0}]


def test_more_feeds_are_no_burst(tmp_path: Path) -> None:
    more = [rows.fetch(f"new{k}", f"run{n}", day_of(n), new_entries=1) for n in range(60, DAYS) for k in range(8)]
    build(tmp_path, *coverage(lambda n: usual(n) * (3 if n >= 60 else 1)), *fetches(), *more)
    assert _days(tmp_path) == []


def test_without_history_nothing_is_judged(tmp_path: Path) -> None:
    build(tmp_path, *coverage(lambda n: 30 if n == 20 else usual(n)), *fetches())
    assert _days(tmp_path) == []


def test_articles_without_any_fetch_are_judged_as_if_all_worked(tmp_path: Path) -> None:
    build(tmp_path, *coverage(lambda n: 40 if n == 65 else usual(n)))
    assert _days(tmp_path) == [day_of(65)]
    assert history.ask(tmp_path, "SELECT DISTINCT known, working FROM feed_coverage") == [{"known": 1, "working": 1}]
