"""A mail server on loopback."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Mailbox:
    """Keeps the mails that arrive; refuses recipients that start with `nobody`."""

    def __init__(self):
        self.mails = []
        self.raw = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 (aiosmtpd's name)
        if address.startswith("nobody"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 (aiosmtpd's name)
        self.raw.append(envelope.content)
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


def address(port: int) -> str:
    """The Apprise URL of a mail server on that port of loopback."""
    return f"mailto://127.0.0.1:{port}?from=monitor@desk.example&to=editor@desk.example&mode=insecure"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(port: int | None = None) -> Iterator[Mailbox]:
    """A mailbox whose `url` takes mail."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    box.url = address(controller.port)
    try:
        yield box
    finally:
        controller.stop()
