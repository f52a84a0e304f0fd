from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_monitor.collect.politeness.schedule import chunks, due, host, next_due_at, state_of
from media_monitor.sources import Feed, FetchState

NOON = datetime(2025, 4, 28, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def feed(number: int, at: str = "a.example") -> Feed:
    return Feed(f"{at}/{number}", f"https://{at}/{number}", "Outlet", "publisher")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (None, True),
        (FetchState("a.example/1"), True),
        (FetchState("a.example/1", next_due_at=NOON), True),
        (FetchState("a.example/1", next_due_at=NOON - QUARTER), True),
        (FetchState("a.example/1", next_due_at=NOON + timedelta(seconds=40)), True),  # began 40 s after the run's start
        (FetchState("a.example/1", next_due_at=NOON + QUARTER), False),
        (FetchState("a.example/1", next_due_at=NOON, failures=0.5), True),
        (FetchState("a.example/1", next_due_at=NOON + timedelta(seconds=1), failures=0.5), False),
    ],
)
def test_a_feed_is_due_when_its_time_has_come(state, expected):
    states = {"a.example/1": state} if state else {}
    assert bool(due([feed(1)], states, NOON, force=False)) is expected
    assert due([feed(1)], states, NOON, force=True) == [feed(1)]


@pytest.mark.parametrize(("failures", "minutes"), [(0, 15), (0.25, 18.75), (1, 30), (3.5, 67.5), (500, 1440)])
def test_the_back_off_is_linear_and_ends_at_a_day(failures, minutes):
    assert next_due_at(NOON, failures, QUARTER) == NOON + timedelta(minutes=minutes)


@pytest.mark.parametrize("force", [False, True])
def test_a_domain_that_asked_for_patience_is_left_alone_with_all_of_its_feeds(force):
    feeds = [feed(1, "a.paper.org"), feed(2, "b.paper.org"), feed(3, "other.example")]
    states = {feeds[0].feed_id: FetchState(feeds[0].feed_id, domain="paper.org", blocked_until=NOON + QUARTER)}
    assert due(feeds, states, NOON, force) == feeds[2:]
    assert due(feeds, states, NOON + QUARTER, force) == feeds


def test_a_retired_feed_is_due_by_force_only_or_at_a_new_address():
    state = FetchState("a.example/1", feed_url="https://a.example/1", retired_at=NOON - timedelta(days=400))
    assert due([feed(1)], {"a.example/1": state}, NOON, force=False) == []
    assert due([feed(1)], {"a.example/1": state}, NOON, force=True) == [feed(1)]
    again = replace(feed(1), url="https://a.example/new")
    assert due([again], {"a.example/1": state}, NOON, force=False) == [again]
    assert state_of(again, {"a.example/1": state}) == FetchState("a.example/1")


def test_an_interval_longer_than_a_day_is_kept():
    assert next_due_at(NOON, 0, timedelta(days=7)) == NOON + timedelta(days=7)


FEEDS = st.lists(
    st.tuples(st.integers(0, 99), st.sampled_from(["a.example", "b.example", "c.example:81"])), unique=True
)


@given(FEEDS, st.integers(1, 7))
def test_chunks_hold_every_feed_once_and_keep_hosts_together(pairs, size):
    feeds = [feed(*pair) for pair in pairs]
    made = chunks(feeds, size)
    assert sorted(f.feed_id for chunk in made for f in chunk) == sorted(f.feed_id for f in feeds)
    assert all(1 <= len(chunk) <= size or len({host(f.url) for f in chunk}) == 1 for chunk in made)
    for name in {host(f.url) for f in feeds}:
        assert sum(any(host(f.url) == name for f in chunk) for chunk in made) == 1


def test_small_hosts_fill_chunks():
    feeds = [feed(n, f"h{n}.example") for n in range(45)]
    assert [len(chunk) for chunk in chunks(feeds, 20)] == [20, 20, 5]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://A.example:81/x", "a.example:81"),
        ("https://me:pw@a.example/", "a.example"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_the_host_of_a_url(url, expected):
    assert host(url) == expected
