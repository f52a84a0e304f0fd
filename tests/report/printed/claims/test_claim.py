"""`media-monitor claims CLAIM` as a person reads it: history, sources, opponents, withdrawals, the record."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from tests.watch.conftest import Desk

from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.report.asked.claims import history, ledger
from media_monitor.report.printed.claims import claim as claim_report
from media_monitor.report.printed.claims.ledger import print_matrix
from media_monitor.report.printed.terminal import Terminal

KCNA = {"via": ("The Echo", "afp", "kcna")}


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Settings:
    """A ledger with a denial, a confirmation that it reverses, an opponent, a withdrawal, a copy and a record."""
    desk = Desk(tmp_path_factory.mktemp("claim"))
    desk.medium("kcna", "dprk_media", "KP", "state")
    desk.medium("afp", "afp", "FR", "wire")
    desk.known("in_combat", "RU", "denied", "2024-10-10")
    desk.says(desk.article("2024-10-24"), "KP", "deny", "in_combat", background=True)
    first = desk.article("2025-04-28", "The Echo")
    desk.says(first, "KP", "confirm", "in_combat", quote="\x1b[31mthey \u202efought", speaker="Kim", **KCNA)
    mirror = desk.article("2025-04-28", "The Mirror", hour=15, copy_of=first.article_id)
    desk.says(mirror, "KP", "confirm", "in_combat", **KCNA)
    desk.says(desk.article("2025-04-29"), "UA", "deny", "in_combat", speaker="Kyiv", quote="it is not so")
    wrong = desk.article("2025-04-29", "The Lark")
    desk.says(wrong, "RU", "confirm", "in_combat", quote="yes indeed", speaker="a clerk")
    moment = datetime(2025, 4, 30, 8, tzinfo=UTC)
    desk.articles.append(replace(wrong, revision=2, content_sha256="2" * 64, fetched_at=moment))
    desk.publish()
    return Settings(home=desk.home)


def printed(settings, *arguments):
    out = Terminal(file=StringIO(), width=120, force_terminal=True, color_system=None)
    claim_report.print_claim(out, history.dossier(settings, *arguments), {"dprk_media": "State media"})
    return out.file.getvalue()


def test_the_page_of_a_claim(settings):
    text = printed(settings, "in_combat")
    lines = [line[2:].rstrip("│ ") for line in text.splitlines()]
    assert "KP  ✔ confirmed since 2025-04-28" in text
    assert "⟲ reversal of denied" in text
    assert "only recalled" in text  # the denial
    assert "≤ 2024-10-24" in text
    assert "Kim, in The Echo, printed 2025-04-28 12:00" in text
    assert "https://courier.example/1" in text
    tree = lines[lines.index("Who has it from whom: confirmed") + 1 :][:4]
    assert tree == [
        "└── State media",
        "    └── afp",
        "        └── The Echo  2025-04-28 12:00",
        "            └── The Mirror  2025-04-28 15:00  copy",
    ]
    assert "⚔ Says the opposite: UA ✘ denied since 2025-04-29" in text
    assert "“it is not so”" in text
    assert "✂ Withdrawn by a correction (The Lark, revision 2, 2025-04-30 08:00): confirmed" in text
    assert "“yes indeed”" in text
    assert "On record" in text
    assert "https://archive.example/in_combat" in text


def test_words_of_strangers_give_the_terminal_no_orders(settings):
    text = printed(settings, "in_combat", "KP")
    assert "they fought" in text
    assert not {"\x1b", "\u202e"} & set(text)


def test_one_party_alone(settings):
    text = printed(settings, "in_combat", "ua")
    assert "UA  ✘ denied since 2025-04-29" in text
    assert "⚔ Says the opposite: KP ✔ confirmed since 2025-04-28" in text
    assert "The Mirror" not in text


def test_a_party_that_has_said_nothing(settings):
    assert "Nothing said yet." in printed(settings, "recaptured", "RU")


def test_the_same_as_json(settings):
    (party,) = history.dossier(settings, "in_combat", "RU")["standing"]
    assert (party["state"], party["on_record"], party["history"][0]["grade"]) == ("denied", True, "on record")
    assert [row["state"] for row in party["withdrawn"]] == ["confirmed"]
    assert [(row["opponent"], row["opponent_state"]) for row in party["opposite"]] == [("KP", "confirmed")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("in_combatt",), r"claim 'in_combatt': there is none of that id; do you mean in_combat\?"),
        (("zzz",), "there are casualties, deployed, in_combat"),
        (("in_combat", "US"), "party 'US': has said nothing on in_combat; there are KP, RU, UA"),
    ],
)
def test_an_unknown_claim_or_party_is_answered_with_what_there_is(settings, arguments, message):
    with pytest.raises(QueryError, match=message):
        history.dossier(settings, *arguments)


def test_the_matrix_marks_reversals_disputes_and_what_is_on_record(settings):
    out = Terminal(file=StringIO(), width=120, color_system=None)
    print_matrix(out, settings)
    row = next(line for line in out.file.getvalue().splitlines() if "in_combat" in line)
    assert "✔ 25-04-28 ⟲ ⚔" in row
    assert "✘ 24-10-10 ⚔ ◦" in row
    assert "✘ 25-04-29 ⚔" in row
    assert all(sign in out.file.getvalue().splitlines()[-2] for sign in "⟲⚔◦")


def test_the_matrix_is_narrowed_to_what_is_asked(settings):
    def cells(**wanted):
        return {(row["claim"], row["party"]) for row in ledger.rows(settings, ledger.Wanted(**wanted))}

    assert cells(state="denied", party="ua") == {
        ("casualties", "UA"),
        ("in_combat", "UA"),
        ("prisoners", "UA"),
    }
    assert cells(group="recaptured") == {("recaptured", "RU")}
    assert cells(since=date(2025, 4, 29)) == cells(party="UA", state="denied")
    out = Terminal(file=StringIO(), width=120, color_system=None)
    print_matrix(out, settings, ledger.Wanted(until=date(2000, 1, 1)))
    assert out.file.getvalue() == "No claim and party is as you ask.\n"
    with pytest.raises(QueryError, match="do you mean in_combat"):
        ledger.rows(settings, ledger.Wanted(group="in_combats"))


def test_a_long_history_is_cut_to_its_latest_steps(settings):
    (party,) = history.dossier(settings, "in_combat", "KP", most=(1, 1))["standing"]
    assert [step["step"] for step in party["history"]] == [2]
    assert len(party["evidence"]) == 1
    assert len(history.dossier(settings, "in_combat", "KP")["standing"][0]["history"]) == 2
