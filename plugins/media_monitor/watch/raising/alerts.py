"""Alerts that what happened raises: one each, ever. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from media_monitor.beat import Beat
from media_monitor.model import Alert, AlertKind, Confirmation, stable_id
from media_monitor.watch import alert_rows
from media_monitor.watch.raising import occurrences, summaries
from media_monitor.watch.raising.findings import Finding, Findings, key
from media_monitor.watch.rules.rulebook import Rule, Rulebook
from media_monitor.watch.rules.timing import due_at

GRADED = ("grade", "since", "prior_status", "reversal", "first_statement")
RANKS = {"single source": 1, "corroborated": 2, "primary": 3}  # grades that are better or worse than each other
CONFIRMING: tuple[AlertKind, ...] = ("first_confirmation", "implicit")

table = alert_rows.to_table
stored = alert_rows.from_table


def raise_new(
    found: Findings, stored: Sequence[Alert], beat: Beat, book: Rulebook, now: datetime
) -> tuple[list[Alert], list[Alert]]:
    """(new, changed): alerts for what has none yet and a rule is on, and stored ones that are graded or dated anew.

    Neither a later date, nor a better grade, nor direct words after implied ones make a second alert of the kind.
    `stored` is everything in the table `alerts`; `now` is aware.
    """
    known = {alert.alert_id for alert in stored}
    new: list[Alert] = []
    changed: list[Alert] = []
    explicit = {_side(a) for a in stored if a.kind == "first_confirmation"}
    for finding, alert in occurrences.paired(found.happenings, stored):
        if alert is not None:
            after = _up_to_date(alert, finding, now)
            changed += [after] if after != alert else []
            raised = _risen(alert, after, finding, beat, book, now, known)
        elif finding.kind == "implicit" and finding.key[1:] in explicit:
            raised = None  # what is left after an explicit confirmation was withdrawn
        else:
            raised = _raised(finding, book, now, known)
        if raised is not None:
            known.add(raised.alert_id)
            new.append(raised)
    gone, told = _withdrawn(found, stored, beat, book, now, known)
    return _told_together([*new, *told], stored), [*changed, *gone]


def _side(alert: Alert) -> tuple[str, str, str]:
    return key(alert)[1:]


def _raised(finding: Finding, book: Rulebook, now: datetime, known: set[str]) -> Alert | None:
    rule = book.first(finding.kind, finding.subject, finding.step) if finding.news else None
    if rule is None or not rule.is_fresh(finding.at, now):
        return None
    alert_id = occurrences.new_id(finding, known)
    return None if alert_id in known else _alert(alert_id, finding, rule, now)


def _alert(alert_id: str, finding: Finding, rule: Rule, now: datetime) -> Alert:
    own: dict[str, Any] = {} if finding.step else {"beat": finding.beat, "since": finding.since}
    return Alert(
        alert_id, now, finding.kind, rule.rule_id, finding.subject, finding.summary, finding.step,
        due_at=due_at(now, rule.times), **own,
    )  # fmt: skip


def _up_to_date(alert: Alert, finding: Finding, now: datetime) -> Alert:
    """The alert with what is known now; one whose evidence came back is not withdrawn any more."""
    before, found = alert.confirmation, finding.step
    if before is None or found is None:
        return alert
    if alert.withdrawn_at is not None:
        alert = replace(alert, withdrawn_at=None, changed_at=now)
    if all(getattr(before, name) == getattr(found, name) for name in GRADED):
        return alert
    # What was raised as implied stays so: it was told of with the specific claim and is no news of its own.
    return replace(alert, changed_at=now, confirmation=replace(found, implied_by=before.implied_by))


def _risen(
    before: Alert, after: Alert, finding: Finding, beat: Beat, book: Rulebook, now: datetime, known: set[str]
) -> Alert | None:
    """The alert that a confirmation told of has better grounds now."""
    if before.kind != "first_confirmation" or _rank(after.step) <= _rank(before.step) or not _rank(before.step):
        return None
    told = summaries.words("grade_raised", after.step, beat)
    risen = replace(finding, kind="grade_raised", summary=told, step=after.step, news=True)
    rule = book.first(risen.kind, risen.subject, risen.step)
    alert_id = stable_id(after.alert_id, risen.kind, after.step.grade)
    return None if rule is None or alert_id in known else _alert(alert_id, risen, rule, now)


def _rank(step: Confirmation) -> int:
    return RANKS.get(step.grade, 0)


def _withdrawn(
    found: Findings, stored: Iterable[Alert], beat: Beat, book: Rulebook, now: datetime, known: set[str]
) -> tuple[list[Alert], list[Alert]]:
    """Alerts whose last evidence was withdrawn, marked so, and the alerts that tell it."""
    standing = {finding.key for finding in found.happenings}
    gone, told = [], []
    for alert in stored:
        if not _lost_all(alert, standing, found.withdrawn):
            continue
        gone.append(replace(alert, withdrawn_at=now))
        rule = book.first("withdrawn", alert.subject, alert.step)
        alert_id = stable_id(alert.alert_id, "withdrawn")
        if rule is not None and alert_id not in known:
            summary = summaries.words("withdrawn", alert.step, beat)
            happened = Finding("withdrawn", alert.step.beat, alert.subject, summary, now, step=alert.step)
            told.append(_alert(alert_id, happened, rule, now))
    return gone, told


def _lost_all(alert: Alert, standing: set[tuple[str, str, str, str]], withdrawn: frozenset[str]) -> bool:
    if alert.kind not in CONFIRMING or alert.wrong_at is not None or alert.withdrawn_at is not None:
        return False
    # An implicit acknowledgement that became explicit words is not withdrawn.
    kinds = CONFIRMING if alert.kind == "implicit" else (alert.kind,)
    still = any((kind, *_side(alert)) in standing for kind in kinds)
    return not still and not withdrawn.isdisjoint({alert.step.first_statement, *alert.step.evidence})


def _told_together(new: Sequence[Alert], stored: Sequence[Alert]) -> list[Alert]:
    """The new alerts; one implied by another goes out on its own where that other is under no rule or another one."""
    specific = {(a.kind, a.rule, _side(a)) for a in (*stored, *new) if a.wrong_at is None}

    def settled(alert: Alert) -> Alert:
        if alert.implied_by is None:
            return alert
        beat, _, party = _side(alert)
        if (alert.kind, alert.rule, (beat, alert.implied_by, party)) in specific:
            return alert
        return replace(alert, confirmation=replace(alert.step, implied_by=None))

    return [settled(alert) for alert in new]
