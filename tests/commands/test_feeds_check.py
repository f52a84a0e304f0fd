"""`media-monitor feeds check`, offline and live."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from tests.commands.conftest import rss

NOW = datetime(2025, 4, 28, 12, tzinfo=UTC)
AS_OF = {"MEDIA_MONITOR_AS_OF": NOW.isoformat()}
HEAD = '<opml version="2.0" xmlns:mm="urn:media-monitor:opml"><body>\n'
ENGLISH = [f"The ferry company announced on Monday that line {n} opens in the summer" for n in range(6)]
RUSSIAN = [f"Паромная компания объявила в понедельник об открытии линии {n} летом" for n in range(6)]


@pytest.fixture
def mine(tmp_path):
    """Writes a list of the addresses, by id, in English."""

    def mine(**urls):
        path = tmp_path / "mine.opml"
        rows = (f'<outline text="{name}" xmlUrl="{url}" language="en" mm:id="{name}"/>\n' for name, url in urls.items())
        path.write_text(f"{HEAD}{''.join(rows)}</body></opml>")
        return path

    return mine


def test_the_shipped_list_is_well(run):
    done = run("feeds", "check")
    assert (done.returncode, done.stdout) == (0, "Nothing is wrong with the list.\n")


def test_a_fault_is_told_with_its_line_and_ends_with_exit_code_1(run, told, mine):
    path = mine(one="https://a.example/rss", two="http://www.a.example/rss/")
    done = run("feeds", "check", "--opml", path)
    assert done.returncode == 1
    assert f"{path}:3" in done.stdout
    assert "is one of line 2 again" in done.stdout
    (fault,) = told("feeds", "check", "--opml", path, code=1)["list"]
    assert fault["grade"] == "fault"


@pytest.mark.parametrize("more", [(), ("--live",)])
def test_a_list_without_feeds_is_a_fault(run, mine, more):
    path = mine()
    done = run("feeds", "check", "--opml", path, *more)
    assert done.returncode == 1
    assert "the list names no feed" in done.stdout


def test_a_note_is_no_fault(told, mine):
    path = mine(one="https://a.example/rss")
    path.write_text(path.read_text().replace('language="en"', 'language="it"'))
    assert [one["grade"] for one in told("feeds", "check", "--opml", path)["list"]] == ["note"]


@pytest.fixture
def feeds(site):
    """One feed of each kind."""
    feed = "application/rss+xml"
    new = site.put("/good", rss(*ENGLISH, language="en"), feed)
    return {
        "good": new,
        "moved": site.put("/moved", status=308, Location="/good"),
        "stale": site.put("/stale", rss(*ENGLISH, day="Mon, 03 Mar 2025"), feed),
        "empty": site.put("/empty", rss(), feed),
        "russian": site.put("/russian", rss(*RUSSIAN, language="en"), feed),
        "page": site.put("/page", "<!DOCTYPE html><html><head><title>x</title></head><body>x</body></html>"),
        "gone": site.url("/gone"),
    }


def test_live_tells_what_became_of_each_feed(site, run, told, mine, feeds, tmp_path):
    path = mine(**feeds)
    found = told("feeds", "check", "--live", "--opml", path, code=1, **AS_OF)
    states = {row["feed_id"]: (row["state"], row["fault"]) for row in found["feeds"]}
    assert states == {
        "good": ("reachable", False),
        "moved": ("moved", False),
        "stale": ("stale", False),
        "empty": ("empty", False),
        "russian": ("language", True),
        "page": ("no feed", True),
        "gone": ("unreachable", True),
    }
    what = {row["feed_id"]: row["told"] for row in found["feeds"]}
    assert what["moved"] == f"has moved for good to {site.url('/good')}"
    assert what["stale"] == "its newest item is of 2025-03-03"
    assert what["russian"] == "most items are in 'ru', not in 'en'"
    assert what["gone"] == "answered 404 Not Found"
    assert {path for path, _ in site.asked} == {"/good", "/moved", "/stale", "/empty", "/russian", "/page", "/gone"}
    assert not (tmp_path / "home").exists()
    table = run("feeds", "check", "--live", "--opml", path, **AS_OF).stdout
    assert "1 reachable, 1 moved, 1 empty, 1 stale, 1 language, 1 no feed, 1 unreachable" in table
    assert "reachable" not in table.partition("1 reachable")[0].replace("unreachable", "")


def test_live_without_a_fault_has_exit_code_0_and_shows_the_well_ones_on_request(run, mine, feeds):
    path = mine(good=feeds["good"], moved=feeds["moved"], stale=feeds["stale"], empty=feeds["empty"])
    quiet, every = (run("feeds", "check", "--live", *more, "--opml", path, **AS_OF) for more in ((), ("--all",)))
    assert quiet.returncode == every.returncode == 0
    assert "6 items" not in quiet.stdout
    assert "6 items" in every.stdout


def test_live_keeps_the_distance_between_requests_and_leaves_a_host_alone_that_asks_for_it(site, told, mine):
    busy = site.put("/busy", status=429, Retry_After="3600")
    good = site.put("/good", rss(*ENGLISH), "application/rss+xml")
    found = told("feeds", "check", "--live", "--opml", mine(busy=busy, good=good), code=1, **AS_OF)
    assert [row["state"] for row in found["feeds"]] == ["unreachable", "not asked"]
    assert [path for path, _ in site.asked] == ["/busy"]


def test_a_date_of_today_is_not_stale(site, told, mine):
    today = format_datetime(NOW - timedelta(days=29)).partition(" 12:")[0]
    url = site.put("/good", rss(*ENGLISH, day=today), "application/rss+xml")
    assert told("feeds", "check", "--live", "--opml", mine(good=url), **AS_OF)["feeds"][0]["state"] == "reachable"


def test_a_list_that_cannot_be_used_is_told_whole_and_not_asked(site, run, mine):
    path = mine(good=site.put("/good", rss(*ENGLISH), "application/rss+xml"), bad="https://a.example/rss")
    path.write_text(path.read_text().replace('mm:id="bad"', 'mm:id="bad" mm:tier="x" mm:country="Korea"'))
    done = run("feeds", "check", "--live", "--opml", path)
    assert done.returncode == 1
    assert "mm:country 'Korea' must be two capitals" in done.stdout
    assert done.stderr.startswith("The feeds are not asked, for the list cannot be used: ")
    assert site.asked == []
