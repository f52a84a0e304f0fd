"""How politely servers are asked, told from the fetch log."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.warehouse import example, rows

from media_monitor.sources import Fetch
from media_monitor.warehouse import index, lake, query, trends

DAY = "2025-04-28"
NOON = rows.moment(DAY)
SPAN = {"since": date(2025, 4, 27), "until": date(2025, 4, 28)}
MINUTE = timedelta(minutes=1)


def at(feed: str, minutes: float, **changes: Any) -> Fetch:
    """A fetch that many minutes after noon; its domain is that of the feed, its address in the list the same."""
    found = {"domain": f"{feed}.example", "feed_url": f"https://{feed}.example/rss", **changes}
    return rows.fetch(feed, f"run{minutes}", DAY, fetched_at=NOON + minutes * MINUTE, **found)


def told_to_wait(feed: str, minutes: float, seconds: int, **changes: Any) -> Fetch:
    until = NOON + minutes * MINUTE + timedelta(seconds=seconds + 30)
    told = {"status": 429, "error": "answered 429 Too Many Requests", "note": f"asks to wait {seconds} s"}
    return at(feed, minutes, blocked_until=until, **told, **changes)


def spared(feed: str, minutes: float, **changes: Any) -> Fetch:
    return at(feed, minutes, status=None, error="is not asked: volga.example asks to wait 600 s", **changes)


@pytest.fixture
def ask(tmp_path: Path) -> Any:
    """The rows that a macro gives of the fetches."""

    def ask(call: str, *fetches: Fetch) -> list[dict[str, Any]]:
        lake.merge(tmp_path, rows.batch(*fetches))
        index.sync(tmp_path, trends.scripts(), example.REFERENCE)
        return query.rows(tmp_path, f"FROM {call}", SPAN)

    return ask


def test_measures_count_what_was_asked_and_what_came_of_it(ask: Any) -> None:
    [found] = ask(
        "politeness($since, $until)",
        at("volga", 0, new_entries=3, bytes=1000),
        at("volga", 20, status=304),
        at("volga", 40, entries=9, bytes=1000),
        told_to_wait("nile", 0, 600),
        spared("harbour", 2, domain="nile.example"),
        at("courier-en", 0, status=None, error="timed out", lying_since=NOON),
    )
    assert (found["requests"], found["feeds"], found["days"], found["a_feed_a_day"]) == (5, 3, 1, 1.67)
    assert (found["unchanged"], found["unchanged_share"], found["wasted"], found["wasted_share"]) == (1, 0.2, 4, 0.8)
    assert (found["failed"], found["waits"], found["waits_kept"], found["spared"]) == (2, 1, 1, 1)
    assert (found["bytes"], found["new_entries"], found["caught_lying"]) == (2000, 3, 1)


def test_no_fetch_is_no_division_by_nothing(ask: Any) -> None:
    [found] = ask("politeness($since, $until)")
    assert (found["requests"], found["days"], found["a_feed_a_day"], found["wasted_share"]) == (0, 0, None, None)


@pytest.mark.parametrize(
    ("minutes", "broken"), [(0.5, False), (5, True), (9.9, True), (10.1, False)]
)  # what was under way when the answer came; twice within ten minutes; after them
def test_a_wait_holds_for_every_feed_of_the_domain(ask: Any, minutes: float, broken: bool) -> None:
    fetches = (told_to_wait("volga", 0, 600), at("nile", minutes, domain="volga.example"))
    [wait] = ask("waits($since, $until)", *fetches, spared("harbour", 3, domain="volga.example"))
    assert (wait["asked"], wait["spared"]) == (int(broken), 1)
    found = ask("broken_rules($since, $until, 5)")
    assert [(r["rule"], r["feed_id"]) for r in found] == [("asked within a wait", "nile")] * broken


def test_a_feed_that_is_gone_is_asked_once_only_unless_its_address_changes(ask: Any) -> None:
    gone = {"status": 410, "error": "answered 410 Gone", "retired_at": NOON}
    moved = {"feed_url": "https://volga.example/new"}
    assert ask("broken_rules($since, $until, 5)", at("volga", 0, **gone), at("volga", 60, **moved)) == []
    [found] = ask("broken_rules($since, $until, 5)", at("nile", 0, **gone), at("nile", 60))
    assert (found["rule"], found["feed_id"], found["seconds"]) == ("asked although gone", "nile", 3600.0)


def body(feed: str, seconds: float, host: str = "volga.example", **changes: Any) -> Fetch:
    start = NOON + timedelta(seconds=seconds)
    return at(feed, 0, body_at=start, body_url=f"https://{host}/{feed}", **changes)


@pytest.mark.parametrize(
    ("seconds", "host", "broken"),
    [(4, "volga.example", True), (5, "volga.example", False), (4, "nile.example", False), (0, "volga.example", False)],
)
def test_starts_on_one_host_are_held_against_the_spacing(ask: Any, seconds: int, host: str, broken: bool) -> None:
    fetches = (body("volga", 1), body("nile", 1 + seconds, host), body("courier-en", 2, status=304))
    found = ask("broken_rules($since, $until, 5)", *fetches)
    assert [(r["rule"], r["seconds"]) for r in found] == [("host asked too soon", 4.0)] * broken
