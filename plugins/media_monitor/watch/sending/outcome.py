"""Whether a message went out, judged by what the sending libraries logged."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from media_monitor.model import DeliveryState

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
_LIMITED = re.compile(r"error=429\b|too many requests|rate.?limit", re.I)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a send ended. `error` says why it is not `sent`, without credentials. `stalled`: the next message would fare
    no better now, for the channel is down, slow, or asks for patience."""

    state: DeliveryState
    error: str | None = None
    stalled: bool = False


def judge(success: bool, timed_out: bool, lines: Sequence[str]) -> Outcome:
    """`sent`, `failed` where the message surely did not arrive, else `unknown`. `lines` is what Apprise logged.

    >>> judge(False, False, ["Failed to send JSON POST notification: error=500."]).state
    'failed'
    >>> judge(False, False, ["Socket Exception: Read timed out. (read timeout=30.0)"]).state
    'unknown'
    >>> judge(False, False, ["Failed to send JSON POST notification: error=429."])
    Outcome(state='failed', error='Failed to send JSON POST notification: error=429', stalled=True)
    """
    if success:
        return Outcome("sent")
    never_begun = any(line.startswith("Connection error while submitting") for line in lines)
    broken = any(_BROKEN.search(line) and not _NEVER_BEGUN.search(line) for line in lines)
    if any(_PART_SENT.match(line) for line in lines):
        return Outcome("unknown", f"some of its recipients got it: {reason(lines)}")
    if timed_out or (broken and not never_begun):
        return Outcome("unknown", f"the answer did not come: {reason(lines)}", stalled=True)
    refused = never_begun or any(_NEVER_BEGUN.search(line) or _LIMITED.search(line) for line in lines)
    return Outcome("failed", reason(lines), stalled=refused)


def reason(lines: Sequence[str]) -> str:
    """The lines as one, each once."""
    kept = [line.rstrip(".") for line in lines if not line.startswith(("Sent ", "JSON Payload", "Response Details"))]
    return "; ".join(dict.fromkeys(kept)) or "no reason given"
