"""`media-monitor feeds health`: after real runs against a site, and from the fetches of a longer past."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.commands.conftest import rss

from media_monitor import consistency, tables
from media_monitor.config import Settings
from media_monitor.report.asked.sources import feed_health
from media_monitor.sources import Fetch
from media_monitor.warehouse import lake, lock

NOW = datetime(2025, 4, 28, 12, tzinfo=UTC)
HEAD = '<opml version="2.0" xmlns:mm="urn:media-monitor:opml"><body>\n'


@pytest.fixture
def mine(tmp_path):
    """Writes a list of the addresses, by id, in English."""

    def mine(**urls):
        path = tmp_path / "mine.opml"
        rows = (f'<outline text="{name}" xmlUrl="{url}" language="en" mm:id="{name}"/>\n' for name, url in urls.items())
        path.write_text(f"{HEAD}{''.join(rows)}</body></opml>")
        return path

    return mine


@pytest.mark.parametrize("command", ["list", "health"])
def test_where_there_is_nothing_to_see_it_is_told_why(run, mine, tmp_path, command):
    done = run("feeds", command, "--opml", mine(one="https://one.example/rss", two="https://two.example/rss"))
    told = f"None of these 2 feeds has been fetched into {tmp_path / 'home'} yet."
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, told)
    assert run("feeds", command, "--opml", mine()).stdout.splitlines()[-1] == "The list has no feeds."


def test_after_a_run_the_worst_comes_first(site, run, told, mine):
    feed = "application/rss+xml"
    path = mine(
        good=site.put("/good", rss("Ferry line opens"), feed),
        gone=site.put("/gone", status=410),
        missing=site.url("/missing"),
        later="https://later.example/rss",
    )
    listed = path.read_text()
    path.write_text(
        listed.replace('<outline text="later" xmlUrl="https://later.example/rss" language="en" mm:id="later"/>', "")
    )
    as_of = {"MEDIA_MONITOR_AS_OF": NOW.isoformat()}
    assert run("run", "--feeds", path, **as_of).returncode == 0
    path.write_text(listed)
    rows = told("feeds", "health", "--opml", path, **as_of)
    assert [(row["feed_id"], row["state"]) for row in rows] == [
        ("gone", "retired"),
        ("missing", "failing"),
        ("later", "new"),
        ("good", "well"),
    ]
    by_id = {row["feed_id"]: row for row in rows}
    assert by_id["missing"]["error"] == "answered 404 Not Found"
    assert by_id["missing"]["failures"] == 0.5
    assert by_id["missing"]["last_success"] is None
    assert by_id["good"]["last_success"] == by_id["good"]["last_new"] == NOW.isoformat()
    assert by_id["later"]["fetches"] == 0
    table = run("feeds", "health", "--opml", path, **as_of).stdout
    assert "1 retired, 1 failing, 1 new, 1 well" in table
    assert "has been fetched into" not in table
    later = {"MEDIA_MONITOR_AS_OF": (NOW + timedelta(days=2)).isoformat()}
    good, due = (run("feeds", "--opml", path, **moment).stdout.split("│ good")[1] for moment in (as_of, later))
    assert ("2025-04-28 13:00" in good, "2025-04-28" in due) == (True, False)
    assert table.index("│ gone") < table.index("│ missing") < table.index("│ good")


@pytest.fixture
def past(tmp_path, mine):
    """Stores fetches as a load does, and gives the rows of the list's feeds at `NOW`."""

    def past(*fetches, **urls):
        settings = Settings(home=tmp_path / "home", feeds=mine(**urls), as_of=NOW)
        settings.home.mkdir(exist_ok=True)
        with lock.writing(settings.home):
            lake.merge(settings.home, {"fetches": tables.FETCHES.arrow(fetches)})
            consistency.refresh(settings)
        return {row["feed_id"]: row for row in feed_health.rows(settings)}

    return past


def fetch(feed_id, ago, **fields):
    """A fetch that long ago of the feed at `https://<id>.example/rss`."""
    at, url = NOW - ago, f"https://{feed_id}.example/rss"
    return Fetch(feed_id, f"{feed_id}-{at:%d%H%M}", url, feed_id, at, **{"feed_url": url, **fields})


def urls(*ids):
    return {feed_id: f"https://{feed_id}.example/rss" for feed_id in ids}


def test_silence_is_told_by_what_is_usual_for_the_feed(past):
    hours, days, soon = (lambda n: timedelta(hours=n)), (lambda n: timedelta(days=n)), timedelta(minutes=5)
    rows = past(
        *(fetch("hourly", hours(n), new_entries=1) for n in (60, 59, 58, 57, 56)),
        *(fetch("weekly", days(n), new_entries=1) for n in (30, 23, 16, 9)),
        *(fetch("unknown", days(n), new_entries=1) for n in (60, 59)),
        *(fetch("brisk", hours(n), new_entries=1) for n in (20, 19, 18, 17)),
        *(fetch(name, soon) for name in ("hourly", "weekly", "unknown", "brisk")),
        **urls("hourly", "weekly", "unknown", "brisk"),
    )
    assert {name: row["state"] for name, row in rows.items()} == {
        "hourly": "silent",  # 56 hours, where it is usual to bring something every hour
        "weekly": "well",
        "unknown": "well",  # nobody knows what is usual
        "brisk": "well",  # 17 hours are within a day
    }
    assert (rows["hourly"]["usual_minutes"], rows["hourly"]["silent_minutes"]) == (60.0, 56 * 60.0)
    assert (rows["unknown"]["usual_minutes"], rows["unknown"]["silent_minutes"]) == (None, 59 * 1440.0)


def test_moves_lies_patience_and_a_new_address(past):
    now, day = timedelta(minutes=5), timedelta(days=1)
    rows = past(
        fetch("moved", now, moved_to="https://new.example/rss", moved_seen=3),
        fetch("moving", now, moved_to="https://new.example/rss", moved_seen=2),
        fetch("lying", now, lying_since=NOW - day),
        fetch("waiting", now, error="answered 429", failures=0.5, blocked_until=NOW + day, domain="waiting.example"),
        fetch("waited", now, error="answered 500", failures=1.5, blocked_until=NOW - day, domain="waited.example"),
        fetch("elsewhere", now, error="answered 404", failures=9.0, feed_url="https://old.example/rss"),
        **urls("moved", "moving", "lying", "waiting", "waited", "elsewhere"),
    )
    assert [(name, row["state"]) for name, row in rows.items()] == [
        ("waited", "failing"),
        ("lying", "lying"),
        ("waiting", "waiting"),
        ("moved", "moved"),
        ("elsewhere", "new"),
        ("moving", "well"),
    ]
    assert rows["moved"]["moved_to"] == "https://new.example/rss"
    assert rows["moving"]["moved_to"] is None
    assert (rows["elsewhere"]["fetches"], rows["elsewhere"]["failures"], rows["elsewhere"]["error"]) == (0, None, None)


def test_before_the_first_run_every_feed_is_new(told, mine):
    rows = told("feeds", "health", "--opml", mine(one="https://a.example/rss"))
    assert [(row["state"], row["fetches"], row["last_success"]) for row in rows] == [("new", 0, None)]
