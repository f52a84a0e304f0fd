"""Alerts expected and raised, side by side."""

from datetime import UTC, date, datetime, timedelta

import pytest

from media_monitor.beat import Beat
from media_monitor.errors import BeatError
from media_monitor.evaluate.alerts import FIRST, Expected, Raised, compare, read_expected

PRINTED = datetime(2025, 4, 26, 10, tzinfo=UTC)
FIGHT = Expected(FIRST, "troops_in_combat", "RU", date(2025, 4, 26), PRINTED, reversal=True)


def raised(hours: float, claim: str = "troops_in_combat", **other: object) -> Raised:
    values = {"kind": FIRST, "party": "RU", "since": date(2025, 4, 26), "reversal": True} | other
    return Raised(claim=claim, raised_at=PRINTED + timedelta(hours=hours), **values)


def test_the_alert_called_for_is_found_with_the_hours_it_took():
    proof = compare([FIGHT], [raised(1.5)])
    assert proof.holds
    assert [(one.hours, one.faults) for one in proof.found] == [(1.5, ())]


def test_a_second_alert_of_the_same_is_one_too_many():
    proof = compare([FIGHT], [raised(30), raised(1)])
    assert not proof.holds
    assert [one.hours for one in proof.found] == [1]
    assert proof.twice == (raised(30),)


def test_an_alert_before_its_article_is_false_and_the_true_one_missed():
    proof = compare([FIGHT], [raised(-24)])
    assert not proof.holds
    assert (proof.missed, proof.false) == ((FIGHT,), (raised(-24),))


def test_an_alert_that_nothing_calls_for_is_false():
    proof = compare([FIGHT], [raised(1), raised(2, "memorial"), raised(2, kind="implicit")])
    assert [(alert.claim, alert.kind) for alert in proof.false] == [
        ("memorial", FIRST),
        ("troops_in_combat", "implicit"),
    ]
    assert not proof.missed


def test_a_wrong_day_and_an_unseen_reversal_are_told():
    (one,) = compare([FIGHT], [raised(1, since=date(2025, 4, 25), reversal=False)]).found
    assert one.faults == ("said 2025-04-25, not 2025-04-26", "reversal not seen")


ROW = "[[alert]]\nclaim='{}'\nparty='RU'\nsaid_on=2025-01-01\nprinted_at=2025-01-01T00:00:00Z\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[alert]]\nclaim = 'visit'", "alert 1: party must be a str"),
        (ROW.format("visits"), "no claim 'visits'"),
        ("[[alert]]\nclaims = 'visit'", "unknown key 'claims'"),
        (2 * ROW.format("visit"), "expected 2 times"),
    ],
)
def test_a_faulty_file_of_expectations_is_named(tmp_path, text, fault):
    path = tmp_path / "expected.toml"
    path.write_text(text)
    with pytest.raises(BeatError, match=fault) as told:
        read_expected(path, Beat.load("dprk_russia"))
    assert "expected.toml" in str(told.value)
