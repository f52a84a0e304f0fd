"""Feeds asked again and again by the real client, with the clock moved on: what their servers get to see."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from media_monitor.collect.chunk import collect
from media_monitor.collect.politeness.pace import paced
from media_monitor.collect.politeness.schedule import due
from media_monitor.collect.settle import settle
from media_monitor.config import Settings
from media_monitor.sources import Feed, Fetch, FetchState

NOON = datetime(2025, 4, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Reader:
    """Asks the feeds that are due at a time, and remembers as the lake does."""

    def __init__(self, feeds: list[Feed], settings: Settings) -> None:
        self.feeds, self.settings = feeds, settings
        self.states: dict[str, FetchState] = {}
        self.known: dict[str, dict[str, int]] = {}
        self.runs = 0

    def run(self, now: datetime, *, force: bool = False) -> list[Fetch]:
        self.runs += 1
        wanted = due(self.feeds, self.states, now, force)
        if not wanted:
            return []
        warc = self.settings.home / "warc" / f"{self.runs}.warc.gz"
        settings = replace(self.settings, as_of=now)
        fetches, articles = collect(wanted, self.states, settings, str(self.runs), warc)
        fresh, fetches = settle(articles, fetches, self.known)
        fetches = paced(fetches, fresh, self.feeds, settings)
        for article in fresh:
            self.known.setdefault(article.article_id, {})[article.content_sha256] = article.revision
        names = [f.name for f in fields(FetchState)]
        self.states |= {f.feed_id: FetchState(**{name: getattr(f, name) for name in names}) for f in fetches}
        return fetches

    def days(self, start: datetime, days: float, every: timedelta = timedelta(minutes=15)) -> list[Fetch]:
        """All fetches of runs so far apart."""
        moments = (start + n * every for n in range(int(timedelta(days=days) / every)))
        return [fetch for now in moments for fetch in self.run(now)]


@pytest.fixture
def reader(settings: Settings) -> Callable[..., Reader]:
    return lambda *feeds: Reader(list(feeds), settings)


def test_a_quiet_feed_is_asked_less_and_less(server, reader):
    fetches = reader(server.feed("/good", tier=3)).days(NOON, 4, HOUR)
    gaps = [b.fetched_at - a.fetched_at for a, b in pairwise(fetches)]
    assert gaps == sorted(gaps)
    assert gaps[0] == HOUR
    assert gaps[-1] >= 12 * HOUR


def test_a_publishers_wish_is_heeded_up_to_the_cap(server, reader):
    server.headers = {"Cache-Control": "max-age=7200"}
    (fetch,) = reader(server.feed("/with-headers")).run(NOON)
    assert fetch.next_due_at == NOON + 2 * HOUR
    server.headers = {"Cache-Control": "max-age=999999"}
    (fetch,) = reader(server.feed("/with-headers")).run(NOON)
    assert fetch.next_due_at == NOON + 6 * HOUR
    assert fetch.hint_minutes == pytest.approx(999999 / 60)


def test_a_domain_that_asks_for_patience_is_left_alone_at_once_and_later(server, reader):
    told, spared = server.feed("/429"), server.feed("/good")
    one = reader(told, spared)
    first, second = one.run(NOON)
    assert first.error == "answered 429 Too Many Requests"
    assert second.error == "is not asked: 127.0.0.1 asks to wait 7200 s"
    assert second.failures == 0
    assert [path for path, _ in server.asked] == ["/429"]
    assert one.run(NOON + 1.9 * HOUR, force=True) == []
    assert {f.feed_id for f in one.run(NOON + 2.1 * HOUR)} == {"/429", "/good"}


def test_a_move_counts_once_three_fetches_agree(server, reader):
    one = reader(server.feed("/moved"))
    for hour in range(4):
        one.run(NOON + hour * 24 * HOUR)
    asked = [path for path, _ in server.asked]
    assert asked == ["/moved", "/good"] * 3 + ["/good"]
    assert one.states["/moved"].moved_to == server.url("/good")


def test_a_new_address_that_fails_is_given_up_for_the_listed_one(server, reader):
    one = reader(server.feed("/moves-away"))
    for hour in range(3):
        one.run(NOON + hour * 24 * HOUR)
    server.gone = True
    (lost,) = one.run(NOON + 3 * 24 * HOUR)
    assert lost.url == server.url("/good-2")
    assert lost.error == "answered 404 Not Found"
    assert lost.note == f"given up: its new address {server.url('/good-2')}"
    server.gone = False
    (again,) = one.run(NOON + 5 * 24 * HOUR)
    assert again.url == server.url("/moves-away")


def test_a_feed_that_is_gone_for_good_is_retired_and_says_so(server, reader):
    one = reader(server.feed("/410"))
    (gone,) = one.run(NOON)
    assert gone.retired_at == NOON
    assert gone.note == "it is retired and not asked again unless forced"
    assert one.run(NOON + 1000 * 24 * HOUR) == []
    assert len(one.run(NOON + 1000 * 24 * HOUR, force=True)) == 1


def test_a_server_that_keeps_to_its_validators_is_believed(server, reader):
    fetches = reader(server.feed("/conditional")).days(NOON, 3, HOUR)
    assert all(f.lying_since is None for f in fetches)
    asked = [fetch.conditional for fetch in fetches]
    assert asked[0] is False
    assert asked.count(False) <= 4  # once a day


def test_a_server_whose_304_withholds_news_is_found_out_within_two_days(server, reader):
    one = reader(server.feed("/always-304", tier=1))
    published = NOON + HOUR
    server.news = ["Ferry line opens"]
    one.run(NOON)
    server.news = ["Ferry line opens", f"Bridge closed|{published:%a, %d %b %Y %H:%M:%S} +0000"]
    fetches = one.days(NOON + 2 * HOUR, 2, HOUR)
    caught = [f for f in fetches if f.lying_since]
    assert caught
    assert caught[0].fetched_at - NOON <= 26 * HOUR
    assert "1 of them had been withheld as unchanged (304), so it is asked in full for a week" in caught[0].note
    assert not any(f.conditional for f in fetches if f.fetched_at > caught[0].fetched_at)
    assert len(one.known) == 2


def test_a_feed_at_a_new_address_starts_anew(server, reader):
    one = reader(server.feed("/conditional"))
    one.run(NOON)
    one.feeds = [replace(server.feed("/good"), feed_id="/conditional")]
    (fetch,) = one.run(NOON + timedelta(minutes=1))
    assert fetch.conditional is False
    assert fetch.feed_url == server.url("/good")


def test_nobody_is_ever_silently_dead(server, reader):
    one = reader(server.feed("/500", tier=3))
    fetches = one.days(NOON, 30, 6 * HOUR)
    gaps = [b.fetched_at - a.fetched_at for a, b in pairwise(fetches)]
    assert fetches[-1].failures > 10
    assert max(gaps) <= 30 * HOUR


def test_the_archive_has_a_revisit_for_each_unchanged_answer(server, reader, settings: Settings):
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    reader(server.feed("/conditional")).days(NOON, 1, HOUR)
    kinds = []
    for path in sorted(Path(settings.home / "warc").glob("*.gz"), key=lambda p: int(p.name.split(".")[0])):
        with path.open("rb") as stream:
            kinds += [r.record_type for r in ArchiveIterator(stream)]
    assert kinds.count(WarcRecordType.response) == 1
    assert kinds.count(WarcRecordType.revisit) >= 5
