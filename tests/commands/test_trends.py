"""`trends …` as a person types it, on the example of docs/sql.md and on a data folder with nothing in it."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.warehouse import example, history
from typer.testing import CliRunner

from media_monitor.cli import app
from media_monitor.errors import QueryError
from media_monitor.report.asked.coverage import volume as coverage
from media_monitor.warehouse import index, trends

CLAIM = "troops_in_combat"
COMMANDS = (
    ("bursts",), ("voice", CLAIM), ("voice",), ("tone",), ("gaps", CLAIM), ("gaps",), ("momentum",), ("coverage",),
    ("coverage", CLAIM, "--dimension", "party"), ("compare",), ("compare", CLAIM, "--dimension", "outlet"),
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    example.build(folder)
    return folder


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty")
    index.sync(folder, trends.scripts(), example.REFERENCE)
    return folder


def _run(home: Path, *arguments: str, expected: int = 0) -> str:
    done = CliRunner().invoke(app, ["--home", str(home), "trends", *arguments], env={"COLUMNS": "160"})
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == expected, done.output
    return done.output


def _json(home: Path, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(_run(home, *arguments, "--json"))
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_stored_is_said_and_is_an_empty_list(empty: Path, command: tuple[str, ...]) -> None:
    assert _run(empty, *command) == "No article on the beat is stored yet.\n"
    assert _json(empty, *command) == []


def test_without_a_command_it_is_coverage_by_month(home: Path, empty: Path) -> None:
    assert CLAIM in _run(home)
    assert {row["claim"] for row in _json(home, "--months", "1")} == {CLAIM, "troops_deployed", "kursk_recaptured"}
    assert "No coverage yet" in _run(empty)


def test_voices_are_shown_with_their_shares(home: Path) -> None:
    assert _json(home, "voice", CLAIM)[0] == {"label": "KP", "articles": 3, "publishers": 3, "share": 0.5}
    shown = _run(home, "voice", CLAIM, "--by", "affiliation")
    assert "Share of voice on troops_in_combat, 2024-04-29 to 2025-04-28" in shown
    assert "40.0%" in shown
    assert "Nobody is heard on kursk_recaptured" in _run(home, "voice", "kursk_recaptured", "--until", "2024-12-31")


def test_tone_is_shown_by_bucket_and_party(home: Path) -> None:
    found = _json(home, "tone", "--bucket", "quarter", "--party", "KP")
    assert [(row["bucket_day"], row["balance"], row["goldstein"]) for row in found] == [("2025-04-01", 1.0, 7.0)]
    shown = _run(home, "tone", "--claim", "troops_deployed")
    assert "-0.50" in shown
    assert "Tone by party on troops_deployed" in shown


def test_gaps_name_who_speaks_on_one_side_alone(home: Path) -> None:
    assert [row["claim"] for row in _json(home, "gaps", CLAIM)] == [CLAIM]
    shown = _run(home, "gaps")
    assert "state: RU; indep.: KR" in shown
    assert "indep.: UA" in shown


def test_momentum_shows_what_is_in_the_news(home: Path) -> None:
    shown = _run(home, "momentum", "--days", "2")
    assert "the 2 days up to 2025-04-28" in shown
    assert CLAIM in shown
    assert "No claim is in the news in the 14 days up to 2024-06-01." in _run(home, "momentum", "--until", "2024-06-01")


def test_bursts_are_episodes(tmp_path: Path) -> None:
    count = history.coverage(lambda n: 40 if n in (64, 65) else history.usual(n))
    history.build(tmp_path, *count, *history.fetches())
    (found,) = _json(tmp_path, "bursts", "--kind", "claim")
    first, last = history.day_of(64), history.day_of(65)
    assert (found["first_day"], found["last_day"], found["articles"]) == (first, last, 80)
    assert f"{first} to {last}" in _run(tmp_path, "bursts", "--since", last)
    assert _run(tmp_path, "bursts", "--until", history.day_of(63)).startswith("No burst, ")


def test_coverage_is_shown_over_time_with_its_share_of_all_news(home: Path) -> None:
    days = ("--since", "2025-04-20", "--until", "2025-04-30", "--bucket", "week")
    found = _json(home, "coverage", CLAIM, *days)
    assert [(row["first_day"], row["last_day"], row["articles"], row["share"]) for row in found] == [
        ("2025-04-20", "2025-04-20", 0, None),
        ("2025-04-21", "2025-04-27", 1, 1.0),
        ("2025-04-28", "2025-04-30", 4, 0.6667),
    ]
    assert "66.67%" in _run(home, "coverage", CLAIM, *days)
    assert len(_json(home, "coverage", "--until", "2025-04-30")) == 53  # weeks of a year
    assert "No article covers troops_in_combat" in _run(home, "coverage", CLAIM, "--until", "2024-01-01")


def test_bursts_are_marked_on_coverage(tmp_path: Path) -> None:
    history.build(tmp_path, *history.coverage(lambda n: 40 if n == 64 else history.usual(n)), *history.fetches())
    (found,) = [row for row in _json(tmp_path, "coverage", CLAIM, "--bucket", "day") if row["burst_days"]]
    assert (found["first_day"], found["articles"]) == (history.day_of(64), 40)
    assert f"▲ burst, score {found['score']:.1f}" in _run(tmp_path, "coverage", CLAIM, "--bucket", "month")


@pytest.mark.parametrize("dimension", coverage.DIMENSIONS)
def test_coverage_is_split_by_each_dimension(home: Path, dimension: str) -> None:
    found = _json(home, "coverage", CLAIM, "--dimension", dimension, "--bucket", "month", "--since", "2025-04-01")
    split = {row["label"]: row["articles"] for row in found}
    assert (
        split
        == {
            "claim": {CLAIM: 5},
            "party": {"KP": 3, "KR": 2, "RU": 1},
            "language": {"en": 3, "ar": 1, "ru": 1},
            "affiliation": {"independent": 2, "state": 2, "wire": 1},
            "publisher": {"courier": 1, "harbour": 1, "nile": 1, "taedong": 1, "volga": 1},
            "outlet": {
                "The Courier": 1,
                "Harbour Wire": 1,
                "Nile Evening": 1,
                "Taedong Bulletin": 1,
                "Volga Herald": 1,
            },
            "country": {"EG": 1, "GB": 1, "KP": 1, "KR": 1, "RU": 1},
        }[dimension]
    )
    shown = _run(home, "coverage", CLAIM, "--dimension", dimension, "--bucket", "month", "--since", "2025-04-01")
    assert f"by {dimension}, 2025-04-01 to 2025-04-28" in " ".join(shown.split())


def test_two_periods_are_compared(home: Path) -> None:
    now = ("--since", "2025-04-28", "--until", "2025-04-28")
    found = {row["label"]: row for row in _json(home, "compare", *now, "--before-since", "2024-10-24")}
    assert (found["troops_in_combat"]["articles"], found["troops_in_combat"]["articles_before"]) == (4, 0)
    assert (found["troops_deployed"]["articles"], found["troops_deployed"]["share_before"]) == (1, 0.6667)
    (combat,) = _json(home, "compare", CLAIM, *now, "--before-since", "2025-04-26", "--before-until", "2025-04-27")
    assert (combat["articles"], combat["articles_before"], combat["change"]) == (4, 1, 3)
    shown = _run(home, "compare", "--dimension", "language", *now)
    assert "The beat by language: 2025-04-28 to 2025-04-28, before: 2025-04-27 to 2025-04-27" in shown


def test_where_nothing_can_be_judged_that_is_said(home: Path) -> None:
    assert "Nothing can be said of bursts" in _run(home, "bursts")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (
            ("voice", "troops_in_combt"),
            "claim 'troops_in_combt': is not in the registry; did you mean troops_in_combat",
        ),
        (("gaps", "x"), "the beat has kursk_recaptured, troops_deployed, troops_in_combat"),
        (("tone", "--party", "XX"), "party 'XX': nobody speaks for it; there are KP"),
        (("coverage", "x"), "the beat has kursk_recaptured"),
        (("compare", "--before-since", "2025-04-02", "--before-until", "2025-04-01"), "days before, 2025-04-02 to"),
        (("gaps", "--since", "2025-05-01", "--until", "2025-04-01"), "the first is after the last"),
    ],
)
def test_a_wrong_argument_is_named(home: Path, arguments: tuple[str, ...], reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        _run(home, *arguments)


@pytest.mark.parametrize("arguments", [("bursts", "--since", "yesterday"), ("voice", "--by", "mood"), ("bursts", "x")])
def test_what_no_option_takes_is_refused(home: Path, arguments: tuple[str, ...]) -> None:
    assert _run(home, *arguments, expected=2)


def test_silences_and_spikes_say_when_there_is_none(home: Path, empty: Path) -> None:
    for folder in (home, empty):
        assert _run(folder, "silences") == "Nothing is silent for longer than usual.\n"
        assert _json(folder, "silences") == []
    assert "No spike of rows in quarantine, 2025-04-01 to 2025-04-30." in _run(
        home, "spikes", "--since", "2025-04-01", "--until", "2025-04-30"
    )


def test_all_feeds_and_all_days_with_rows_in_quarantine_can_be_asked_for(home: Path) -> None:
    found = _json(home, "silences", "--all")
    assert {row["subject"] for row in found if row["subject_kind"] == "language"} == {"ar", "en", "ru"}
    assert not any(row["silent"] for row in found)
    assert "too little is known" in _run(home, "silences", "--all")
    days = ("--since", "2025-04-01", "--until", "2025-04-30")
    (spike,) = _json(home, "spikes", "--all", *days)
    assert (spike["table"], spike["rows"], spike["checked"], spike["spike"]) == ("statements", 1, 9, False)
    assert "11.1%" in _run(home, "spikes", "--all", *days)
