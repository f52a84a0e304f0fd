"""Sends one message through one channel, and judges whether it went out. Apprise is loaded here, when first needed."""

import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from media_monitor.errors import DeliveryError
from media_monitor.model import DeliveryState
from media_monitor.watch.channels import Channel
from media_monitor.watch.message.content import Message

CONNECT_SECONDS, ANSWER_SECONDS, WHOLE_SECONDS = 10.0, 30.0, 90.0
ERROR_LENGTH = 300
MAIL = frozenset({"mailto", "mailtos"})

# What the HTTP and SMTP libraries say when the connection broke after the message had begun to leave …
_BROKEN = re.compile(
    r"timed out|timeout|aborted|reset by peer|broken pipe|closed|remote end|disconnected|incompleteread|eof occurred",
    re.I,
)
# … and when it broke, or never was, before.
_NEVER_BEGUN = re.compile(
    r"connect timeout|connecttimeout|failed to establish|refused|unreachable|name resolution|getaddrinfo|not known|"
    r"certificate",
    re.I,
)
_PART_SENT = re.compile(r"^Sent ")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a send ended. `error` says why it is not `sent`, without credentials."""

    state: DeliveryState
    error: str | None = None


def load(channel: Channel, key: str) -> Any:
    """The Apprise service of the channel. `key` goes into the headers of mail and webhooks.

    Raises:
        DeliveryError: Apprise knows no such channel, or the URL lacks something.
    """
    import apprise

    asset = apprise.AppriseAsset(app_id="media-monitor", async_mode=False, service_timeout=WHOLE_SECONDS)
    with _log_lines() as lines, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # loading its plugins warns of what they import
        service = apprise.Apprise.instantiate(channel.url, asset=asset)
    if service is None:
        raise DeliveryError(channel.name, channel.blotted(f"no channel that Apprise knows: {_reason(lines)}"))
    service.retry = 0  # the outbox tries again, and knows when it must not
    if "rto=" not in channel.url:
        service.socket_read_timeout = ANSWER_SECONDS
    if "cto=" not in channel.url:
        service.socket_connect_timeout = CONNECT_SECONDS
    headers = getattr(service, "headers", None)
    if isinstance(headers, dict):
        headers["Idempotency-Key"] = key
    return service


def send(service: Any, channel: Channel, message: Message) -> Outcome:
    """Sends the message through the channel's service and waits for the answer."""
    import apprise

    html = channel.scheme in MAIL and service.resolve_format(apprise.NotifyFormat.HTML) == apprise.NotifyFormat.HTML
    sender = apprise.Apprise(asset=service.asset)
    sender.add(service)
    with _log_lines() as lines:
        result = sender.notify(
            title=message.subject,
            body=message.html if html else message.text,
            body_format=apprise.NotifyFormat.HTML if html else apprise.NotifyFormat.TEXT,
        )
    outcome = judge(bool(result), result.timeout_count > 0, lines)
    return Outcome(outcome.state, outcome.error and channel.blotted(outcome.error)[:ERROR_LENGTH])


def judge(success: bool, timed_out: bool, lines: Sequence[str]) -> Outcome:
    """`sent`, `failed` where the message surely did not arrive, else `unknown`. `lines` is what Apprise logged.

    >>> judge(False, False, ["Failed to send JSON POST notification: error=500."]).state
    'failed'
    >>> judge(False, False, ["Socket Exception: Read timed out. (read timeout=30.0)"]).state
    'unknown'
    """
    if success:
        return Outcome("sent")
    never_begun = any(line.startswith("Connection error while submitting") for line in lines)
    broken = any(_BROKEN.search(line) and not _NEVER_BEGUN.search(line) for line in lines)
    if any(_PART_SENT.match(line) for line in lines):
        return Outcome("unknown", f"some of its recipients got it: {_reason(lines)}")
    if timed_out or (broken and not never_begun):
        return Outcome("unknown", f"the answer did not come: {_reason(lines)}")
    return Outcome("failed", _reason(lines))


def _reason(lines: Sequence[str]) -> str:
    kept = [line.rstrip(".") for line in lines if not line.startswith(("Sent ", "JSON Payload", "Response Details"))]
    return "; ".join(dict.fromkeys(kept)) or "no reason given"


class _Lines(logging.Handler):
    """Keeps what tells why a send failed: warnings, and the exception that Apprise logs beside them."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = " ".join(record.getMessage().split())
        if record.levelno >= logging.WARNING or line.startswith(("Socket Exception", "Sent ")):
            self.lines.append(line)


@contextmanager
def _log_lines() -> Iterator[list[str]]:
    # Apprise names the cause only in its debug log, beside URLs; so that log is read here and goes nowhere else.
    logger = logging.getLogger("apprise")
    before = logger.level, logger.propagate, logger.handlers
    handler = _Lines()
    logger.setLevel(logging.DEBUG)
    logger.propagate, logger.handlers = False, [handler]
    try:
        yield handler.lines
    finally:
        logger.setLevel(before[0])
        logger.propagate, logger.handlers = before[1], before[2]
