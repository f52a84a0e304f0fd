"""Addresses that a message may link to."""

from urllib.parse import quote, urlsplit

from media_monitor.model import Confirmation
from media_monitor.watch.message.bidi import cleaned, cut
from media_monitor.watch.message.content import Link

# What an address may hold unescaped: neither quotes, brackets, bars nor white space, which would end it in some form.
_KEPT = "!#$%&'()*+,/:;=?@[]~-._"
LONGEST_URL = 2000


def web_link(url: str | None, label: str) -> Link | None:
    """The link, where it is an address of the web; other schemes (javascript:, data:) are never linked."""
    address = quote(cleaned(url or "").replace(" ", "%20"), safe=_KEPT)
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or len(address) > LONGEST_URL:
        return None
    return Link(address, label)


def evidence_link(page_url: str, found: Confirmation) -> Link | None:
    """The page of the claim and party, below the address that the evidence pages are served at; None without one."""
    path = "/".join(quote(step, safe="") for step in ("claims", cleaned(found.claim), cleaned(found.party)))
    return web_link(f"{page_url.rstrip('/')}/{path}", "Evidence page") if page_url else None


def evidence_command(found: Confirmation) -> str:
    """The command that prints what the evidence page would show."""
    return f"media-monitor claims {cut(found.claim, 80)} --party {cut(found.party, 20)}"
