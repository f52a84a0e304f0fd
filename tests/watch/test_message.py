"""What an editor reads."""

from dataclasses import replace

import pytest

from media_monitor.watch import bidi
from media_monitor.watch.message import BEFORE, GRADES, compose

ISOLATE, POP = "\u2068", "\u2069"
ARABIC = "شاركت وحدات في العمليات"


def test_the_message_tells_what_an_editor_asks(alert, beat):
    message = compose(alert, [], beat, "the-key")
    title = beat.claims["troops_in_combat"].title
    assert message.subject.startswith(f"North Korea confirms for the first time: {title}")
    assert "reversal: had neither confirmed nor denied it" in message.subject
    for told in (
        "Korean Central News Agency (the news agency) for North Korea", ARABIC,
        "Sunday 27 April 2025", "Monday 28 April 2025, 06:10 UTC",
        "The <b>Courier</b> → Agence France-Presse → Korean Central News Agency\n",
        BEFORE["declined"], GRADES["primary"], "2 statements, 2 independent publishers",
        "https://courier.example/?a=1&b=2", "the-key", alert.alert_id,
    ):  # fmt: skip
        assert told in message.text
    assert "Also confirms" not in message.text


def test_what_the_claim_implies_is_told_with_it(alert, beat):
    implied = replace(alert.confirmation, claim="troops_deployed", implied_by="troops_in_combat", prior_status="denied")
    message = compose(alert, [replace(alert, confirmation=implied)], beat, "key")
    told = f"{beat.claims['troops_deployed'].title} (had denied it)"
    assert told in message.text
    assert told in message.html


def test_implicit_acknowledgement_is_not_called_a_confirmation(alert, beat):
    implicit = replace(alert, confirmation=replace(alert.confirmation, grade="implicit", reversal=False))
    message = compose(implicit, [], beat, "key")
    assert "confirms" not in message.subject
    assert "acknowledges implicitly" in message.subject


def test_right_to_left_words_are_isolated_and_others_are_left_alone(alert, beat):
    message = compose(alert, [], beat, "key")
    assert f"“{ISOLATE}{ARABIC}{POP}”" in message.text
    assert message.text.count(ISOLATE) == message.text.count(POP) == 1
    assert f'<bdi dir="rtl" lang="ar">{ISOLATE}{ARABIC}{POP}</bdi>' in message.html
    assert '<bdi dir="ltr">the news agency</bdi>' in message.html


def test_html_is_escaped(alert, beat):
    hostile = replace(alert.confirmation, quote='<script>alert("x")</script>', url="javascript:alert(1)")
    html = compose(replace(alert, confirmation=hostile), [], beat, "key").html
    assert "<script" not in html
    assert "&lt;b&gt;Courier" in html
    assert 'href="javascript' not in html
    assert 'href="https://courier.example/?a=1&amp;b=2"' in compose(alert, [], beat, "key").html


def test_nothing_foreign_breaks_a_line_or_turns_the_text_around(alert, beat):
    hostile = replace(alert.confirmation, speaker="a\r\nBcc: b@example.org", quote="one \u202e two\u2069 three")
    hostile = replace(hostile, claim="no\nsuch claim")
    message = compose(replace(alert, confirmation=hostile), [], beat, "key")
    assert "\n" not in message.subject
    assert "\nBcc" not in message.text
    assert "“one two three”" in message.text
    assert "\u202e" not in message.html


@pytest.mark.parametrize(
    ("text", "direction"),
    [("«Мы»", "ltr"), ("“شاركت” in Kursk", "rtl"), ("2025: בדיקה", "rtl"), ("12", "ltr"), ("", "ltr")],
)
def test_direction_is_that_of_the_first_letter(text, direction):
    assert bidi.direction(text) == direction


@pytest.mark.parametrize("status", ["silent", "alleged", "declined", "denied"])
def test_every_earlier_status_has_words(alert, beat, status):
    message = compose(replace(alert, confirmation=replace(alert.confirmation, prior_status=status)), [], beat, "key")
    assert BEFORE[status] in message.text
