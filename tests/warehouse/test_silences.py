"""A feed is silent against its own past, weekday by weekday, and not when we were down."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.warehouse import rows
from tests.warehouse.history import DAYS, ask, build, day_of

SILENT = "SELECT subject_kind, subject FROM silences WHERE silent ORDER BY ALL"


def _fetches(feed: str, news: set[int], runs: range | list[int] = range(DAYS), **changes: object) -> Iterator[object]:
    for n in runs:
        yield rows.fetch(feed, f"run{n:03}", day_of(n), new_entries=int(n in news), **changes)


def _every(step: int, last: int = DAYS) -> set[int]:
    return {n for n in range(DAYS) if n % step == 0 and n < last}


def test_a_feed_that_stops_is_silent_and_one_that_is_slow_is_not(tmp_path: Path) -> None:
    build(tmp_path, *_fetches("volga", _every(1, 63)), *_fetches("nile", _every(5, 66)))
    assert ask(tmp_path, SILENT) == [
        {"subject_kind": "feed", "subject": "volga"},
        {"subject_kind": "language", "subject": "ru"},
    ]
    found = ask(tmp_path, "SELECT usual_hours, silent_hours FROM silences WHERE subject = 'volga'")
    assert found == [{"usual_hours": 24.0, "silent_hours": 168.0}]


def test_a_paper_that_rests_at_the_weekend_is_not_silent_then(tmp_path: Path) -> None:
    news = {n for n in range(DAYS) if n % 7 < 5}
    build(tmp_path, *_fetches("volga", news))
    found = ask(tmp_path, "SELECT usual_hours, silent_hours, silent FROM silences WHERE subject = 'volga'")
    assert found == [{"usual_hours": 72.0, "silent_hours": 48.0, "silent": False}]


def test_the_same_gap_in_the_middle_of_the_week_is_silence(tmp_path: Path) -> None:
    news = {n for n in range(66) if n % 7 < 5} - {64, 65}
    build(tmp_path, *_fetches("volga", news, range(67)))
    found = ask(tmp_path, "SELECT usual_hours, silent_hours, silent FROM silences WHERE subject = 'volga'")
    assert found == [{"usual_hours": 24.0, "silent_hours": 72.0, "silent": True}]


def test_our_own_outage_is_no_silence(tmp_path: Path) -> None:
    runs = [*range(60), DAYS - 1]
    build(tmp_path, *_fetches("volga", set(range(60)), runs), *_fetches("nile", set(runs), runs))
    assert ask(tmp_path, SILENT) == []


def test_a_language_speaks_while_one_of_its_feeds_does(tmp_path: Path) -> None:
    quiet = _fetches("courier-en", _every(1, 60))
    build(tmp_path, *quiet, *_fetches("harbour", _every(1)))
    assert ask(tmp_path, SILENT) == [{"subject_kind": "feed", "subject": "courier-en"}]


def test_a_feed_that_is_new_or_unlisted_is_not_judged(tmp_path: Path) -> None:
    build(tmp_path, *_fetches("volga", {0, 1, 2}), *_fetches("gone", set(range(50))))
    found = ask(tmp_path, "SELECT subject, usual_hours, silent FROM silences ORDER BY ALL")
    assert found == [{"subject": s, "usual_hours": None, "silent": False} for s in ("ru", "volga")]


@pytest.mark.parametrize(("hours", "silent"), [(20, False), (40, True)])
def test_a_busy_feed_is_silent_after_a_day(tmp_path: Path, hours: int, silent: bool) -> None:
    """News every three hours; then none."""
    stop = DAYS * 8
    made = [
        rows.fetch("volga", f"run{n:04}", day_of(0), fetched_at=rows.moment(day_of(0), 0) + timedelta(hours=3 * n),
                   new_entries=int(n < stop))
        for n in range(stop + hours // 3 + 1)
    ]  # fmt: skip
    build(tmp_path, *made)
    found = ask(tmp_path, "SELECT silent FROM silences WHERE subject_kind = 'feed'")
    assert found == [{"silent": silent}]
