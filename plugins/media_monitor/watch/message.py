"""An alert as a message for people: what is new, who said it in which words, where, when, and how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from media_monitor.beat import Beat
from media_monitor.model import Alert, Confirmation
from media_monitor.watch.bidi import cleaned, isolated, isolated_html

BEFORE = {
    "silent": "silent: it had said nothing on this",
    "alleged": "had alleged it",
    "declined": "had neither confirmed nor denied it",
    "denied": "had denied it",
}
GRADES = {
    "primary": "primary: its own outlet, or a named speaker word for word",
    "corroborated": "corroborated: at least two independent publishers",
    "single source": "single source: one independent publisher",
    "implicit": "implicit: thanks or praise, without a word of confirming",
    "disputed": "disputed: another party to the claim says the opposite",
}


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent. `subject` is one line; `text` and `html` say the same."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class _Foreign:
    """Words that are not ours, in any script."""

    words: str
    language: str | None = None


_Line = tuple[str, tuple[str | _Foreign, ...]]


def compose(alert: Alert, implied: Sequence[Alert], beat: Beat, key: str) -> Message:
    """The message of an alert. `implied` are the alerts that its claim implies; `key` is the idempotency key."""
    headline = _headline(alert.step, beat)
    lines = [*_implied(implied, beat), *_lines(alert.step, beat)]
    source = f"Alert {alert.alert_id} of the beat {alert.step.beat}."
    footer = f"{source} Message key {key}: the same key is the same message."
    return Message(headline, _text(headline, lines, footer), _html(headline, lines, footer))


def _headline(found: Confirmation, beat: Beat) -> str:
    verb = "acknowledges implicitly" if found.grade == "implicit" else "confirms for the first time"
    turn = f" (reversal: {BEFORE[found.prior_status]})" if found.reversal and found.prior_status in BEFORE else ""
    return isolated(f"{_party(found.party, beat)} {verb}: {_title(found.claim, beat)}{turn}")


def _implied(implied: Sequence[Alert], beat: Beat) -> list[_Line]:
    def told(found: Confirmation) -> str:
        turn = f" ({BEFORE[found.prior_status]})" if found.reversal else ""
        return f"{_title(found.claim, beat)}{turn}"

    return [("Also confirms", ("; ".join(told(alert.step) for alert in implied),))] if implied else []


def _lines(found: Confirmation, beat: Beat) -> list[_Line]:
    printed = f"{_day(found.printed_at.date())}, {found.printed_at:%H:%M} UTC"
    publishers = f"{found.publishers} independent publisher{'s' if found.publishers != 1 else ''}"
    statements = f"{len(found.evidence)} statement{'s' if len(found.evidence) != 1 else ''}"
    return [
        ("Who", (*_speaker(found, beat), f" for {_party(found.party, beat)}")),
        ("Words", ("“", _Foreign(found.quote, found.language), "”")),
        ("Said", (_day(found.since),)),
        ("Printed", (_Foreign(found.outlet), f", {printed}: ", _Foreign(found.title, found.language))),
        ("Source", _chain(found, beat)),
        ("Before", (BEFORE.get(found.prior_status, found.prior_status),)),
        ("How sure", (GRADES[found.grade],)),
        ("Evidence", (f"{statements}, {publishers}",)),
        ("Link", (cleaned(found.url or "none: the feed gave no address"),)),
    ]


def _speaker(found: Confirmation, beat: Beat) -> tuple[str | _Foreign, ...]:
    """The speaker as printed, after the registry's name where that differs."""
    name = _name(found.speaker_id or found.speaker, beat)
    return (_Foreign(name),) if name == found.speaker else (_Foreign(name), " (", _Foreign(found.speaker), ")")


def _chain(found: Confirmation, beat: Beat) -> tuple[str | _Foreign, ...]:
    """From the outlet to the speaker, each step once."""
    steps = [found.outlet, *(_name(step, beat) for step in found.via), _name(found.speaker_id or found.speaker, beat)]
    arrows = [part for step in dict.fromkeys(steps) for part in (" → ", _Foreign(step))]
    return tuple(arrows[1:])


def _text(headline: str, lines: Sequence[_Line], footer: str) -> str:
    width = max(len(label) for label, _ in lines)
    rows = [f"{label:<{width}}  {''.join(map(_plain, parts))}" for label, parts in lines]
    return "\n".join([headline, "", *rows, "", footer, ""])


def _html(headline: str, lines: Sequence[_Line], footer: str) -> str:
    cell = 'style="padding:2px 12px 2px 0;vertical-align:top;text-align:left"'
    rows = "".join(
        f"<tr><th {cell}>{label}</th><td {cell}>{''.join(map(_marked, parts))}</td></tr>" for label, parts in lines
    )
    return (
        f'<div dir="ltr" lang="en"><h2>{escape(headline)}</h2>'
        f"<table>{rows}</table><p><small>{escape(footer)}</small></p></div>"
    )


def _plain(part: str | _Foreign) -> str:
    return part if isinstance(part, str) else isolated(part.words)


def _marked(part: str | _Foreign) -> str:
    if isinstance(part, _Foreign):
        return isolated_html(part.words, part.language)
    if part.startswith(("https://", "http://")):
        return f'<a href="{escape(part)}">{escape(part)}</a>'
    return escape(part)


def _title(claim: str, beat: Beat) -> str:
    return beat.claims[claim].title if claim in beat.claims else claim


def _name(step: str, beat: Beat) -> str:
    return beat.entities[step].name if step in beat.entities else step


def _party(party: str, beat: Beat) -> str:
    countries = (e.name for e in beat.entities.values() if e.kind == "country" and e.party == party)
    return next(countries, party)


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
