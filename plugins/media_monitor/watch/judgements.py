"""What people make of alerts: seen, wrong, or right after all. Pure; `media_monitor.judging` stores it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from media_monitor.model import Alert, stable_id

# The statements that an alert rests on: its first, and those of the same party, claim and state that were said on the
# same day; what was said on another day is another happening, and stands.
EVIDENCE = """
    WITH
        first AS (
            SELECT claim, party, said_on, state FROM ledger_statements WHERE statement_id = $first AND claim = $claim
        ),
        same AS (SELECT l.statement_id FROM ledger_statements AS l JOIN first USING (claim, party, said_on, state))
    SELECT statement_id, article_id, claim, party, stance, surface
    FROM statements
    WHERE statement_id = $first OR statement_id IN (FROM same)
    ORDER BY statement_id
"""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A row of the table `judgements`."""

    judgement_id: str
    day: date
    alert_id: str
    statement_id: str
    article_id: str
    claim: str
    party: str
    stance: str
    surface: str
    verdict: Literal["wrong", "reopened"]
    reason: str | None
    by: str | None
    at: datetime


def acknowledged(alert: Alert, by: str | None, now: datetime) -> Alert:
    """The alert as seen by somebody; the first time stays."""
    return alert if alert.acknowledged_at else replace(alert, acknowledged_at=now, acknowledged_by=by)


def wrong(
    alert: Alert, evidence: Iterable[Mapping[str, Any]], reason: str, by: str | None, now: datetime
) -> list[Judgement]:
    """A verdict on each statement that the alert rests on; `evidence` as `EVIDENCE` finds it."""
    day = alert.raised_at.date()
    return [
        Judgement(
            stable_id(alert.alert_id, row["statement_id"]), day, alert.alert_id, **row, verdict="wrong", reason=reason,
            by=by, at=now,
        )
        for row in evidence
    ]  # fmt: skip


def marked(
    alerts: Sequence[Alert], alert: Alert, statements: Collection[str], reason: str, now: datetime
) -> list[Alert]:
    """The alert, and every other that tells of the same words, as judged wrong."""
    return [
        replace(one, wrong_at=now, wrong_reason=reason)
        for one in alerts
        if one.wrong_at is None and (one.alert_id == alert.alert_id or _tells(one, statements))
    ]


def undone(
    alerts: Sequence[Alert], alert: Alert, judgements: Sequence[Judgement], by: str | None, now: datetime
) -> tuple[list[Alert], list[Judgement]]:
    """(alerts, judgements) without the verdicts that the alert was judged wrong by."""
    first = alert.confirmation.first_statement if alert.confirmation else ""
    cases = {j.alert_id for j in judgements if j.verdict == "wrong" and j.statement_id == first} | {alert.alert_id}
    lifted = [replace(j, verdict="reopened", by=by, at=now) for j in judgements if _stands(j, cases)]
    again = {judgement.statement_id for judgement in lifted}
    open_alerts = [
        replace(one, wrong_at=None, wrong_reason=None, changed_at=now)
        for one in alerts
        if one.wrong_at is not None and (one.alert_id in cases or _tells(one, again))
    ]
    return open_alerts, lifted


def unseen(alerts: Sequence[Alert], alert: Alert) -> list[Alert]:
    """The alerts, and this one among them, not acknowledged."""
    among = {one.alert_id: one for one in (alert, *alerts)}
    mine = replace(among[alert.alert_id], acknowledged_at=None, acknowledged_by=None)
    return list((among | {alert.alert_id: mine}).values())


def _stands(judgement: Judgement, cases: Collection[str]) -> bool:
    return judgement.verdict == "wrong" and judgement.alert_id in cases


def _tells(alert: Alert, statements: Collection[str]) -> bool:
    return alert.confirmation is not None and alert.confirmation.first_statement in statements
