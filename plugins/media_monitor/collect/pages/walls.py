"""What a page is in truth: an article, or what some servers send in its place with status 200."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from media_monitor.collect.pages.page_rules import rules
from media_monitor.collect.pages.pagefacts import Facts
from media_monitor.sources import PageOutcome

_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_TOKEN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|\\w{3,}")
SHORT = 700  # letters; text of that length beside the words of a wall is its teaser
_LEAST = 120  # letters of a text
_TAIL = 300  # letters at the end of a teaser where a wall stands
_LEAST_OF_SUMMARY = 0.8
_LEAST_SHARED = 0.25  # of the tokens of the feed's headline that stand on the page of the same article


def weight(text: str) -> int:
    """Its length in letters of an alphabet: a letter of Chinese, Japanese or Korean counts for three."""
    return len(text) + 2 * len(_DENSE.findall(text))


def instead(asked: str, final: str) -> tuple[PageOutcome, str] | None:
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


@dataclass(frozen=True, slots=True)
class Look:
    """A page as it looks: its markup, all text that is seen on it, its main text, and what it declares; beside title
    and summary of the feed."""

    markup: str
    seen: str
    text: str
    facts: Facts
    title: str
    summary: str

    @property
    def heads(self) -> str:
        return " ".join((self.facts.title, *self.facts.headings)).casefold()

    @property
    def is_short(self) -> bool:
        """Whether the text may be a teaser."""
        return weight(self.text) < max(SHORT, 1.3 * weight(self.summary))


def verdict(look: Look) -> tuple[PageOutcome, str]:
    """(outcome, reason) of the page; the outcome is "text" for an article that can be kept."""
    return _by_heads(look) or _by_declaration(look) or _by_words(look) or _by_text(look) or ("text", "")


def _by_heads(look: Look) -> tuple[PageOutcome, str] | None:
    known = rules()
    if known.robot.search(look.heads) or (look.is_short and _asks_for_a_human(look)):
        return "error", "asks for proof that a human reads"
    if (found := known.missing.search(look.heads)) and found[0] not in look.title.casefold():
        return "error", f"says {found[0]!r} with status 200"
    return None


def _asks_for_a_human(look: Look) -> bool:
    known = rules()
    return bool(known.robot.search(look.seen.casefold()) or known.robot_markup.search(look.markup.casefold()))


def _by_declaration(look: Look) -> tuple[PageOutcome, str] | None:
    if look.facts.free is False or look.facts.tier in rules().locked:
        return "paywall", "says that it is for subscribers"
    return None


def _by_words(look: Look) -> tuple[PageOutcome, str] | None:
    """Words of a wall count at the end of the text; beside a short one anywhere: free pages sell subscriptions too."""
    where = look.seen if look.is_short else look.text[-_TAIL:]
    for what, pattern in (("for subscribers", rules().paywall), ("to log in", rules().login)):
        if found := pattern.search(where.casefold()):
            return "paywall", f"has the words of a wall {what}: {found[0]!r}"
    return None


def _by_text(look: Look) -> tuple[PageOutcome, str] | None:
    consent = rules().consent.search(look.seen.casefold())
    other = shared(look.title, f"{look.heads} {look.text}") < _LEAST_SHARED
    if consent and (weight(look.text) < _LEAST or (other and look.is_short)):
        return "consent", f"asks for consent: {consent[0]!r}"
    if weight(look.text) < _LEAST:
        return "empty", "has no text"
    if weight(look.text) < _LEAST_OF_SUMMARY * weight(look.summary):
        return "empty", "has less text than the feed"
    return ("error", "is about something else") if other else None


def shared(title: str, page: str) -> float:
    """Share of the tokens of the title that stand on the page; 1.0 for a title without any."""
    wanted = set(_TOKEN.findall(title.casefold()))
    return len(wanted & set(_TOKEN.findall(page.casefold()))) / len(wanted) if wanted else 1.0
