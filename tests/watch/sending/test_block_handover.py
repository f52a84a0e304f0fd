"""What services that take blocks get, on the wire."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import apprise
import pytest
from apprise.plugins.slack import NotifySlack
from tests.watch.blockkit import complaints

from media_monitor.watch.message.compose import compose
from media_monitor.watch.sending.delivery import deliver

NOW = datetime(2025, 4, 28, 8, tzinfo=UTC)
TOKENS = "T00000000/B00000000/" + "x" * 24


@pytest.fixture
def slack(hook, monkeypatch):
    """Slack's two interfaces on loopback."""
    monkeypatch.setattr(NotifySlack, "webhook_url", f"http://127.0.0.1:{hook.server_port}/services")
    monkeypatch.setattr(NotifySlack, "api_url", f"http://127.0.0.1:{hook.server_port}/api/{{}}")
    hook.words = b"ok"
    return hook


def delivered(alert, url, home, beat):
    (sent,), failures, unknown = deliver([alert], [url], home, beat, NOW)
    assert ([d.state for d in sent.deliveries], failures, unknown) == (["sent"], [], [])


def test_a_slack_webhook_gets_the_blocks_within_slacks_limits(alert, slack, beat, tmp_path):
    delivered(alert, f"slack://{TOKENS}", tmp_path, beat)
    ((_, body),) = slack.received
    (attachment,) = body["attachments"]
    assert complaints(attachment["blocks"]) == []
    assert attachment["fallback"] == compose(alert, [], beat, "key").subject
    assert alert.confirmation.quote in json.dumps(attachment["blocks"], ensure_ascii=False)
    assert attachment["blocks"][0]["type"] == "header"


def test_a_slack_bot_gets_the_blocks_in_its_channel(alert, slack, beat, tmp_path):
    slack.words = b'{"ok": true, "channel": "C1"}'
    delivered(alert, "slack://xoxb-1234-1234-abc124/%23desk", tmp_path, beat)
    ((headers, body),) = slack.received
    assert headers["Authorization"] == "Bearer xoxb-1234-1234-abc124"
    assert body["channel"] == "#desk"
    assert complaints(body["attachments"][0]["blocks"]) == []


def test_braces_in_an_article_are_no_placeholders(alert, slack, beat, tmp_path):
    words = '{{app_body}} {{ app_title }} {{{{app_id}}}} "quoted" \\ {"a": {"b": {}}}'
    hostile = replace(alert, confirmation=replace(alert.confirmation, quote=words))
    delivered(hostile, f"slack://{TOKENS}", tmp_path, beat)
    shown = json.dumps(slack.received[0][1]["attachments"][0]["blocks"])
    assert json.dumps(words)[1:-1].replace("_", "\\u200b_") in shown


def test_a_slack_url_that_refuses_blocks_gets_text(alert, slack, beat, tmp_path):
    delivered(alert, f"slack://{TOKENS}?blocks=no", tmp_path, beat)
    body = slack.received[0][1]
    assert "blocks" not in body["attachments"][0]
    assert alert.confirmation.quote in body["attachments"][0]["text"]


def test_a_webhook_gets_blocks_where_its_url_asks_for_them(alert, hook, beat, tmp_path):
    delivered(alert, f"{hook.url}?:blocks=yes&:message=text&:title=&:version=&:type=&:attachments=", tmp_path, beat)
    ((_, body),) = hook.received
    assert set(body) == {"text", "blocks"}
    assert complaints(body["blocks"]) == []
    assert alert.confirmation.quote in body["text"]
    delivered(alert, hook.url, tmp_path / "plain", beat)
    assert set(hook.received[1][1]) == {"version", "title", "message", "attachments", "type"}


def test_a_service_with_little_room_gets_one_short_message_and_not_the_pieces_of_a_long_one(
    alert, hook, beat, tmp_path, monkeypatch
):
    whole = compose(alert, [], beat, "key")
    monkeypatch.setattr(apprise.plugins.custom_json.NotifyJSON, "body_maxlen", 160)
    delivered(alert, hook.url, tmp_path, beat)
    ((_, body),) = hook.received
    assert len(body["message"]) <= 160
    assert "https://courier.example/?a=1&b=2" in body["message"]
    assert body["title"] == whole.subject
