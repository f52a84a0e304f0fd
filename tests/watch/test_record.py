"""What stands on record before the ledger begins: it joins the history, and old confirmations are no news."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from tests.beats.test_samples import EXPECTED

from media_monitor.beat import Beat
from media_monitor.errors import BeatError
from media_monitor.warehouse import record

BEAT = Beat.load("dprk_russia")


def steps(desk, claim="in_combat"):
    return desk.ask(f"FROM ledger_steps WHERE claim = '{claim}' AND party = 'RU' ORDER BY step")


def test_a_confirmation_on_record_is_a_step_with_its_source_and_no_evidence(desk):
    desk.known("in_combat", "RU", "confirmed", "2025-04-26")
    desk.article("2026-01-10")
    (step,) = steps(desk)
    assert (step["state"], str(step["said_on"]), step["grade"], step["news"]) == (
        "confirmed", "2025-04-26", "on record", False,
    )  # fmt: skip
    assert (step["evidence"], step["first_statement"], step["on_record"]) == ([], None, True)
    assert (step["url"], step["title"]) == ("https://archive.example/in_combat", "RU on in_combat, 2025-04-26")
    status = desk.status("in_combat", "RU")
    assert (status["state"], str(status["since"]), status["on_record"]) == ("confirmed", "2025-04-26", True)


def test_what_is_confirmed_again_long_after_is_no_first_confirmation(desk):
    desk.known("in_combat", "RU", "confirmed", "2025-04-26")
    again = desk.says(desk.article("2026-01-10"), "RU", "confirm", "in_combat", quote="as is well known")
    found = desk.confirmation("in_combat", "RU")
    assert (str(found["since"]), found["news"], found["on_record"]) == ("2025-04-26", False, True)
    assert (found["evidence"], found["quote"], found["grade"]) == ([again], "as is well known", "single source")
    assert (found["record_url"], found["record_title"]) == (
        "https://archive.example/in_combat", "RU on in_combat, 2025-04-26",
    )  # fmt: skip
    (step,) = steps(desk)
    assert (step["evidence"], step["news"]) == ([again], False)


@pytest.mark.parametrize(("printed", "own"), [("2025-04-26", True), ("2025-04-29", True), ("2025-04-30", False)])
def test_evidence_of_its_own_from_those_days_is_the_ledgers_own_news(desk, printed, own):
    desk.known("in_combat", "RU", "confirmed", "2025-04-26")
    desk.says(desk.article(printed), "RU", "confirm", "in_combat", said_on=desk.day("2025-04-26"))
    found = desk.confirmation("in_combat", "RU")
    assert (found["news"], found["on_record"]) == (own, not own)


def test_what_will_be_said_is_not_on_record_yet(desk):
    desk.known("in_combat", "RU", "confirmed", "2025-04-26")
    desk.says(desk.article("2025-04-10"), "RU", "deny", "in_combat")
    assert desk.status("in_combat", "RU")["state"] == "denied"
    desk.article("2025-04-26", relevant=False)
    assert desk.status("in_combat", "RU")["state"] == "confirmed"


def test_what_is_on_record_reaches_the_claims_that_it_implies(desk):
    desk.known("in_combat", "RU", "confirmed", "2025-04-26")
    desk.says(desk.article("2026-01-10"), "RU", "confirm", "deployed")
    (step,) = steps(desk, "deployed")
    assert (str(step["said_on"]), step["on_record"], step["news"]) == ("2025-04-26", True, False)
    assert desk.confirmation("deployed", "RU")["record_title"] == "RU on in_combat, 2025-04-26"


def test_a_denial_on_record_is_what_a_confirmation_reverses(desk):
    desk.known("in_combat", "RU", "denied", "2024-10-10")
    desk.says(desk.article("2025-04-26"), "RU", "confirm", "in_combat")
    found = desk.confirmation("in_combat", "RU")
    assert (found["prior_status"], found["reversal"], found["news"]) == ("denied", True, True)


def test_praise_on_record_is_an_implicit_acknowledgement(desk):
    desk.known("in_combat", "RU", "implicit", "2025-03-21")
    desk.article("2026-01-10")
    assert [s["state"] for s in steps(desk)] == ["implicit"]


def test_every_entry_of_the_beat_names_a_claim_a_party_a_state_a_day_and_a_source():
    rows = record.entries(BEAT)
    assert len(rows) >= 20
    for row in rows:
        assert row["party"] in BEAT.claims[row["claim"]].parties, row
        assert row["state"] in record.STATES, row
        assert row["since"].year in range(2022, 2027), row
        assert str(row["since"].year) in row["source_title"], row
        assert row["source_url"] is None or urlsplit(row["source_url"]).hostname, row
    keys = [(row["claim"], row["party"], row["state"]) for row in rows]
    assert len(set(keys)) == len(keys)


def test_what_the_samples_confirm_again_is_marked_so_and_nothing_else_is():
    old = {(r["claim"], r["party"]): r["since"] for r in record.entries(BEAT) if r["state"] == "confirmed"}
    for row in EXPECTED["confirmation"]:
        known = old.get((row["claim"], row["party"]))
        before = known is not None and known + timedelta(days=3) < row.get("said", row["since"])
        assert row.get("on_record", False) is before, row


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('claim = "nothing"\nparty = "RU"\nstate = "denied"\nsince = 2024-01-01\nsource_title = "A"', "no such claim"),
        ('claim = "treaty"\nparty = "US"\nstate = "denied"\nsince = 2024-01-01\nsource_title = "A"', "no party to"),
        ('claim = "treaty"\nparty = "RU"\nstate = "hoped"\nsince = 2024-01-01\nsource_title = "A"', "state 'hoped'"),
        (
            'claim = "treaty"\nparty = "RU"\nstate = "denied"\nsince = "May"\nsource_title = "A"',
            "be a day such as",
        ),
        ('claim = "treaty"\nparty = "RU"\nstate = "denied"\nsince = 2024-01-01', "missing or unknown: source_title"),
        ('claim = "treaty"\nparty = "RU"\nstate = "denied"\nsince = 2024-01-01\nsource_title = "A"\nby = 1', "by"),
    ],
)
def test_a_faulty_entry_is_named(tmp_path, entry, fault):
    (tmp_path / "record.toml").write_text(f"[[known]]\n{entry}\n")
    for name in ("claims.toml", "beat.toml"):
        (tmp_path / name).write_text((BEAT.folder / name).read_text())
    with pytest.raises(BeatError, match=rf"record\.toml: (entry|known) 1\b.*{fault}"):
        record.entries(Beat.load(str(tmp_path)))


def test_a_beat_without_a_record_has_none(tmp_path):
    (tmp_path / "beat.toml").write_text((BEAT.folder / "beat.toml").read_text())
    assert record.entries(Beat.load(str(tmp_path))) == []
