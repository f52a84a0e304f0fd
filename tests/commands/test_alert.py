"""`media-monitor alert` on a data folder with alerts, and a channel on loopback."""

import json
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from typer.testing import CliRunner

from media_monitor import consistency
from media_monitor.cli import app
from media_monitor.config import Settings
from media_monitor.model import Alert, Confirmation
from media_monitor.warehouse import lake
from media_monitor.watch.raising import alerts

NOW = datetime(2025, 4, 10, 18, tzinfo=UTC)
RULES = """
[channels]
desk = "env:DESK_URL"
air = "airflow:nowhere"
[[rule]]
id = "first_confirmation"
on = "first_confirmation"
channels = ["desk"]
[[rule]]
id = "later"
on = "implicit"
channels = ["desk"]
digest = "daily 07:00"
"""


def made(alert_id, claim, kind="first_confirmation", rule="first_confirmation", due=None):
    step = Confirmation(
        beat="dprk_russia", claim=claim, party="KP", grade="primary", reversal=False, implied_by=None,
        prior_status="silent", since=date(2025, 4, 9), first_statement=alert_id, evidence=(alert_id,), publishers=1,
        speaker="the agency", speaker_id="kcna", quote="we said it", via=(), outlet="The Courier",
        url="https://courier.example/1", title="A headline", language="en", printed_at=NOW - timedelta(hours=2),
    )  # fmt: skip
    return Alert(alert_id, NOW - timedelta(hours=1), kind, rule, claim, f"Summary of {claim}", step, due_at=due)


class Hook(BaseHTTPRequestHandler):
    received: list

    def do_POST(self):
        self.server.received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def hook():
    with ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        server.received, server.status = [], 200
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Two alerts that are due, and one of a digest of tomorrow."""
    folder = tmp_path_factory.mktemp("alerts")
    settings = Settings(home=folder / "home", as_of=NOW)
    consistency.prepare(settings)
    later = made("cc03", "visit", "implicit", "later", NOW + timedelta(hours=13))
    lake.merge(settings.home, {"alerts": alerts.table([made("aa01", "treaty"), made("bb02", "prisoners"), later])})
    consistency.refresh(settings)
    (folder / "alerts.toml").write_text(RULES)
    return folder


@pytest.fixture
def run(home, hook):
    url = f"json://127.0.0.1:{hook.server_port}"
    environment = {
        "MEDIA_MONITOR_AS_OF": NOW.isoformat(), "MEDIA_MONITOR_ALERTS": str(home / "alerts.toml"), "DESK_URL": url,
    }  # fmt: skip

    def go(*arguments, **more):
        result = CliRunner().invoke(
            app, ["--home", str(home / "home"), "alert", *arguments], env=environment | more, terminal_width=200
        )
        return result.exception if result.exit_code and result.exception else result.stdout

    return go


def test_a_rehearsal_shows_every_message_and_sends_none(run, hook, home):
    told = run("--dry-run")
    assert "North Korea confirms for the first time" in told
    assert "“we said it”" in told
    assert "through desk (json://127.0.0.1#" in told
    assert "cc03 is due 2025-04-11 07:00 UTC: Summary of visit" in told
    assert "2 messages would be sent now; nothing was." in told
    assert hook.received == []
    assert not (home / "home" / "outbox").exists()
    assert "DESK_URL is not set" in run("--dry-run", DESK_URL="")


def test_a_channel_is_tested_and_says_what_it_lacks(run, hook):
    assert "took the test message" in run("test", "desk")
    assert hook.received[0]["title"] == "Test of the channel desk"
    hook.status = 500
    assert "500" in str(run("test", "desk"))
    assert "did you mean" not in str(run("test", "dsk"))
    assert "known are default, desk, air" in str(run("test", "dsk"))
    assert "from Airflow only" in str(run("test", "air"))
    assert "alert_urls" in str(run("test"))


def test_a_message_is_shown_as_text_and_as_a_page(run, tmp_path):
    assert "The Courier" in run("show", "aa")
    page = tmp_path / "alert.html"
    run("show", "aa01", "--html", str(page))
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "no such alert" in str(run("show", "zz"))
    assert "was not sent yet" in str(run("show", "aa", "--sent"))


def test_alerts_are_listed_judged_and_sent_once(run, hook):
    rows = json.loads(run("list", "--json"))
    states = {row["alert_id"]: row["state"] for row in rows}
    assert states == {"aa01": "waiting", "bb02": "waiting", "cc03": "due later"}
    assert "acknowledged by ed" in run("ack", "bb02", "--by", "ed")
    assert "1 alerts judged wrong" in run("wrong", "cc03", "--reason", "hearsay", "--by", "ed")
    assert "hearsay" in run("list", "--wrong")
    hook.status = 500
    assert "tried again" in str(run())
    assert [row["alert_id"] for row in json.loads(run("list", "--failed", "--json"))] == ["aa01"]
    hook.status = 200
    assert "1 alerts sent" in run()
    assert len(hook.received) == 2
    assert "The Courier" in run("show", "aa", "--sent")
    assert "0 alerts sent" in run()
    assert "1 alerts reopened" in run("reopen", "cc03")
    run("reopen", "bb02")
    assert [row["alert_id"] for row in json.loads(run("list", "--pending", "--json"))] == ["cc03", "bb02"]
    assert [row["alert_id"] for row in json.loads(run("list", "--state", "sent", "--json"))] == ["aa01"]
    assert "1 alerts sent" in run()
    assert len(hook.received) == 3


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--kind", "implicit"), ["cc03"]),
        (("--claim", "treaty", "--party", "KP"), ["aa01"]),
        (("--party", "RU"), []),
        (("--since", "2025-04-11"), []),
        (("--until", "2025-04-10", "--page", "1"), ["cc03", "bb02", "aa01"]),
        (("--page", "2"), []),
        (("--q", "SUMMARY OF PRIS"), ["bb02"]),
        (("--state", "wrong", "--state", "withdrawn"), []),
    ],
)
def test_a_list_is_of_what_was_asked_for(run, options, found):
    assert [row["alert_id"] for row in json.loads(run("list", *options, "--json"))] == found


def test_the_rules_in_force_are_shown_without_secrets(run):
    told = json.loads(run("rules", "--json", MEDIA_MONITOR_ALERT_URLS="json://user:hunter2@127.0.0.1/x"))
    assert [(row["rule"], row["on"], row["digest"]) for row in told["rules"]] == [
        ("first_confirmation", "first_confirmation", None), ("later", "implicit", "daily 07:00"),
    ]  # fmt: skip
    addresses = {row["channel"]: row["addresses"] for row in told["channels"]}
    assert (addresses["desk"], addresses["air"]) == (["env:DESK_URL"], ["airflow:nowhere"])
    assert "hunter2" not in str(told)
    shown = run("rules", COLUMNS="160")
    assert "daily 07:00 (UTC)" in shown
    assert "at once" in shown


def test_options_before_a_command_are_refused(run):
    assert run("--dry-run", "list").code == 2
