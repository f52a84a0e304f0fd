"""The limits that Slack states for blocks; it refuses a message that is beyond one.

https://docs.slack.dev/reference/block-kit/blocks and …/composition-objects/text-object
"""

LONGEST = {"header": 150, "section": 3000, "context": 3000}


def complaints(blocks):
    """What Slack would refuse in the blocks of a message; [] where it takes them."""
    found = [f"{len(blocks)} blocks"] if not 1 <= len(blocks) <= 50 else []
    return found + [f"{number}: {fault}" for number, block in enumerate(blocks) for fault in _faults(block)]


def _faults(block):
    kind = block["type"]
    if kind not in LONGEST:
        yield f"{kind} is no block of ours"
        return
    if set(block) - {"type", "text", "fields", "elements"}:
        yield f"has {sorted(block)}"
    if kind == "section" and not ("text" in block or block.get("fields")):
        yield "a section without text"
    if len(block.get("fields", [])) > 10 or len(block.get("elements", [])) > 10:
        yield "more than ten"
    if "text" in block:
        yield from _text(block["text"], LONGEST[kind], "plain_text" if kind == "header" else "mrkdwn")
    for field in block.get("fields", []):
        yield from _text(field, 2000, "mrkdwn")
    for element in block.get("elements", []):
        yield from _text(element, 3000, "mrkdwn")


def _text(text, longest, kind):
    if text["type"] != kind:
        yield f"{text['type']} instead of {kind}"
    if not 1 <= len(text["text"]) <= longest:
        yield f"{len(text['text'])} characters, longest is {longest}"
    if set(text) - {"type", "text", {"plain_text": "emoji", "mrkdwn": "verbatim"}[kind]}:
        yield f"has {sorted(text)}"
