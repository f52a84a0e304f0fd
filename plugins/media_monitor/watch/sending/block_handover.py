"""How the blocks of a message get to services that take such, by what Apprise offers for it.

Slack takes them as a message template, which Apprise reads from a file. A webhook (`json://`) gets them as the payload
field `blocks` where its URL asks for that field: `json://host/path?:blocks=yes`.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from media_monitor.watch.message.content import Message

FIELD = "blocks"
SLACK_MODES = frozenset({"bot", "hook", "gov-hook"})  # a workflow takes the variables that it names, and no blocks
COLOUR = "#2f6fb0"


@contextmanager
def blocks_given(service: Any, url: str, message: Message) -> Iterator[None]:
    """The service with the blocks in hand, while the message is sent. A template that the URL names itself stays, and
    `blocks=no` in the URL asks for plain text."""
    extras = getattr(service, "payload_extras", None)
    if isinstance(extras, dict) and FIELD in extras:
        extras[FIELD] = list(message.blocks)
    template = getattr(service, "template", None)
    if getattr(service, "mode", None) not in SLACK_MODES or template is None or len(template) or "blocks=no" in url:
        yield
        return
    with TemporaryDirectory(prefix="media-monitor-") as folder:
        path = Path(folder) / "blocks.json"
        path.write_text(_template(message), encoding="ascii")
        template.add(str(path))
        service.use_blocks = True
        yield


def _template(message: Message) -> str:
    """The template file. Nothing in it is a placeholder: pairs of braces are only ever in the words of the message."""
    content = {"color": COLOUR, "fallback": message.subject, FIELD: list(message.blocks)}
    return json.dumps(content).replace("{{", "\\u007b\\u007b")
