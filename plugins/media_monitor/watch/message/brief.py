"""A message in a few hundred characters: for text messages and services that take no more."""

from media_monitor.watch.message.bidi import cut, isolated
from media_monitor.watch.message.content import Content
from media_monitor.watch.message.plain import plain

LONGEST, LONGEST_QUOTE = 600, 280


def brief(content: Content) -> str:
    """What is new, the words, who said them, where to read on."""
    who = content.fact("Who")
    lines = [content.headline]
    if content.quote:
        lines.append(f"Words: “{isolated(cut(content.quote.words.words, LONGEST_QUOTE))}”")
    lines += [f"Who: {plain(who.parts)}"] if who else []
    lines += [content.links[0].url] if content.links else []
    return "\n".join(lines)


def fitting(whole: str, short: str, limit: int) -> str:
    """The whole text where the limit lets it, else the short one, cut where even that is too long; never several
    messages, for the parts of one can arrive without each other.

    >>> fitting("a long account", "short", 10)
    'short'
    """
    if len(whole) <= limit:
        return whole
    if len(short) <= limit:
        return short
    first, *rest = short.split("\n")
    address = rest[-1] if rest and rest[-1].startswith("http") else ""
    if address and len(address) < limit - 40:
        return f"{cut(first, limit - len(address) - 1)}\n{address}"
    return cut(first, limit)
