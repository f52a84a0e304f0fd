import random
from datetime import timedelta

import pytest

from media_monitor.collect.politeness.interval import adapted, heeded, longest, start

QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)


def settled(per_day: float, window: int, most: timedelta = DAY, days: int = 60) -> tuple[timedelta, float]:
    """(the interval, the share of items lost) after some weeks of a feed with so many items a day."""
    chance, interval, now, seen, last, lost = random.Random(7), timedelta(hours=1), timedelta(0), 0, 0, 0
    times = []
    at = 0.0
    while at < days:
        at += chance.expovariate(per_day)
        times.append(timedelta(days=at))
    fetches = 0
    while now < timedelta(days=days):
        count = sum(t <= now for t in times)
        new = min(count - seen, window)
        lost += max(count - seen - window, 0)
        interval = adapted(interval, min(window, count), new, fetches, QUARTER, most)
        seen, fetches = count, fetches + 1
        now += interval
        last = count
    return interval, lost / max(last, 1)


@pytest.mark.parametrize(
    ("per_day", "low", "high"), [(300, 15, 20), (48, 15, 60), (8, 60, 480), (1, 480, 1440), (0.1, 1440, 1440)]
)
def test_the_interval_settles_where_a_fetch_brings_about_one_new_item(per_day, low, high):
    interval, lost = settled(per_day, 40)
    assert timedelta(minutes=low) <= interval <= timedelta(minutes=high)
    assert lost == 0


def test_a_feed_that_loses_items_is_asked_as_often_as_possible_at_once():
    assert adapted(timedelta(hours=8), 20, 15, 5, QUARTER, DAY) == QUARTER


def test_a_first_fetch_changes_nothing():
    assert adapted(timedelta(hours=1), 20, 20, 0, QUARTER, DAY) == timedelta(hours=1)
    assert adapted(timedelta(hours=1), 0, 0, 1, QUARTER, DAY) == timedelta(hours=1)


@pytest.mark.parametrize(("tier", "minutes"), [(1, 60), (2, 240), (3, 1440), (9, 1440)])
def test_a_tier_has_a_longest_interval(tier, minutes):
    most = longest(tier, (60, 240, 1440))
    assert most == timedelta(minutes=minutes)
    assert adapted(timedelta(days=3), 0, 0, 9, QUARTER, most) == most
    assert start(QUARTER, most) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("hint", "minutes", "entries", "new", "heeded_minutes"),
    [(60, 15, 20, 5, 60), (360, 15, 20, 5, 75), (360, 120, 20, 5, 360), (360, 15, 20, 18, 0), (360, 15, 0, 0, 360)],
)
def test_a_publishers_wish_is_heeded_as_far_as_no_item_is_missed(hint, minutes, entries, new, heeded_minutes):
    wish = heeded(timedelta(minutes=hint), timedelta(minutes=minutes), entries, new, 5)
    assert wish == timedelta(minutes=heeded_minutes)
