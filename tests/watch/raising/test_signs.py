"""Bursts, silences and quarantine spikes raise one alert an episode."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest
from tests.warehouse import example, history, rows

from media_monitor import consistency, tables
from media_monitor.warehouse import index, lake, trends
from media_monitor.watch import ledger
from media_monitor.watch.raising import alerts, findings
from media_monitor.watch.raising.findings import Finding, Findings
from media_monitor.watch.rules.rulebook import SIGNS, plain

BOOK = plain(SIGNS)
NOW = datetime(2025, 3, 16, 18, tzinfo=UTC)  # the last day of the history
LAST = history.DAYS - 1


@pytest.fixture
def raised(beat):
    stored = {}

    def go(found, now=NOW):
        new, changed = alerts.raise_new(found, list(stored.values()), beat, BOOK, now)
        assert changed == []
        stored.update({alert.alert_id: alert for alert in new})
        return [(alert.kind, alert.subject, alert.since) for alert in new]

    go.stored = stored
    return go


def quality():
    """A thousand rows checked in a run a day, of which two fail, and on the last day three hundred."""
    checks, kept = [], []
    for n in range(history.DAYS):
        at = datetime.fromisoformat(f"{history.day_of(n)}T12:00:00+00:00")
        run = {"day": at.date(), "batch": f"run{n:03}", "at": at}
        checks.append(example.CHECK | run | {"check_id": f"c{n}", "rows": 1000})
        kept += [example.QUARANTINE | run | {"quarantine_id": f"q{n}-{k}"} for k in range(300 if n == LAST else 2)]
    return {
        "checks": pa.Table.from_pylist(checks, schema=tables.CHECKS.schema),
        "quarantine": pa.Table.from_pylist(kept, schema=tables.QUARANTINE.schema),
    }


def burst(first, last, subject="visit"):
    moment = datetime.combine(last, datetime.min.time(), UTC)
    return Finding("burst", "dprk_russia", subject, "a burst", moment, since=first, until=last)


def silence(last):
    return Finding("silence", "dprk_russia", "tass", "silent", last, since=last.date())


def test_a_burst_a_silence_and_a_spike_are_found_in_the_warehouse_and_raised_once(tmp_path, beat, raised):
    many = history.coverage(lambda n: 60 if n in (LAST - 1, LAST) else history.usual(n))
    fetches = history.fetches(lambda feed, n: feed != "volga" or n < LAST - 6)
    lake.merge(tmp_path, rows.batch(*many, *fetches) | quality())
    index.sync(tmp_path, [*trends.scripts(), *ledger.scripts()], example.REFERENCE, consistency.derived())
    found = findings.find(tmp_path, beat, SIGNS)
    told = raised(found)
    assert ("burst", "troops_in_combat", date(2025, 3, 15)) in told
    assert ("silence", "volga") in {(kind, subject) for kind, subject, _ in told}
    assert ("quarantine", "statements", date(2025, 3, 16)) in told
    words = {alert.kind: alert.summary for alert in raised.stored.values() if alert.subject != "beat"}
    assert "failed their expectations on 2025-03-16" in words["quarantine"]
    assert "has been silent for" in words["silence"]
    assert "articles a day" in words["burst"]
    assert raised(findings.find(tmp_path, beat, SIGNS)) == []
    stored = alerts.stored(alerts.table(raised.stored.values()))
    assert stored == list(raised.stored.values())


def test_a_burst_that_goes_on_or_turns_out_to_have_begun_earlier_is_the_same(raised):
    assert raised(Findings((burst(date(2025, 3, 15), date(2025, 3, 15)),))) == [("burst", "visit", date(2025, 3, 15))]
    assert raised(Findings((burst(date(2025, 3, 14), date(2025, 3, 16)),))) == []
    assert raised(Findings((burst(date(2025, 3, 17), date(2025, 3, 17)),)), NOW + timedelta(days=1)) == []
    later = Findings((burst(date(2025, 3, 15), date(2025, 3, 16)), burst(date(2025, 3, 25), date(2025, 3, 25))))
    assert raised(later, NOW + timedelta(days=9)) == [("burst", "visit", date(2025, 3, 25))]


def test_a_burst_of_long_ago_is_no_news(raised):
    assert raised(Findings((burst(date(2025, 3, 1), date(2025, 3, 3)),))) == []


def test_a_silence_is_told_once_until_something_came(raised):
    last = NOW - timedelta(days=5)
    assert raised(Findings((silence(last),))) == [("silence", "tass", last.date())]
    assert raised(Findings((silence(last + timedelta(days=1)),)), NOW + timedelta(days=1)) == []  # it came late
    assert raised(Findings()) == []
    anew = NOW + timedelta(days=10)
    assert raised(Findings((silence(anew),)), anew + timedelta(days=5)) == [("silence", "tass", anew.date())]


def test_a_feed_that_was_dead_long_before_is_no_news(raised):
    assert raised(Findings((silence(NOW - timedelta(days=90)),))) == []


def test_a_burst_that_was_judged_wrong_stays_judged(raised):
    raised(Findings((burst(date(2025, 3, 15), date(2025, 3, 15)),)))
    raised.stored.update({a.alert_id: replace(a, wrong_at=NOW) for a in raised.stored.values()})
    assert raised(Findings((burst(date(2025, 3, 15), date(2025, 3, 16)),))) == []
