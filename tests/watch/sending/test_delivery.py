"""Exactly once through every channel: real servers on loopback, real processes, a real kill."""

import json
import logging
import multiprocessing
import os
import signal
import stat
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.watch.mailbox import address, free_port, serving

from media_monitor.beat import Beat
from media_monitor.errors import QueryError, StorageError
from media_monitor.model import Delivery
from media_monitor.watch.raising import alerts as ledger_alerts
from media_monitor.watch.sending import outbox
from media_monitor.watch.sending.channels import Channel
from media_monitor.watch.sending.delivery import Outcome, deliver, resend

CHECKOUT = Path(__file__).resolve().parents[3]  # spawned processes import this module from it
NOW = datetime(2025, 4, 28, 8, tzinfo=UTC)
LATER = NOW + timedelta(minutes=15)


def states(alert):
    return [d.state for d in alert.deliveries]


def records(home):
    return [json.loads(path.read_text()) for path in sorted((home / "outbox").glob("*.json"))]


def test_a_webhook_gets_text_title_and_key(alert, hook, beat, tmp_path):
    (sent,), failures, _ = deliver([alert], [hook.url], tmp_path, beat, NOW)
    assert (sent.deliveries, failures) == ((Delivery(Channel(hook.url).name, "sent", NOW),), [])
    ((headers, body),) = hook.received
    assert headers["Idempotency-Key"] == records(tmp_path)[0]["key"]
    assert headers["Idempotency-Key"] in body["message"]
    assert alert.confirmation.quote in body["message"]
    assert body["title"].startswith("North Korea confirms")


def test_a_channel_that_is_down_stops_no_other_and_gets_the_alert_when_it_is_up(alert, hook, beat, tmp_path):
    port = free_port()
    down = address(port)
    (first,), failures, _ = deliver([alert], [down, hook.url], tmp_path, beat, NOW)
    assert {d.channel.partition(":")[0]: d.state for d in first.deliveries} == {"mailto": "failed", "json": "sent"}
    (failure,) = failures
    assert alert.alert_id in failure
    assert "127.0.0.1" in failure
    assert "refused" in failure.lower()
    with serving(port) as box:
        (second,), failures, _ = deliver([first], [down, hook.url], tmp_path, beat, LATER)
    assert (states(second), failures, len(box.mails), len(hook.received)) == (["sent", "sent"], [], 1, 1)


def test_a_webhook_that_answers_500_is_tried_again_until_it_takes_the_message(alert, hook, beat, tmp_path):
    hook.answer = lambda number: 500 if number == 1 else 200
    (first,), failures, _ = deliver([alert], [hook.url], tmp_path, beat, NOW)
    assert states(first) == ["failed"]
    assert "500" in failures[0]
    (second,), failures, _ = deliver([first], [hook.url], tmp_path, beat, LATER)
    assert (states(second), failures) == (["sent"], [])
    assert len(set(hook.keys)) == 1
    assert len(hook.keys) == 2


def test_a_refused_recipient_is_a_failure_with_the_servers_words(alert, mailbox, beat, tmp_path):
    url = mailbox.url.replace("editor@", "nobody@")
    (first,), failures, _ = deliver([alert], [url], tmp_path, beat, NOW)
    assert states(first) == ["failed"]
    assert "no such mailbox" in failures[0]
    assert mailbox.mails == []


def test_mail_that_reached_some_of_its_recipients_is_not_sent_to_them_again(alert, mailbox, beat, tmp_path):
    url = mailbox.url.replace("to=editor@desk.example", "to=editor@desk.example,nobody@desk.example")
    (first,), failures, unknown = deliver([alert], [url], tmp_path, beat, NOW)
    assert states(first) == ["unknown"]
    assert failures == []
    assert "some of its recipients" in unknown[0]
    deliver([first], [url], tmp_path, beat, LATER)
    assert len(mailbox.mails) == 1


@pytest.mark.parametrize("query", ["?rto=1", ""])
def test_a_webhook_that_takes_the_message_and_gives_no_answer_in_time_or_at_all_is_unknown(
    alert, hook, beat, tmp_path, query
):
    hook.answer = (lambda _: time.sleep(2) or 200) if query else (lambda _: 0)
    (first,), failures, unknown = deliver([alert], [hook.url + query], tmp_path, beat, NOW)
    assert states(first) == ["unknown"]
    assert failures == []
    assert f"media-monitor alert --resend {alert.alert_id}" in unknown[0]
    (second,), failures, unknown = deliver([first], [hook.url + query], tmp_path, beat, LATER)
    assert (states(second), failures, len(unknown), len(hook.received)) == (["unknown"], [], 1, 1)


def test_a_slow_webhook_that_does_answer_has_the_message(alert, hook, beat, tmp_path):
    hook.answer = lambda _: time.sleep(5) or 200  # slower than the 4 s that Apprise waits of itself
    (sent,), failures, _ = deliver([alert], [hook.url], tmp_path, beat, NOW)
    assert (states(sent), failures) == (["sent"], [])


def test_what_is_no_channel_is_named_and_stops_no_other(alert, hook, beat, tmp_path):
    (first,), failures, _ = deliver([alert], ["nosuch://host/token99", "words", hook.url], tmp_path, beat, NOW)
    assert sorted(states(first)) == ["failed", "failed", "sent"]
    assert len(failures) == 2
    assert all("no channel that Apprise knows" in failure for failure in failures)


def test_an_implied_alert_is_not_sent_but_named(alert, hook, beat, tmp_path):
    step = replace(alert.step, claim="troops_deployed", implied_by="troops_in_combat")
    implied = replace(alert, alert_id="i1", subject=step.claim, confirmation=step)
    other = replace(implied, alert_id="i2", confirmation=replace(step, party="RU"))
    returned, *_ = deliver([implied, alert, other], [hook.url], tmp_path, beat, NOW)
    assert [a.alert_id for a in returned] == ["i1", alert.alert_id, "i2"]
    assert [states(a) for a in returned] == [[], ["sent"], []]
    assert hook.received[0][1]["message"].count(beat.claims["troops_deployed"].title) == 1


def test_a_channel_set_up_after_an_alert_was_sent_does_not_get_it(alert, hook, mailbox, beat, tmp_path):
    (sent,), *_ = deliver([alert], [hook.url], tmp_path, beat, NOW)
    assert deliver([sent], [hook.url, mailbox.url], tmp_path, beat, LATER) == Outcome([sent], [], [])
    assert mailbox.mails == []


def test_the_table_alone_keeps_a_sent_alert_from_being_sent_again(alert, hook, beat, tmp_path):
    (sent,), *_ = deliver([alert], [hook.url], tmp_path / "old", beat, NOW)
    assert deliver([sent], [hook.url], tmp_path / "new", beat, LATER) == Outcome([sent], [], [])
    assert len(hook.received) == 1


def test_an_outbox_that_is_older_than_the_table_sends_nothing_again(alert, hook, beat, tmp_path):
    (sent,), *_ = deliver([alert], [hook.url], tmp_path, beat, NOW)
    (record,) = (tmp_path / "outbox").glob("*.json")
    record.write_text(record.read_text().replace('"sent"', '"failed"'))
    assert deliver([sent], [hook.url], tmp_path, beat, LATER) == Outcome([sent], [], [])
    assert len(hook.received) == 1


def in_another_process(alert, url, home, start):
    start.wait(60)
    deliver([alert], [url], home, Beat.load("dprk_russia"), NOW)


def test_processes_side_by_side_send_one_message(alert, hook, beat, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(CHECKOUT)
    hook.answer = lambda _: time.sleep(1) or 200
    context = multiprocessing.get_context("spawn")
    start = context.Event()
    arguments = (alert, hook.url, tmp_path, start)
    processes = [context.Process(target=in_another_process, args=arguments) for _ in range(3)]
    for process in processes:
        process.start()
    start.set()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert len(hook.received) == 1
    (known,), failures, _ = deliver([alert], [hook.url], tmp_path, beat, LATER)
    assert (states(known), failures, len(hook.received)) == (["sent"], [], 1)


def test_a_process_killed_between_send_and_record_leaves_an_unknown_that_only_resend_sends(
    alert, hook, beat, tmp_path, monkeypatch
):
    monkeypatch.syspath_prepend(CHECKOUT)
    context = multiprocessing.get_context("spawn")
    start = context.Event()
    start.set()
    process = context.Process(target=in_another_process, args=(alert, hook.url, tmp_path, start))
    hook.answer = lambda number: os.kill(process.pid, signal.SIGKILL) or 200 if number == 1 else 200
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert [r["state"] for r in records(tmp_path)] == ["sending"]
    for moment in (NOW, LATER):
        (known,), failures, unknown = deliver([alert], [hook.url], tmp_path, beat, moment)
        assert (states(known), len(hook.received)) == (["unknown"], 1)
        assert failures == []
        assert "OUTCOME UNKNOWN" in unknown[0]
        assert f"media-monitor alert --resend {alert.alert_id}" in unknown[0]
    (again,), failures, _ = resend(alert.alert_id, [known], [hook.url], tmp_path, beat, LATER)
    assert (states(again), failures, len(hook.received)) == (["sent"], [], 2)
    assert hook.keys[0] == hook.keys[1]
    assert resend(alert.alert_id, [again], [hook.url], tmp_path, beat, LATER) == Outcome([again], [], [])
    assert len(hook.received) == 2


def test_resend_of_no_alert_is_an_error(alert, hook, beat, tmp_path):
    with pytest.raises(QueryError, match="nosuch"):
        resend("nosuch", [alert], [hook.url], tmp_path, beat, NOW)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"state": "sent"}'])
def test_a_record_that_cannot_be_read_is_unknown(alert, hook, beat, tmp_path, damage):
    deliver([alert], [hook.url], tmp_path, beat, NOW)
    (record,) = (tmp_path / "outbox").glob("*.json")
    record.write_text(damage)
    (known,), failures, unknown = deliver([alert], [hook.url], tmp_path, beat, LATER)
    assert (states(known), failures, len(unknown), len(hook.received)) == (["unknown"], [], 1, 1)


def test_nothing_is_sent_without_a_record(alert, hook, beat, tmp_path):
    (tmp_path / "outbox").write_text("a file where the folder should be")
    with pytest.raises(StorageError, match="outbox"):
        deliver([alert], [hook.url], tmp_path, beat, NOW)
    assert hook.received == []


@pytest.mark.parametrize("status", [200, 500, 0])
def test_credentials_are_in_no_table_record_message_or_log(alert, hook, beat, tmp_path, caplog, status):
    caplog.set_level(logging.DEBUG, logger="apprise")
    hook.answer = lambda _: status
    port = hook.server_port
    urls = [
        f"json://desk:hunter2secret@127.0.0.1:{port}/hook/pathsecret99?rto=2",
        f"mailto://desk:hunter2secret@127.0.0.1:{free_port()}?from=a@b.example&to=c@d.example&mode=insecure",
        "slack://hunter2secret/pathsecret99/x",
    ]
    (first,), failures, _ = deliver([alert], urls, tmp_path, beat, NOW)
    folders = [*(tmp_path / "outbox").iterdir(), *(tmp_path / "messages").iterdir()]
    files = "".join(path.read_text() + path.name for path in folders)
    table = str(ledger_alerts.table([first]).to_pylist())
    for text in (files, table, str(failures), str(first), caplog.text):
        assert "hunter2secret" not in text
        assert "pathsecret99" not in text
    assert len(first.deliveries) == 3


def test_records_are_for_their_owner_alone_and_leave_nothing_half_written(alert, hook, beat, tmp_path):
    deliver([alert], [hook.url], tmp_path, beat, NOW)
    names = sorted(path.suffix for path in Path(tmp_path / "outbox").iterdir())
    assert names == [".json", ".lock"]
    (record,) = (tmp_path / "outbox").glob("*.json")
    assert stat.S_IMODE(record.stat().st_mode) == 0o600
    (message,) = (tmp_path / "messages").iterdir()
    assert stat.S_IMODE(message.stat().st_mode) == 0o600


def test_a_message_can_be_read_as_it_was_sent_whatever_became_of_its_alert(alert, hook, beat, tmp_path):
    hook.answer = lambda _: 500
    deliver([alert], [hook.url], tmp_path, beat, NOW)
    hook.answer = lambda _: 200
    (known,), _, _ = deliver([alert], [hook.url], tmp_path, beat, LATER)
    changed = replace(known, confirmation=replace(known.step, quote="other words"))
    deliver([changed], [hook.url], tmp_path, beat, LATER)
    (record,) = outbox.records(tmp_path, alert.alert_id)
    kept = outbox.kept(tmp_path, record.key)
    assert (record.state, kept.subject) == ("sent", hook.received[-1][1]["title"])
    assert hook.received[-1][1]["message"].strip() in kept.text
    assert "other words" not in kept.text
    assert kept.html.startswith("<!doctype html>")


def test_it_is_written_down_who_asked_to_send_again(alert, hook, beat, tmp_path):
    hook.answer = lambda _: 0
    (known,), _, unknown = deliver([alert], [hook.url], tmp_path, beat, NOW)
    assert unknown
    hook.answer = lambda _: 200
    resend(alert.alert_id, [known], [hook.url], tmp_path, beat, LATER, by="ed")
    (record,) = outbox.records(tmp_path, alert.alert_id)
    assert (record.state, record.by) == ("sent", "ed")
