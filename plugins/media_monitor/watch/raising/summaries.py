"""What is new, in one plain line: for lists, asset events and messages."""

from datetime import date, datetime

from media_monitor.beat import Beat
from media_monitor.model import AlertKind, Confirmation
from media_monitor.watch.message.account import party, title
from media_monitor.watch.message.words import HEADLINES, RETURN


def words(kind: AlertKind, step: Confirmation, beat: Beat) -> str:
    """What somebody said: "Russia confirms for the first time: North Korean troops …"."""
    form = RETURN if kind == "reversal" and step.prior_status == "denied" else HEADLINES[kind]
    return form.format(party=party(step.party, beat), claim=title(step.claim, beat), grade=step.grade)


def burst(subject_kind: str, subject: str, articles: int, expected: float | None, day: date, beat: Beat) -> str:
    """Far more news than usual."""
    names = {"claim": title(subject, beat), "party": f"words of {party(subject, beat)}"}
    usual = "" if expected is None else f", {expected:.0f} expected"
    return f"Burst of news on {names.get(subject_kind, 'the whole beat')}: {articles} articles a day{usual}, {day}"


def silence(subject_kind: str, subject: str, last: datetime, silent: float, usual: float | None) -> str:
    """Nothing from a feed, or in a language, for far longer than usual."""
    name = f"The feed {subject}" if subject_kind == "feed" else f"News in the language {subject}"
    most = "" if usual is None else f", seldom more than {usual:.0f}"
    return f"{name} has been silent for {silent:.0f} hours{most}; the last was of {last:%Y-%m-%d %H:%M} UTC"


def spike(table: str, rows: int, share: float, usual: float | None, day: date) -> str:
    """Far more rows in quarantine than usual."""
    before = "" if usual is None else f", usually {usual:.1%}"
    return f"{rows} rows of {table} failed their expectations on {day}: {share:.1%}{before}"
