from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_monitor.collect.schedule import chunks, due, host, next_due_at
from media_monitor.model import Feed, FetchState

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


@pytest.mark.parametrize(
    ("failures", "retry_after", "minutes"),
    [(0, None, 15), (0.25, None, 18.75), (1, None, 30), (3.5, None, 67.5), (500, None, 1440), (0, 60, 15),
     (0.5, 7200, 120), (0.5, 10**9, 1440)],
)  # fmt: skip
def test_the_back_off_is_linear_and_ends_at_a_day(failures, retry_after, minutes):
    patience = None if retry_after is None else timedelta(seconds=retry_after)
    assert next_due_at(NOON, failures, QUARTER, patience) == NOON + timedelta(minutes=minutes)


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
    assert all(1 <= len(chunk) <= size for chunk in made)
    for name in {host(f.url) for f in feeds}:
        count = sum(host(f.url) == name for f in feeds)
        spread = sum(any(host(f.url) == name for f in chunk) for chunk in made)
        assert spread == -(-count // size)


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
