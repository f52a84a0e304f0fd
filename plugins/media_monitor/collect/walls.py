"""What a page is in truth: an article, or what some servers send in its place with status 200."""

import re
from urllib.parse import urlsplit

from media_monitor.collect.page_rules import rules
from media_monitor.collect.pagefacts import Facts

_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_TOKEN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|\\w{3,}")
SHORT = 700  # letters; text of that length beside the words of a wall is its teaser
_LEAST = 120  # letters of a text
_TAIL = 300  # letters at the end of a teaser where a wall stands
_LEAST_SHARED = 0.25  # of the tokens of the feed's headline that stand on the page of the same article


def weight(text: str) -> int:
    """Its length in letters of an alphabet: a letter of Chinese, Japanese or Korean counts for three."""
    return len(text) + 2 * len(_DENSE.findall(text))


def instead(asked: str, final: str) -> tuple[str, str] | None:
    """(outcome, reason) where redirects led to a place that is no article's, by its address."""
    before, after = urlsplit(asked), urlsplit(final)
    if final == asked:
        return None
    path, host = after.path.lower() or "/", (after.hostname or "").lower()
    known = rules()
    if host.partition(".")[0] in known.consent_hosts or known.consent_paths.match(path):
        return "consent", f"leads to {host}{path}, which asks for consent"
    if known.login_paths.match(path) and not known.login_paths.match(before.path.lower()):
        return "paywall", f"leads to {host}{path}, where readers log in or subscribe"
    if path == "/" and not after.query and before.path not in ("", "/"):
        return "error", "leads to a front page"
    return None


def verdict(page: str, text: str, facts: Facts, title: str, summary: str, markup: str) -> tuple[str, str]:
    """(outcome, reason) of a page, given the text that is seen on it, its main text, what it declares, and title and
    summary of the feed. The outcome is "text" for an article that can be kept."""
    known, seen = rules(), page.casefold()
    heads = " ".join((facts.title, *facts.headings)).casefold()
    short = weight(text) < max(SHORT, 1.3 * weight(summary))
    if known.robot.search(heads) or (short and (known.robot.search(seen) or known.robot_markup.search(markup.casefold()))):
        return "error", "asks for proof that a human reads"
    if (found := known.missing.search(heads)) and found[0] not in title.casefold():
        return "error", f"says {found[0]!r} with status 200"
    if facts.free is False or facts.tier in known.locked:
        return "paywall", "says that it is for subscribers"
    for what, pattern, outcome in (
        ("for subscribers", known.paywall, "paywall"), ("to log in", known.login, "paywall"),
    ):  # fmt: skip
        if found := pattern.search(text[-_TAIL:].casefold()) or (pattern.search(seen) if short else None):
            return outcome, f"has the words of a wall {what}: {found[0]!r}"
    if weight(text) < _LEAST:
        if found := known.consent.search(seen):
            return "consent", f"asks for consent: {found[0]!r}"
        return "empty", "has no text"
    if weight(text) < 0.8 * weight(summary):
        return "empty", "has less text than the feed"
    if shared(title, f"{heads} {text}") < _LEAST_SHARED:
        return ("consent", "asks for consent") if known.consent.search(seen) and short else ("error", "is about something else")
    return "text", ""


def shared(title: str, page: str) -> float:
    """Share of the tokens of the title that stand on the page; 1.0 for a title without any."""
    wanted = set(_TOKEN.findall(title.casefold()))
    return len(wanted & set(_TOKEN.findall(page.casefold()))) / len(wanted) if wanted else 1.0
