"""The page served alone, on the beat's samples: in a real browser, and for those who may not see it."""

import json
import re
import socket

import httpx
import pytest
from tests.web import looks
from tests.web.conftest import own

from media_monitor import alerting, judging
from media_monitor.warehouse import query

EVIDENCE = "/claims/troops_in_combat/KP"
STATUS = """
    SELECT on_record, len(evidence) AS evidence FROM claim_status WHERE claim = 'troops_in_combat' AND party = 'KP'
"""


@pytest.mark.parametrize("path", ["/", EVIDENCE, "/claims/treaty", "/static/style.css", "/api/claims", "/openapi.json"])
def test_nobody_sees_anything_without_the_token(entrance, path):
    address = entrance.partition("/enter")[0]
    assert httpx.get(f"{address}{path}").status_code == 401
    assert httpx.get(f"{address}/enter?token=guess").status_code == 401
    assert httpx.get(f"{address}{path}", cookies={"media_monitor": "guess"}).status_code == 401
    assert httpx.get(f"{address}{path}", headers={"Host": "rebound.example"}).status_code == 400


def test_only_the_state_of_health_is_told_without_the_token(entrance):
    answer = httpx.get(f"{entrance.partition('/enter')[0]}/health")
    assert set(answer.json()) == {"status", "checks"}
    assert set(answer.json()["checks"]) == {"published", "load", "disk", "alerts"}
    assert {answer.json()["status"], *answer.json()["checks"].values()} <= {"ok", "late", "failed"}
    assert answer.status_code == (503 if answer.json()["status"] == "failed" else 200)


def test_the_page_listens_on_one_address_only(entrance):
    port = int(re.search(r":(\d+)/", entrance).group(1))
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), timeout=2).close()


def test_evidence_has_words_history_sources_and_no_foreign_address_is_loaded(reader, settings):
    page = reader.get(EVIDENCE)
    (step,) = query.rows(
        settings.home,
        "SELECT * FROM ledger_steps WHERE claim = 'troops_in_combat' AND party = 'KP' AND state = 'confirmed'",
    )
    for words in (step["quote"], step["url"], "Who has it from whom", "reversal"):
        assert words in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert not re.search(r"<script(?! src=| type=.application/json)|<style|style=|\son\w+=", page.text)
    assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', page.text)


def test_an_unknown_claim_is_named_with_the_nearest(reader):
    page = reader.get("/claims/troops_combat")
    assert page.status_code == 404
    assert "do you mean troops_in_combat?" in page.text


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://127.0.0.1:1"}, {"Sec-Fetch-Site": "cross-site"}])
def test_no_other_site_can_judge(reader, settings, headers):
    alert = alerting.stored(settings)[0]
    answer = reader.post(f"/alerts/{alert.alert_id}/acknowledge", headers=headers)
    assert answer.status_code == 403
    assert judging.one(settings, alert.alert_id).acknowledged_at is None


def test_a_form_leads_back_into_the_page_only(reader, settings):
    alert = alerting.stored(settings)[0]
    with httpx.Client(base_url=reader.base_url, cookies=reader.cookies, timeout=60) as client:
        path = f"/alerts/{alert.alert_id}/reopen"
        for back in ("//evil.example/", "https://evil.example/", "/\\evil.example"):
            answer = client.post(path, data={"back": back}, headers=own(client))
            assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert reader.post("/alerts/nothing/acknowledge", headers=own(reader)).status_code == 404
    assert reader.post(path, content=b"x" * 20_000, headers=own(reader)).status_code == 413


def test_a_verdict_on_the_page_takes_the_words_out_of_the_ledger_and_back(address, tab, settings):
    stood = query.rows(settings.home, STATUS)
    tab.get_by_role("link", name="North Korean troops fight for Russia", exact=True).click()
    tab.get_by_role("heading", name="KP: confirmed").wait_for()
    tab.goto(address + EVIDENCE)
    tab.get_by_label("Wrong, because").first.fill("<b>said of others</b>")
    tab.get_by_role("button", name="Mark as wrong").first.click()
    tab.get_by_text("Marked as wrong").first.wait_for()
    assert tab.get_by_text("<b>said of others</b>").count() > 0
    fallen = query.rows(settings.home, STATUS)
    wrong = settings.home / "evaluation" / "wrong.jsonl"
    documents = [json.loads(line) for line in wrong.read_text().splitlines()]
    tab.get_by_role("button", name="Take the verdict back").first.click()
    tab.get_by_role("heading", name="KP: confirmed").wait_for()
    looks.check(tab)
    (before,), (after,) = stood, fallen
    assert not before["on_record"]
    assert after["on_record"]  # what it falls back to is the public record
    assert after["evidence"] < before["evidence"]
    assert documents
