"""Sends one message through one channel within a bounded time. Apprise is loaded here, when first needed."""

import threading
import warnings
from typing import Any

from media_monitor.errors import DeliveryError
from media_monitor.watch.message.bidi import cut
from media_monitor.watch.message.brief import fitting
from media_monitor.watch.message.content import Message
from media_monitor.watch.sending import apprise_log, block_handover
from media_monitor.watch.sending.channels import Channel
from media_monitor.watch.sending.outcome import Outcome, judge, reason

CONNECT_SECONDS, ANSWER_SECONDS, WHOLE_SECONDS = 10.0, 30.0, 90.0
ERROR_LENGTH = 300
MAIL = frozenset({"mailto", "mailtos"})

_loading = threading.Lock()


def load(channel: Channel, key: str) -> Any:
    """The Apprise service of the channel. `key` goes into the headers of mail and webhooks.

    Raises:
        DeliveryError: Apprise knows no such channel, or the URL lacks something.
    """
    lines: list[str] = []
    with _loading, apprise_log.lines(lines), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # loading its plugins warns of what they import
        service = _service(channel)
    if service is None:
        raise DeliveryError(channel.name, channel.blotted(f"no channel that Apprise knows: {reason(lines)}"))
    service.retry = 0  # the outbox tries again, and knows when it must not
    if "rto=" not in channel.url:
        service.socket_read_timeout = ANSWER_SECONDS
    if "cto=" not in channel.url:
        service.socket_connect_timeout = CONNECT_SECONDS
    headers = getattr(service, "headers", None)
    if isinstance(headers, dict):
        headers["Idempotency-Key"] = key
    if channel.scheme in MAIL:
        service.key, service.thread = key, key.rpartition("-")[0]
    return service


def _service(channel: Channel) -> Any:
    import apprise
    from apprise.plugins import url_to_dict

    # No time limit of Apprise's own: its threads outlive it, and would keep the process from ending.
    asset = apprise.AppriseAsset(app_id="media-monitor", async_mode=False, service_timeout=0)
    if channel.scheme not in MAIL:
        return apprise.Apprise.instantiate(channel.url, asset=asset)
    from media_monitor.watch.sending.mail import Letter

    parts = url_to_dict(channel.url, secure_logging=True)
    try:
        return Letter(**{**parts, "asset": asset}) if parts else None
    except (TypeError, ValueError):  # what Apprise raises where a URL lacks something; it has logged why
        return None


def send(service: Any, channel: Channel, message: Message) -> Outcome:
    """Sends the message through the channel's service, and waits for the answer no longer than `WHOLE_SECONDS`."""
    result: list[bool] = []
    lines: list[str] = []

    def attempt() -> None:
        with apprise_log.lines(lines):
            try:
                result.append(_sent(service, channel, message))
            except OSError as error:
                lines.append(f"the message cannot be put on disk: {error}")

    # A daemon: where a server answers byte by byte without end, nothing here waits for it, nor does the process's end.
    thread = threading.Thread(target=attempt, name=f"send {channel.name}", daemon=True)
    thread.start()
    thread.join(WHOLE_SECONDS)
    outcome = judge(result == [True], thread.is_alive(), list(lines))
    return Outcome(outcome.state, outcome.error and channel.blotted(outcome.error)[:ERROR_LENGTH], outcome.stalled)


def _sent(service: Any, channel: Channel, message: Message) -> bool:
    import apprise

    sender = apprise.Apprise(asset=service.asset)
    sender.add(service)
    if channel.scheme in MAIL:
        return _mailed(sender, service, message)
    titled = service.title_maxlen > 0
    title = cut(message.subject, service.title_maxlen) if titled else message.subject
    room = service.body_maxlen - (0 if titled else len(title) + 2)
    body = fitting(_after(message.text, title), _after(message.brief, title), max(room, 1))
    with block_handover.blocks_given(service, channel.url, message):
        return bool(sender.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT))


def _mailed(sender: Any, service: Any, message: Message) -> bool:
    import apprise

    html = service.resolve_format(apprise.NotifyFormat.HTML) == apprise.NotifyFormat.HTML
    service.text, service.overflow_mode = message.text, apprise.OverflowMode.UPSTREAM
    body, form = (message.html, apprise.NotifyFormat.HTML) if html else (message.text, apprise.NotifyFormat.TEXT)
    return bool(sender.notify(title=message.subject, body=body, body_format=form))


def _after(text: str, title: str) -> str:
    """The text without its first line, where that is the title: services show the title above it."""
    first, _, rest = text.partition("\n")
    return rest.lstrip("\n") if first == title and rest.strip() else text
