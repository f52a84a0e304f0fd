"""Every field of a feed is written by strangers: no form of a message gives them a say over more than their words."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from tests.watch.blockkit import complaints

from media_monitor.watch.message.account import Beside
from media_monitor.watch.message.compose import compose, compose_digest
from media_monitor.watch.message.content import Translation
from media_monitor.watch.message.tree import Printed

FIELDS = ("claim", "party", "speaker", "quote", "outlet", "title", "language", "url", "prior_status", "grade", "beat")
ATTACKS = (
    '<script>alert("x")</script>',
    '"><img src=x onerror=alert(1)>',
    "</style><script>1</script>",
    "javascript:alert(1)",
    "<!channel> <!here> <@U024BE7LH> <#C024BE7LR>",
    "<https://evil.example/|https://kremlin.example/>",
    "@channel #general",
    "*bold* _italic_ ~gone~ `code` ```\nblock",
    "a\r\nBcc: b@example.org",
    "one \u202e two\u2069 three\u061c",
    "\x1b[2J\x1b]0;x\x07",
    "\x00\x08\x7f\x9b31m",
    "half \ud800 of one",
    "\U000e0041hidden",
    "> quoted\n\n# heading\n\nAlert 0 of the beat",
    "{{app_body}} ${x} {0} %s",
    "https://evil.example/|x>y",
    "https://a b.example/<c>",
    'https://e.example/"onmouseover="x',
    "data:text/html,x",
    "https://[::1",
    "//e.example",
    "",
    " ",
    "x" * 10_000,
    "слово " * 3000,
    "&lt;b&gt; &amp;",
    "\u200f\u200e\u2028\u2029",
)
CONTROL = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066\u2067\ud800-\udfff\U000e0000-\U000e007f]"
)
TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "blockquote", "p", "table", "tbody", "tr",
    "th", "td", "bdi", "ul", "li", "a", "code", "footer",
}  # fmt: skip
ATTRIBUTES = {"dir", "lang", "charset", "name", "content", "class", "scope", "href"}


def sound(message):
    """Asserts that nothing foreign is more than text in any form."""
    assert "\n" not in message.subject
    for form in (message.subject, message.text, message.html, message.brief):
        assert not CONTROL.search(form)
        assert form.count("\u2068") == form.count("\u2069")
        form.encode("utf-8")
    page = LexborHTMLParser(message.html)
    for node in page.css("*"):
        assert node.tag in TAGS
        assert set(node.attributes) <= ATTRIBUTES
    assert len(page.css("style")) == len(page.css("h1")) == len(page.css("footer")) == 1
    for link in page.css("a"):
        assert link.attributes["href"].startswith(("https://", "http://"))
    assert complaints(message.blocks) == []
    for text in markdown(message.blocks):
        assert text["verbatim"] is True
        for bracket in re.findall("<[^>]*>?", text["text"]):
            assert re.fullmatch(r"<https?://[^|<>\s]+\|(Article|Evidence page)>", bracket)
        assert ">" not in re.sub(r"<[^>]*>|^> ", "", text["text"], flags=re.M)
        assert not CONTROL.search(text["text"])


def markdown(value):
    if isinstance(value, dict):
        own = [value] if value.get("type") == "mrkdwn" else []
        return own + [text for part in value.values() for text in markdown(part)]
    return [text for part in value for text in markdown(part)] if isinstance(value, list) else []


def messages(alert, registry, attack, **values):
    hostile = replace(alert, confirmation=replace(alert.confirmation, **values))
    printed = Printed("a", attack, (attack, "afp"), attack, alert.confirmation.printed_at)
    beside = Beside((printed,), Translation(attack, "machine translation", attack), "https://desk.example")
    yield compose(hostile, [hostile], registry, "key", beside)
    yield compose_digest([hostile, hostile], {}, registry, "key", {alert.alert_id: beside})


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_field_gets_out_of_its_place(alert, beat, attack):
    for field in FIELDS:
        for message in messages(alert, beat, attack, **{field: attack}):
            sound(message)
    for message in messages(alert, beat, attack, **dict.fromkeys(FIELDS, attack)):
        sound(message)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nor_does_the_subject_of_an_alert_without_words(alert, beat, attack):
    sound(compose(replace(alert, kind="silence", subject=attack, summary=attack, confirmation=None), [], beat, "key"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(attack=st.text(st.characters(codec=None), max_size=300))
def test_nor_does_anything_that_a_machine_thinks_of(alert, beat, attack):
    for message in messages(alert, beat, attack, **dict.fromkeys(FIELDS, attack)):
        sound(message)


def test_only_addresses_of_the_web_are_links(alert, beat):
    def linked(url):
        message = compose(replace(alert, confirmation=replace(alert.confirmation, url=url)), [], beat, "key")
        return [link.attributes["href"] for link in LexborHTMLParser(message.html).css("a")]

    assert linked("https://courier.example/?a=1&b=2") == ["https://courier.example/?a=1&b=2"]
    assert linked("https://courier.example/новости|x>") == [
        "https://courier.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8%7Cx%3E"
    ]
    for url in (None, "", "javascript:alert(1)", "data:text/html,x", "ftp://x.example", "https://", "https://[", "x y"):
        assert linked(url) == []


def test_formatting_of_slack_is_shown_and_not_followed(alert, beat):
    hostile = replace(alert, confirmation=replace(alert.confirmation, quote="*bold* and `code`"))
    quote = next(text for text in markdown(compose(hostile, [], beat, "key").blocks) if "bold" in text["text"])
    assert "\u200b*bold\u200b*" in quote["text"]
    assert "\u200b`code" in quote["text"]
