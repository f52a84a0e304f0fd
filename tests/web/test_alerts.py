"""The view Alerts: lists, one alert with its deliveries and message, and what its forms do."""

import re
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page
from tests.web import looks
from tests.web.conftest import own
from tests.web.running import running

from media_monitor import alerting, judging, pipeline
from media_monitor.errors import DeliveryError
from media_monitor.report.asked.alerts import raised as alerts
from media_monitor.web import preview


class Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received += 1
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Silent."""


@pytest.fixture(scope="module")
def hook():
    with ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        server.received, server.status = 0, 200
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def desk(settings, hook):
    """The samples' alerts: one acknowledged, one wrong, all others tried through a channel that fails."""
    with_channel = replace(settings, alert_urls=(f"json://127.0.0.1:{hook.server_port}/x",))
    on_their_own = [alert for alert in alerting.stored(settings) if alert.implied_by is None]
    judging.acknowledge(with_channel, on_their_own[0].alert_id, "ed")
    judging.judge_wrong(with_channel, on_their_own[1].alert_id, "said of <another> matter", "ed")
    hook.status = 500
    with pytest.raises(DeliveryError):
        pipeline.alert(with_channel)
    return with_channel


@pytest.fixture(scope="module")
def client(desk):
    with running(desk) as found:
        yield found


def first(client, state):
    return client.get("/api/alerts", params={"state": state}).json()[0]


def test_every_state_is_in_one_group_and_counted_there(client, desk):
    every = client.get("/api/alerts").json()
    counts = alerts.counts(desk, alerts.Filters())
    assert sum(counts.values()) == len(every) == len(alerting.stored(desk))
    for group, count in counts.items():
        found = client.get("/api/alerts", params={"state": group}).json()
        assert {row["state"] for row in found} <= set(alerts.GROUPS[group])
        assert len(found) == count
    assert (counts["acknowledged"], counts["wrong"], counts["sent"]) == (1, 1, 0)
    assert counts["failed"] > 2


def test_the_page_has_the_rows_of_the_json_and_of_the_command(client, desk):
    asked = {"party": "RU", "claim": "troops_in_combat"}
    rows = client.get("/api/alerts", params=asked).json()
    assert [row["alert_id"] for row in rows] == [row["alert_id"] for row in alerts.rows(desk, alerts.Filters(**asked))]
    page = client.get("/alerts", params=asked).text
    assert all(f'/alerts/{row["alert_id"]}"' in page for row in rows)
    assert page.count('class="lines"') == 1
    assert "No alert of this sort was raised yet." in client.get("/alerts", params={"until": "2001-01-01"}).text
    assert "Show all" in client.get("/alerts", params={"state": "withdrawn"}).text


def test_a_page_is_of_fifty_and_the_next_follows(client):
    assert client.get("/api/alerts", params={"page": 2}).json() == []
    assert client.get("/alerts", params={"page": 0}).status_code == 422
    assert client.get("/alerts", params={"state": "nothing"}).status_code == 422
    assert client.get("/alerts/nothing").status_code == 404
    assert client.get("/api/alerts/nothing").json() == {"error": "alert nothing: there is no such alert"}


def test_one_alert_tells_its_deliveries_and_the_message_as_it_was_sent(client):
    row = first(client, "failed")
    whole = client.get(f"/api/alerts/{row['alert_id']}").json()
    assert whole["message"]["sent"]
    assert [(d["state"], "500" in d["error"], d["by"]) for d in whole["deliveries"]] == [("failed", True, None)]
    page = client.get(f"/alerts/{row['alert_id']}").text
    assert "The message as it was sent" in page
    assert row["quote"][:20] in page
    assert "Send it again now" in page
    unsent = client.get(f"/alerts/{first(client, 'acknowledged')['alert_id']}").text
    assert "The message as it would go out now" in unsent
    assert "Send it again now" not in unsent
    assert "said of &lt;another&gt; matter" in client.get(f"/alerts/{first(client, 'wrong')['alert_id']}").text


def test_a_failed_delivery_is_sent_again_by_who_asks_and_by_nobody_from_elsewhere(client, hook):
    row, hook.status = first(client, "failed"), 200
    path, before = f"/alerts/{row['alert_id']}", hook.received
    assert client.post(f"{path}/resend", headers={"Origin": "http://evil.example"}).status_code == 403
    assert hook.received == before
    answer = client.post(f"{path}/resend", data={"back": path}, headers=own(client), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"], hook.received) == (303, path, before + 1)
    whole = client.get(f"/api{path}").json()
    assert (whole["state"], [d["by"] for d in whole["deliveries"]]) == ("sent", ["ed"])
    assert "sent again, asked by" in client.get(path).text
    client.post(f"{path}/resend", data={"back": path}, headers=own(client))
    assert hook.received == before + 1  # it has arrived


def test_a_retry_that_fails_says_so_on_the_page(client, hook):
    row, hook.status = first(client, "failed"), 500
    path = f"/alerts/{row['alert_id']}"
    page = client.post(f"{path}/resend", data={"back": path}, headers=own(client))
    assert page.status_code == 200
    assert "error=500" in page.text


def test_rules_and_channels_are_shown_without_addresses_that_may_be_secret(client, desk, tmp_path):
    found = client.get("/api/alert-rules").json()
    assert [row["rule"] for row in found["rules"] if row["enabled"]][:2] == ["first_confirmation", "implicit"]
    assert found["channels"][0]["addresses"][0].startswith("json://127.0.0.1#")
    assert '<tr id="rule-first_confirmation">' in client.get("/alerts").text
    broken = tmp_path / "alerts.toml"
    broken.write_text('[[rule]]\nid = "a"\non = "confirmaton"\n')
    with running(replace(desk, alerts=broken)) as other:
        page = other.get("/alerts")
        assert (page.status_code, "confirmaton" in page.text, 'class="lines"' in page.text) == (200, True, True)


def test_before_the_first_run_there_is_no_alert(settings, tmp_path):
    with running(replace(settings, home=tmp_path)) as client:
        assert "No alert was raised yet." in client.get("/alerts").text
        assert client.get("/api/alerts").json() == []


def test_the_preview_keeps_words_and_drops_what_could_act():
    html = (
        "<!doctype html><style>p{color:red}</style><body onload='x()'><main><h1>A &lt;b&gt;</h1><script>x()</script>"
        "<p style='x' onclick='y()' lang='ar' dir='rtl'>كلام <a href='javascript:x()'>l</a></p>"
        "<table><tr><th scope='row'>Who</th><td><bdi>x</bdi></td></tr></table><form><input value='no'>kept</form>"
        "<a href='https://a.example/?x=1&amp;y=2' target='_blank'>Article</a><img src='https://a.example/x.png'></main>"
    )
    assert preview.cleaned(html) == (
        '<h3>A &lt;b&gt;</h3><p dir="rtl" lang="ar">كلام l</p>'
        '<table><tbody><tr><th scope="row">Who</th><td><bdi>x</bdi></td></tr></tbody></table>kept'
        '<a href="https://a.example/?x=1&amp;y=2" rel="noreferrer nofollow">Article</a>'
    )


@pytest.mark.usefixtures("desk")
def test_an_editor_filters_reads_and_judges_in_a_browser(tab: Page, address):
    tab.goto(f"{address}/alerts")
    tab.get_by_role("link", name="failed").click()
    tab.wait_for_url(re.compile("state=failed"))
    tab.get_by_label("Party").select_option("RU")
    tab.get_by_role("button", name="Show").click()
    tab.wait_for_url(re.compile("party=RU"))
    assert "state=failed" in tab.url
    tab.locator(".lines a").first.click()
    tab.get_by_role("button", name="Acknowledge").click()
    tab.get_by_text("Acknowledged 20").wait_for()
    tab.get_by_role("button", name="Reopen").click()
    tab.get_by_role("button", name="Acknowledge").wait_for()
    tab.get_by_text("As text").click()
    assert "How sure" in tab.locator("pre.letter").inner_text()


def test_the_view_is_accessible_in_every_light_and_width(desk, tab: Page, address):
    (row, *_) = alerts.rows(desk, alerts.Filters(groups=("failed",)))
    for path in ("/alerts", f"/alerts/{row['alert_id']}"):
        tab.goto(f"{address}{path}")
        looks.check(tab)
