"""The content of an alert: every value of it in the words that a message gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from media_monitor.beat import Beat
from media_monitor.model import Alert, Confirmation
from media_monitor.watch.message import links, words
from media_monitor.watch.message.bidi import cleaned, cut, isolated
from media_monitor.watch.message.content import Content, Fact, Foreign, Link, Part, Quote, Translation
from media_monitor.watch.message.tree import Printed, branches, moment

LONGEST_HEADLINE, LONGEST_QUOTE, LONGEST_TITLE, LONGEST_NAME = 300, 700, 200, 120


@dataclass(frozen=True, slots=True)
class Beside:
    """What a message tells besides the alert: who printed the words, the words translated, where the page is."""

    printed: tuple[Printed, ...] = ()
    translation: Translation | None = None
    page_url: str = ""


def account(alert: Alert, implied: Sequence[Alert], beat: Beat, key: str, beside: Beside) -> Content:
    """The content of the message of an alert. `implied` are the alerts that its claim implies."""
    if alert.confirmation is None:
        return _measured(alert, beat, key)
    found = alert.confirmation
    page = links.evidence_link(beside.page_url, found)
    return Content(
        headline=headline(alert, beat),
        quote=_quote(found, beside.translation, page),
        facts=tuple(_facts(alert, found, implied, beat)),
        tree=branches(beside.printed or (_alone(found),), beat),
        links=tuple(link for link in (page, links.web_link(found.url, "Article")) if link),
        footer=_footer(alert, found.beat, key),
        command=None if page else links.evidence_command(found),
    )


def headline(alert: Alert, beat: Beat) -> str:
    """What is new, in one line."""
    found = alert.confirmation
    if found is None:
        return isolated(cut(cleaned(alert.summary) or f"{alert.kind}: {alert.subject}", LONGEST_HEADLINE))
    before = words.BEFORE.get(found.prior_status)
    turn = f" (reversal: {before})" if found.reversal and before and alert.kind == "first_confirmation" else ""
    form = words.RETURN if alert.kind == "reversal" and found.prior_status == "denied" else words.HEADLINES[alert.kind]
    told = form.format(party=party(found.party, beat), claim=title(found.claim, beat), grade=found.grade)
    return isolated(cut(f"{told}{turn}", LONGEST_HEADLINE))


def title(claim: str, beat: Beat) -> str:
    """The title of the claim in the registry, else its id."""
    return beat.claims[claim].title if claim in beat.claims else cut(claim, LONGEST_NAME)


def party(code: str, beat: Beat) -> str:
    """The country that the party is, else its code."""
    countries = (e.name for e in beat.entities.values() if e.kind == "country" and e.party == code)
    return next(countries, cut(code, LONGEST_NAME))


def _measured(alert: Alert, beat: Beat, key: str) -> Content:
    """The content of an alert that tells of no words: a burst, a silence, a quarantine."""
    facts = [Fact("About", (Foreign(title(alert.subject, beat)),))] if alert.subject else []
    facts += [Fact("Since", (_day(alert.since),))] if alert.since else []
    facts += [Fact("Note", (words.NOTES[alert.kind],))] if alert.kind in words.NOTES else []
    return Content(headline(alert, beat), None, tuple(facts), (), (), _footer(alert, alert.beat or beat.name, key))


def _footer(alert: Alert, beat: str, key: str) -> str:
    what = f"Alert {alert.alert_id} of the beat {cut(beat, LONGEST_NAME)}."
    return f"{what} Message key {key}: the same key is the same message."


def _facts(alert: Alert, found: Confirmation, implied: Sequence[Alert], beat: Beat) -> list[Fact]:
    note = words.NOTES.get(alert.kind)
    also = [Fact("Also confirms", ("; ".join(_told(a, beat) for a in implied),))] if implied else []
    return [
        *also,
        Fact("Who", (*_speaker(found, beat), f" for {party(found.party, beat)}")),
        Fact("Said", (_day(found.since),)),
        Fact("Printed", _printed(found)),
        Fact("Before", (_before(found),)),
        Fact("How sure", (words.GRADES.get(found.grade, cut(found.grade, LONGEST_NAME)),)),
        *([Fact("Note", (note,))] if note else []),
        Fact("Evidence", (f"{_count(len(found.evidence), 'statement')}, {_publishers(found.publishers)}",)),
        *([] if links.web_link(found.url, "Article") else [Fact("Article", (_unlinked(found),))]),
    ]


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"


def _publishers(number: int) -> str:
    return _count(number, "independent publisher")


def _told(alert: Alert, beat: Beat) -> str:
    found = alert.step
    turn = f" ({_before(found)})" if found.reversal else ""
    return f"{title(found.claim, beat)}{turn}"


def _before(found: Confirmation) -> str:
    return words.BEFORE.get(found.prior_status, cut(found.prior_status, LONGEST_NAME))


def _speaker(found: Confirmation, beat: Beat) -> tuple[Part, ...]:
    """The speaker as printed, after the registry's name where that differs."""
    name, printed = _name(found.speaker_id or found.speaker, beat), cut(found.speaker, LONGEST_NAME)
    return (Foreign(name),) if name == printed else (Foreign(name), " (", Foreign(printed), ")")


def _printed(found: Confirmation) -> tuple[Part, ...]:
    outlet = Foreign(cut(found.outlet, LONGEST_NAME))
    return (outlet, f", {moment(found.printed_at)}: ", Foreign(cut(found.title, LONGEST_TITLE), found.language))


def _unlinked(found: Confirmation) -> Part:
    return Foreign(cut(found.url, links.LONGEST_URL)) if found.url else "no address: the feed gave none"


def _quote(found: Confirmation, translation: Translation | None, page: Link | None) -> Quote:
    whole = cleaned(found.quote)
    rest = None
    if len(whole) > LONGEST_QUOTE:
        rest = f"The words are cut here; all of them stand {'on the evidence page' if page else 'in the article'}."
    return Quote(Foreign(cut(whole, LONGEST_QUOTE), found.language), translation, rest)


def _alone(found: Confirmation) -> Printed:
    """The article that raised the alert, where nothing else is known of who printed it."""
    *carriers, primary = found.via or (found.outlet,)
    return Printed("", primary, tuple(reversed(carriers)), found.outlet, found.printed_at)


def _name(step: str, beat: Beat) -> str:
    return cut(beat.entities[step].name if step in beat.entities else step, LONGEST_NAME)


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
