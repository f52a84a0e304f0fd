"""What an editor reads."""

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.watch.blockkit import complaints

from media_monitor.model import AlertKind
from media_monitor.watch.message import bidi
from media_monitor.watch.message.account import Beside
from media_monitor.watch.message.compose import compose, compose_digest
from media_monitor.watch.message.content import Translation
from media_monitor.watch.message.words import BEFORE, GRADES

ISOLATE, POP = "\u2068", "\u2069"
ARABIC = "شاركت وحدات في العمليات"
PAGE = Beside(page_url="https://desk.example/monitor/")


def changed(alert, **values):
    return replace(alert, confirmation=replace(alert.confirmation, **values))


def forms(message):
    """What each form shows to a reader: the text, the HTML without its tags, all texts of the blocks."""
    return {
        "text": message.text,
        "html": LexborHTMLParser(message.html).body.text(),
        "blocks": "\n".join(texts(message.blocks)),
    }


def texts(value):
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for part in value.values() for text in texts(part)]
    return [text for part in value for text in texts(part)] if isinstance(value, list) else []


@pytest.mark.parametrize("form", ["text", "html", "blocks"])
def test_every_form_tells_what_an_editor_asks(alert, beat, form):
    message = compose(alert, [], beat, "the-key", PAGE)
    title = beat.claims["troops_in_combat"].title
    assert message.subject.startswith(f"North Korea confirms for the first time: {title}")
    assert "reversal: had neither confirmed nor denied it" in message.subject
    shown = forms(message)[form].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    for told in (
        message.subject, "Korean Central News Agency (the news agency) for North Korea", ARABIC,
        "Sunday 27 April 2025", "28 April 2025, 06:10 UTC", "Units & wings", "The <b>Courier</b>",
        "Agence France-Presse", BEFORE["declined"], GRADES["primary"],
        "2 statements, 2 independent publishers", "the-key", alert.alert_id,
    ):  # fmt: skip
        if told != message.subject or form != "blocks":  # a header holds 150 characters
            assert told in shown
    assert "Also confirms" not in shown
    whole = f"{message.text}{message.html}{message.blocks}" if form == "html" else shown
    assert "https://desk.example/monitor/claims/troops_in_combat/KP" in whole
    assert "https://courier.example/?a=1&b=2" in shown or form == "html"


def test_without_a_page_the_message_names_the_command_that_shows_the_evidence(alert, beat):
    for shown in forms(compose(alert, [], beat, "key")).values():
        assert "media-monitor claims troops_in_combat --party KP" in shown
    assert "media-monitor claims" not in compose(alert, [], beat, "key", PAGE).text


def test_what_the_claim_implies_is_told_with_it(alert, beat):
    implied = changed(alert, claim="troops_deployed", implied_by="troops_in_combat", prior_status="denied")
    told = f"{beat.claims['troops_deployed'].title} (had denied it)"
    for shown in forms(compose(alert, [implied], beat, "key")).values():
        assert told in shown


@pytest.mark.parametrize(
    ("kind", "values", "subject"),
    [
        ("implicit", {"grade": "implicit"}, "North Korea acknowledges implicitly: {title}"),
        ("denial", {}, "North Korea denies: {title}"),
        ("reversal", {"prior_status": "confirmed"}, "North Korea takes back what it had confirmed: {title}"),
        ("reversal", {"prior_status": "denied"}, "North Korea confirms again what it had taken back: {title}"),
        ("grade_raised", {"grade": "corroborated"}, "Better evidence, now corroborated: North Korea confirms: {title}"),
        ("withdrawn", {}, "Evidence withdrawn: North Korea was said to confirm: {title}"),
    ],
)
def test_only_a_first_confirmation_is_called_one(alert, beat, kind, values, subject):
    message = compose(replace(changed(alert, **values), kind=kind), [], beat, "key")
    assert message.subject == subject.format(title=beat.claims["troops_in_combat"].title)
    assert "for the first time" not in message.text
    assert message.text.startswith(message.subject)


@pytest.mark.parametrize("kind", ["burst", "silence", "quarantine"])
def test_an_alert_without_words_says_what_was_measured_and_what_it_does_not_mean(alert, beat, kind):
    one = replace(
        alert, kind=kind, subject="yonhap_ko", summary="3 days without news; usual are 2 hours", confirmation=None,
        beat="dprk_russia", since=date(2025, 4, 27),
    )  # fmt: skip
    message = compose(one, [], beat, "key", PAGE)
    assert message.subject == "3 days without news; usual are 2 hours"
    for shown in forms(message).values():
        assert "yonhap_ko" in shown.replace("\u200b", "")
        assert "Sunday 27 April 2025" in shown
        assert "Note" in shown
        assert "confirm" not in shown


def test_every_kind_has_a_message(alert, beat):
    for kind in set(get_args(AlertKind)) - {"burst", "silence", "quarantine"}:
        assert compose(replace(alert, kind=kind), [], beat, "key").subject


def test_right_to_left_words_are_isolated_and_others_are_left_alone(alert, beat):
    message = compose(alert, [], beat, "key")
    assert f"“{ISOLATE}{ARABIC}{POP}”" in message.text
    assert message.text.count(ISOLATE) == message.text.count(POP) == 1
    assert f'dir="rtl" lang="ar">“{ISOLATE}{ARABIC}{POP}”</blockquote>' in message.html
    assert '<bdi dir="ltr">the news agency</bdi>' in message.html


def test_every_line_of_plain_text_begins_with_a_word_of_ours(alert, beat):
    foreign = changed(alert, speaker=ARABIC, outlet=ARABIC, title=ARABIC, url=None, via=(ARABIC, ARABIC))
    done = Translation(ARABIC, "machine translation, ar → en", "ar")
    message = compose(foreign, [], beat, "key", replace(PAGE, translation=done))
    for line in (*message.text.splitlines(), *message.brief.splitlines()):
        assert not line or line.lstrip(" (")[0].isascii()


def test_a_translation_stands_beside_the_words_and_says_what_it_is(alert, beat):
    done = Translation("Units took part in the operations", "machine translation, ar → en", "en")
    for shown in forms(compose(alert, [], beat, "key", replace(PAGE, translation=done))).values():
        assert ARABIC in shown
        assert "Units took part in the operations" in shown
        assert "machine translation, ar → en" in shown
    without = Translation(None, "not translated: the translator took longer than 20 s")
    for shown in forms(compose(alert, [], beat, "key", replace(PAGE, translation=without))).values():
        assert ARABIC in shown
        assert "took longer than 20 s" in shown


def test_long_words_are_cut_at_a_word_and_the_message_says_where_they_stand_whole(alert, beat):
    words = " ".join(f"word{number}" for number in range(400))
    message = compose(changed(alert, quote=words, language="en"), [], beat, "key", PAGE)
    for shown in forms(message).values():
        cut = shown[shown.index("“word0") + 1 : shown.index("…”")]
        assert words.startswith(f"{cut} ")
        assert 600 < len(cut) <= 700
        assert "all of them stand on the evidence page" in shown


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two three", 8, "one two…"),
        ("朝鲜军队参加了库尔斯克州的作战", 6, "朝鲜军队参…"),
        ("e\u0301e\u0301e\u0301", 4, "e\u0301…"),
        ("", 5, ""),
    ],
)
def test_a_cut_leaves_whole_words_where_there_are_such_and_whole_characters(text, limit, cut):
    assert bidi.cut(text, limit) == cut


@pytest.mark.parametrize(
    ("text", "direction"),
    [("«Мы»", "ltr"), ("“شاركت” in Kursk", "rtl"), ("2025: בדיקה", "rtl"), ("12", "ltr"), ("", "ltr")],
)
def test_direction_is_that_of_the_first_letter(text, direction):
    assert bidi.direction(text) == direction


@pytest.mark.parametrize("status", ["silent", "alleged", "declined", "denied", "implicit"])
def test_every_earlier_status_has_words(alert, beat, status):
    assert BEFORE[status] in compose(changed(alert, prior_status=status), [], beat, "key").text


def test_a_digest_tells_of_each_alert_in_every_form(alert, beat):
    other = replace(changed(alert, claim="troops_deployed", quote="Другие слова"), alert_id="other")
    message = compose_digest([alert, other], {}, beat, "key", {"other": PAGE})
    assert message.subject.startswith("2 alerts: North Korea confirms for the first time: ")
    assert len(message.subject) <= 150
    for shown in forms(message).values():
        for told in (ARABIC, "Другие слова", beat.claims["troops_deployed"].title, "Message key key"):
            assert told in shown
    assert "https://desk.example/monitor/claims/troops_deployed/KP" in message.text


def test_a_digest_of_many_alerts_stays_within_the_limits_of_slack_and_says_how_many_it_leaves_out(alert, beat):
    many = [replace(alert, alert_id=str(number)) for number in range(200)]
    message = compose_digest(many, {}, beat, "key")
    assert complaints(message.blocks) == []
    assert "and 160 more" in forms(message)["blocks"]
    assert len(message.brief) <= 600
    assert message.text.count(ARABIC) == 200
