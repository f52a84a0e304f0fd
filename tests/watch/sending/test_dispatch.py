"""Alerts by rule: routes, quiet hours and digests, exactly once; real servers, real processes, a real kill."""

import json
import multiprocessing
import os
import signal
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import pytest

from media_monitor.beat import Beat
from media_monitor.errors import SettingError
from media_monitor.model import Delivery
from media_monitor.watch.rules.rulebook import Rule, Rulebook
from media_monitor.watch.rules.timing import Times, due_at
from media_monitor.watch.sending.dispatch import dispatch
from media_monitor.watch.sending.routes import Directory

CHECKOUT = Path(__file__).resolve().parents[3]  # spawned processes import this module from it
NOW = datetime(2025, 4, 28, 8, tzinfo=UTC)
DAILY = Times(digest=clock(7))


@pytest.fixture
def three(alert):
    """An alert, one that it implies, and two others, on other claims."""
    step = alert.step
    implied = replace(step, claim="troops_deployed", implied_by="troops_in_combat")
    others = [replace(step, claim=claim, reversal=False) for claim in ("treaty", "visit")]
    more = [replace(alert, alert_id=s.claim, subject=s.claim, confirmation=s) for s in (implied, *others)]
    return [alert, *more]


def one_rule(**values):
    return Rulebook((Rule("first_confirmation", "first_confirmation", **values),), {})


def places(book, *urls, **more):
    return Directory(book, urls, more.get("variable", lambda _: None), more.get("connection"))


def states(alerts):
    return [[d.state for d in alert.deliveries] for alert in alerts]


def titles(hook):
    return [body["title"] for _, body in hook.received]


def test_a_digest_is_one_message_of_all_that_are_due_and_goes_out_once(three, hook, beat, tmp_path):
    book = one_rule(times=DAILY)
    due = [replace(alert, due_at=due_at(alert.raised_at, DAILY)) for alert in three]
    assert {alert.due_at for alert in due} == {None}  # they were raised at the very minute of the digest
    waiting = [replace(alert, due_at=NOW + timedelta(hours=1)) for alert in three]
    assert dispatch(waiting, places(book, hook.url), tmp_path, beat, NOW).alerts == waiting
    assert hook.received == []
    later = NOW + timedelta(hours=1)
    outcome = dispatch(waiting, places(book, hook.url), tmp_path, beat, later)
    assert states(outcome.alerts) == [["sent"], [], ["sent"], ["sent"]]
    ((headers, body),) = hook.received
    assert body["title"].startswith("3 alerts")
    assert body["message"].count(beat.claims["troops_deployed"].title) == 1
    keys = {json.loads(path.read_text())["key"] for path in (tmp_path / "outbox").glob("*.json")}
    assert keys == {headers["Idempotency-Key"]}
    for again in (outcome.alerts, waiting):  # also where the table was not written in time
        assert states(dispatch(again, places(book, hook.url), tmp_path, beat, later).alerts) == states(outcome.alerts)
    assert len(hook.received) == 1


def test_a_digest_that_a_channel_refuses_is_tried_again_with_what_came_since(three, hook, beat, tmp_path):
    book = one_rule(times=DAILY)
    hook.answer = lambda number: 500 if number == 1 else 200
    first = dispatch(three[:3], places(book, hook.url), tmp_path, beat, NOW)
    assert states(first.alerts) == [["failed"], [], ["failed"]]
    assert len(first.failed) == 2
    second = dispatch([*first.alerts, three[3]], places(book, hook.url), tmp_path, beat, NOW)
    assert states(second.alerts) == [["sent"], [], ["sent"], ["sent"]]
    assert [title[:8] for title in titles(hook)] == ["2 alerts", "3 alerts"]


def digest_in_another_process(alerts, url, home, start):
    start.wait(60)
    dispatch(alerts, places(one_rule(times=DAILY), url), home, Beat.load("dprk_russia"), NOW)


@pytest.fixture
def processes(monkeypatch, three, hook, tmp_path):
    monkeypatch.syspath_prepend(CHECKOUT)
    context = multiprocessing.get_context("spawn")
    start = context.Event()
    arguments = (three, hook.url, tmp_path, start)
    made = [context.Process(target=digest_in_another_process, args=arguments) for _ in range(2)]
    for process in made:
        process.start()
    yield made, start
    for process in made:
        process.kill()


def test_two_processes_at_once_send_each_alert_once(processes, three, hook, beat, tmp_path):
    (one, two), start = processes
    hook.answer = lambda _: time.sleep(1) or 200
    start.set()
    for process in (one, two):
        process.join(60)
    told = "".join(body["message"] for _, body in hook.received)
    assert [told.count(beat.claims[name].title) for name in ("treaty", "visit")] == [1, 1]
    known = dispatch(three, places(one_rule(times=DAILY), hook.url), tmp_path, beat, NOW)
    assert states(known.alerts) == [["sent"], [], ["sent"], ["sent"]]


def test_a_digest_of_a_process_killed_between_send_and_record_is_unknown(three, hook, beat, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(CHECKOUT)
    context = multiprocessing.get_context("spawn")
    start = context.Event()
    start.set()
    process = context.Process(target=digest_in_another_process, args=(three, hook.url, tmp_path, start))
    hook.answer = lambda number: os.kill(process.pid, signal.SIGKILL) or 200 if number == 1 else 200
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    book = one_rule(times=DAILY)
    for _ in range(2):
        known = dispatch(three, places(book, hook.url), tmp_path, beat, NOW)
        assert (states(known.alerts), known.failed) == ([["unknown"], [], ["unknown"], ["unknown"]], [])
        assert len(known.unknown) == 3
    assert len(hook.received) == 1
    again = dispatch(known.alerts, places(book, hook.url), tmp_path, beat, NOW, resend="treaty")
    assert states(again.alerts) == [["unknown"], [], ["sent"], ["unknown"]]
    assert beat.claims["treaty"].title in titles(hook)[1]


def test_each_rule_has_its_own_channels(three, hook, mailbox, beat, tmp_path):
    book = Rulebook(
        (Rule("chat", "first_confirmation"), Rule("post", "first_confirmation", channels=("mail", "hook"))),
        {"mail": ("env:DESK_MAIL",), "hook": (hook.url,)},
    )
    given = [replace(three[2], rule="chat"), replace(three[3], rule="post"), replace(three[0], rule="gone")]
    found = places(book, hook.url + "?default=1", variable={"DESK_MAIL": mailbox.url}.get)
    outcome = dispatch(given, found, tmp_path, beat, NOW)
    assert states(outcome.alerts) == [["sent"], ["sent", "sent"], ["sent"]]
    assert len(mailbox.mails) == 1
    assert beat.claims["visit"].title in mailbox.mails[0]["Subject"]
    assert len(hook.received) == 3


def test_a_channel_that_cannot_be_found_stops_no_other_and_gets_its_alerts_once_it_is(three, hook, beat, tmp_path):
    book = Rulebook(
        (Rule("first_confirmation", "first_confirmation", channels=("default", "late", "air")),),
        {"late": ("env:LATE",), "air": ("airflow:conn",)},
    )

    def missing(_):
        raise SettingError("connection conn", "cannot be read: nothing there")

    first = dispatch(three[2:3], places(book, hook.url, connection=missing), tmp_path, beat, NOW)
    assert sorted(d.channel for d in first.alerts[0].deliveries if d.state == "failed") == ["air", "late"]
    assert len(hook.received) == 1
    assert any("through late: the environment variable LATE is not set" in line for line in first.failed)
    assert any("through air: cannot be read" in line for line in first.failed)
    urls = {"LATE": hook.url + "?late=1"}
    found = places(book, hook.url, variable=urls.get, connection=lambda _: [hook.url + "?air=1"])
    second = dispatch(first.alerts, found, tmp_path, beat, NOW)
    assert (states(second.alerts), second.failed) == ([["sent"] * 3], [])
    assert len(hook.received) == 3
    assert dispatch(second.alerts, places(book, hook.url), tmp_path, beat, NOW) == (second.alerts, [], [])


def test_what_was_seen_judged_wrong_or_withdrawn_before_it_went_out_is_not_sent(three, hook, beat, tmp_path):
    seen, wrong = replace(three[0], acknowledged_at=NOW), replace(three[2], wrong_at=NOW)
    gone = replace(three[3], withdrawn_at=NOW)
    told = replace(gone, alert_id="w", kind="withdrawn", withdrawn_at=None)
    given = [seen, wrong, gone, told]
    assert dispatch(given, places(one_rule(), hook.url), tmp_path, beat, NOW).alerts == given
    assert hook.received == []
    sent = replace(gone, deliveries=(Delivery("json://elsewhere#1", "sent", NOW),))
    outcome = dispatch([sent, told], places(one_rule(), hook.url), tmp_path, beat, NOW)
    assert states(outcome.alerts) == [["sent"], ["sent"]]
    assert "withdrawn" in titles(hook)[0].lower()


def test_an_alert_on_nobodys_words_goes_out_too(alert, hook, beat, tmp_path):
    quiet = replace(
        alert, alert_id="q", kind="silence", rule="silence", subject="tass", summary="The feed tass is silent",
        confirmation=None, beat="dprk_russia", since=NOW.date(),
    )  # fmt: skip
    outcome = dispatch([quiet], places(one_rule(), hook.url), tmp_path, beat, NOW)
    assert (states(outcome.alerts), titles(hook)) == ([["sent"]], ["The feed tass is silent"])
