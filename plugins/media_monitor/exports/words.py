"""An exported confirmation in words: headline and account for feeds, names of claims and parties."""

from html import escape
from urllib.parse import quote, urlsplit

from media_monitor.beat import Beat
from media_monitor.exports.fields import Row

_KEPT = "!#$%&'()*+,/:;=?@[]~"
_VERBS = {
    "confirmed": "confirms",
    "implicit": "acknowledges implicitly",
    "denied": "denies",
    "declined": "neither confirms nor denies",
    "alleged": "alleges",
}


def headline(found: Row, beat: Beat) -> str:
    """What is new in one line; it begins with "Withdrawn: " or "Wrong: " where it does not hold any more."""
    told = found["summary"] or f"{party(found['party'], beat)} {_VERBS[found['state']]}: {claim(found['claim'], beat)}"
    return f"{_fate(found)}{told}"


def account(found: Row, beat: Beat) -> str:
    """Who said what, where and when, and how sure it is, as HTML. Words that are not ours are escaped and marked."""
    lines = [
        ("Who", escape(_speaker(found, beat))),
        ("Said", f"{found['since']}"),
        ("Before", escape(found["prior_status"] + (", so this is a reversal" if found["reversal"] else ""))),
        ("Printed", _printed(found)),
        ("How sure", f"{escape(found['grade'])}; independent publishers: {found['publishers']}"),
        ("Withdrawn", _moment(found, "withdrawn_at")),
        ("Judged wrong", _moment(found, "wrong_at")),
    ]
    told = "".join(f"<dt>{label}</dt><dd>{text}</dd>" for label, text in lines if text)
    return f"{_quote(found)}<dl>{told}</dl>"


def claim(claim_id: str, beat: Beat) -> str:
    """The claim in a sentence; its id where it is not in the registry."""
    return beat.claims[claim_id].title if claim_id in beat.claims else claim_id


def party(code: str, beat: Beat) -> str:
    """The name of the country, else the code."""
    return next((e.name for e in beat.entities.values() if e.kind == "country" and e.party == code), code)


def speaker(found: Row, beat: Beat) -> str | None:
    """The name in the registry, else as printed."""
    entity = beat.entities.get(found["speaker_id"] or "")
    return entity.name if entity else found["speaker"]


def _fate(found: Row) -> str:
    return "Wrong: " if found["wrong_at"] else "Withdrawn: " if found["withdrawn_at"] else ""


def _speaker(found: Row, beat: Beat) -> str:
    who = speaker(found, beat)
    return f"{who}, for {party(found['party'], beat)}" if who else party(found["party"], beat)


def _quote(found: Row) -> str:
    language = f' lang="{escape(found["language"])}"' if found["language"] else ""
    return f'<blockquote{language} dir="auto">{escape(found["quote"])}</blockquote>' if found["quote"] else ""


def _printed(found: Row) -> str:
    outlet = f"<bdi>{escape(found['outlet'])}</bdi>" if found["outlet"] else ""
    title = f"<bdi>{escape(found['title'])}</bdi>" if found["title"] else ""
    address = web_address(found)
    linked = f'<a href="{escape(address)}">{title or escape(address)}</a>' if address else title
    return ", ".join(part for part in (outlet, _moment(found, "printed_at"), linked) if part)


def web_address(found: Row) -> str | None:
    """The article's address with all escaped that no address may hold, where it is one of the web.

    Nothing else is made a link, for it came from strangers.
    """
    try:
        address = quote(found["url"] or "", safe=_KEPT)
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None


def _moment(found: Row, name: str) -> str:
    return f"{found[name]:%Y-%m-%d %H:%M} UTC" if found[name] else ""
