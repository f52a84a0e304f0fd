"""Alerts as messages for people: what is new, who said it in which words, where, when, and how sure it is."""

from collections.abc import Mapping, Sequence

from media_monitor.beat import Beat
from media_monitor.model import Alert
from media_monitor.watch.message import digest
from media_monitor.watch.message.account import Beside, account
from media_monitor.watch.message.blocks import blocks
from media_monitor.watch.message.brief import brief
from media_monitor.watch.message.content import Content, Fact, Message
from media_monitor.watch.message.html import html
from media_monitor.watch.message.plain import text

ALONE = Beside()


def compose(alert: Alert, implied: Sequence[Alert], beat: Beat, key: str, beside: Beside = ALONE) -> Message:
    """The message of an alert. `implied` are the alerts that its claim implies; `key` is the idempotency key."""
    content = account(alert, implied, beat, key, beside)
    return Message(content.headline, text(content), html(content), blocks(content), brief(content))


def plain_note(headline: str, words: str, key: str) -> Message:
    """A message that is no alert: a headline and a sentence."""
    footer = f"Message key {key}: the same key is the same message."
    content = Content(headline, None, (Fact("Note", (words,)),), (), (), footer)
    return Message(headline, text(content), html(content), blocks(content), brief(content))


def compose_digest(
    alerts: Sequence[Alert],
    implied: Mapping[str, Sequence[Alert]],
    beat: Beat,
    key: str,
    beside: Mapping[str, Beside] | None = None,
) -> Message:
    """One message of several alerts, in their order. `implied` and `beside` are by alert id, and may lack some."""
    contents = [
        account(one, implied.get(one.alert_id, ()), beat, key, (beside or {}).get(one.alert_id, ALONE))
        for one in alerts
    ]
    return digest.digest(contents, beat.name, key)
