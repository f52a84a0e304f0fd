"""Names of channels, which are stored and shown, hold nothing secret."""

import pytest

from media_monitor.watch.sending.channels import Channel, channels

SECRET = "hunter2secret"


@pytest.mark.parametrize(
    ("url", "start"),
    [
        (f"mailto://desk:{SECRET}@mail.example:2525?to=a@b.example", "mailto://mail.example#"),
        (f"json://desk:{SECRET}@hooks.example/{SECRET}", "json://hooks.example#"),
        (f"slack://{SECRET}/B0000/XXXX", "slack#"),
        (f"tgram://12345:{SECRET}/99", "tgram#"),
        (f"json://[{SECRET}", "json#"),
        (SECRET, "no-scheme#"),
    ],
)
def test_a_name_holds_no_credentials(url, start):
    channel = Channel(url)
    assert channel.name.startswith(start)
    assert SECRET not in channel.name
    assert SECRET not in repr(channel)


def test_names_are_stable_and_differ_by_everything_but_the_password():
    def name(url):
        return Channel(url).name

    assert name("mailto://a:old@m.example?to=x@y.example") == name("mailto://a:new@m.example?to=x@y.example")
    assert name("mailto://m.example?user=a&pass=old") == name("mailto://m.example?user=a&pass=new")
    assert name("mailto://a:p@m.example?to=x@y.example") != name("mailto://a:p@m.example?to=z@y.example")
    assert name("slack://AAAA/B/C") != name("slack://AAAA/B/D")


def test_the_same_channel_given_twice_is_one():
    assert [c.url for c in channels(["json://a.example", "json://b.example", "json://a.example"])] == [
        "json://a.example",
        "json://b.example",
    ]


def test_secrets_are_blotted_out_in_any_spelling():
    channel = Channel("json://desk:pa%24%24word@hooks.example/tok%2Fen99?key=abcdef")
    text = channel.blotted("desk pa$$word pa%24%24word /tok%2Fen99 tok/en99 abcdef at hooks.example")
    assert text.endswith("at hooks.example")
    for secret in ("desk", "pa$$", "pa%24", "en99", "abcdef"):
        assert secret not in text
    assert "12345" not in Channel("tgram://12345:abcdef/99").blotted("POST bot12345:abcdef failed")
