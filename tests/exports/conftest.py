"""Confirmations as they come: with hostile words, withdrawn, judged wrong, and hardly anything known."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from media_monitor.beat import Beat
from media_monitor.exports import fields
from media_monitor.exports.fields import Row
from media_monitor.exports.identity import Source
from media_monitor.model import Alert, Confirmation

RAISED = datetime(2025, 4, 28, 7, 0, 0, 250_000, tzinfo=UTC)
HOSTILE = Confirmation(
    beat="dprk_russia", claim="troops_in_combat", party="KP", grade="primary", reversal=True, implied_by=None,
    prior_status="declined", since=date(2025, 4, 27), first_statement="s1", evidence=("s1", "s2"), publishers=2,
    speaker="@official", speaker_id="kcna", quote='شاركت <b>وحدات</b>, "quoted"\r\nsecond & ]]> line\x1b[31m\x00\ud800',
    via=("The <b>Courier</b>", "afp", "kcna"), outlet="The <b>Courier</b>",
    url='https://courier.example/?a=1&b=" onload', title="=HYPERLINK(1)<script>alert(1)</script>", language="ar",
    printed_at=datetime(2025, 4, 28, 6, 10, tzinfo=UTC),
)  # fmt: skip
PLAIN = replace(
    HOSTILE, party="RU", claim="treaty", grade="corroborated", reversal=False, since=date(2024, 10, 24),
    speaker="an official", speaker_id=None, quote="조약이 비준되였다", language="ko", outlet="모란통보", title="조약",
    url="javascript:alert(1)",
    prior_status="silent", evidence=("s3",), first_statement="s3", via=(), implied_by="visit",
)  # fmt: skip


def raised(step: Confirmation, hours: int = 0) -> Alert:
    at = RAISED + timedelta(hours=hours)
    summary = f"{step.party} confirms for the first time: {step.claim}"
    return Alert(step.alert_id, at, "first_confirmation", "first_confirmation", step.claim, summary, step)


@pytest.fixture
def alerts() -> list[Alert]:
    """Raised: one that stands, one graded anew, one withdrawn, one judged wrong, an implicit one."""
    later = RAISED + timedelta(days=2)
    return [
        raised(HOSTILE),
        replace(raised(PLAIN, 1), changed_at=later),
        replace(raised(replace(PLAIN, claim="visit", first_statement="s4"), 2), withdrawn_at=later),
        replace(raised(replace(HOSTILE, claim="memorial", first_statement="s5"), 3), wrong_at=later),
        replace(raised(replace(PLAIN, claim="economic_aid", grade="implicit"), 4), kind="implicit"),
    ]


@pytest.fixture
def rows(alerts: list[Alert]) -> list[Row]:
    return [fields.of_alert(alert) for alert in alerts]


@pytest.fixture
def bare() -> Row:
    """What the record of the beat alone tells: nobody was alerted, and no article is stored."""
    known = {"beat": "dprk_russia", "claim": "treaty", "party": "KP", "state": "confirmed", "grade": "on record"}
    more = {"reversal": False, "prior_status": "silent", "since": date(2024, 6, 19), "evidence": [], "publishers": 0}
    return fields.row({**known, **more, "via": []})


@pytest.fixture(scope="session")
def beat() -> Beat:
    return Beat.load("dprk_russia")


@pytest.fixture
def source() -> Source:
    return Source("dprk_russia", "North Korea–Russia partnership: confirmations", "https://desk.example/out/")
