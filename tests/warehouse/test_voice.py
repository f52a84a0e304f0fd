"""Share of voice, tone, narrative gaps, momentum and the comparison of periods, counted by hand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.warehouse import example, rows

from media_monitor.errors import QueryError
from media_monitor.warehouse import index, lake, query, trends

CLAIM = "troops_in_combat"
SPAN = "'2025-04-01', '2025-04-30'"


def _printed(name: str, day: str, affiliation: str, *said: tuple[str, str, str], **changes: Any) -> Iterator[object]:
    """An article by a publisher of its own kind, and what it prints: (party, stance, claim)."""
    made = rows.article(name, day, **({"affiliation": affiliation, "publisher": f"{affiliation}-{name[0]}"} | changes))
    yield made
    for party, stance, claim in said:
        yield rows.statement(made, party, stance, claim)


STORED = (
    *_printed("a1", "2025-04-10", "state", ("KP", "confirm", CLAIM), ("RU", "praise", CLAIM)),
    *_printed("a2", "2025-04-11", "state", ("RU", "deny", "troops_deployed")),
    *_printed("b1", "2025-04-09", "independent", ("KR", "condemn", CLAIM), ("KP", "confirm", CLAIM)),
    *_printed("c1", "2025-04-12", "independent", ("KR", "condemn", CLAIM)),
    *_printed("c2", "2025-04-12", "independent", ("KR", "allege", "kursk_recaptured")),
    *_printed("d1", "2025-04-12", "independent", ("KR", "condemn", CLAIM), copy_of="c1"),
    *_printed("e1", "2025-04-13", "wire", ("UA", "deny", CLAIM)),
    *_printed("f1", "2025-03-02", "independent", ("KR", "allege", CLAIM)),
    *_printed("f2", "2025-03-03", "independent"),
    *_printed("f3", "2025-03-04", "independent", relevant=False),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("voice")
    lake.merge(folder, rows.batch(*STORED))
    index.sync(folder, trends.scripts(), example.REFERENCE)
    return folder


def _ask(home: Path, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in query.rows(home, sql)]


def test_the_shares_of_voices_add_up_and_copies_do_not_count(home: Path) -> None:
    assert _ask(home, f"FROM share_of_voice('{CLAIM}', {SPAN}, 'party')") == [
        ("KP", 2, 2, 0.3333), ("KR", 2, 2, 0.3333), ("RU", 1, 1, 0.1667), ("UA", 1, 1, 0.1667),
    ]  # fmt: skip


def test_who_prints_counts_each_article_once(home: Path) -> None:
    found = _ask(home, f"FROM share_of_voice('{CLAIM}', {SPAN}, 'affiliation')")
    assert found == [("independent", 2, 2, 0.5), ("state", 1, 1, 0.25), ("wire", 1, 1, 0.25)]


def test_of_the_beat_articles_count_that_nobody_speaks_in(home: Path) -> None:
    found = _ask(home, "FROM share_of_voice(NULL, '2025-03-01', '2025-04-30', 'affiliation')")
    assert found == [("independent", 5, 3, 0.625), ("state", 2, 1, 0.25), ("wire", 1, 1, 0.125)]


def test_tone_is_the_balance_of_stances_by_party(home: Path) -> None:
    found = _ask(home, f"SELECT party, confirm, praise, deny, condemn, balance FROM tone_by_party({SPAN})")
    assert found == [
        ("KP", 2, 0, 0, 0, 1.0), ("KR", 0, 0, 0, 2, -0.667), ("RU", 0, 1, 1, 0, 0.0), ("UA", 0, 0, 1, 0, -1.0),
    ]  # fmt: skip
    assert _ask(home, f"SELECT party, balance FROM tone_by_party({SPAN}, claim_id := 'troops_deployed')") == [
        ("RU", -1.0)
    ]


def test_tone_tells_what_a_party_does_and_what_is_done_to_it(tmp_path: Path) -> None:
    one = rows.article("one", "2025-04-10")
    lake.merge(
        tmp_path,
        rows.batch(
            one,
            rows.event(one, "AID", "KP", "RU", goldstein=7.0),
            rows.event(one, "ACCUSE", "KR", "RU", goldstein=-2.0),
        ),
    )
    index.sync(tmp_path, trends.scripts(), example.REFERENCE)
    found = _ask(tmp_path, f"SELECT party, events, goldstein, goldstein_received, balance FROM tone_by_party({SPAN})")
    assert found == [("KP", 1, 7.0, None, None), ("KR", 1, -2.0, None, None), ("RU", 0, None, 2.5, None)]


def test_the_gap_between_state_and_independent_outlets(home: Path) -> None:
    row = query.rows(home, f"FROM narrative_gap('{CLAIM}', {SPAN})")[0]
    assert (row["covered_by"], row["state_articles"], row["independent_articles"]) == ("both", 1, 2)
    assert (row["state_share"], row["independent_share"], row["share_gap"]) == (0.5, 0.6667, -0.1667)
    assert (row["state_balance"], row["independent_balance"]) == (1.0, -0.333)
    assert (row["state_parties"], row["independent_parties"]) == (["KP", "RU"], ["KP", "KR"])
    assert row["lag_hours"] == 24.0


def test_claims_that_one_side_alone_tells_are_marked(home: Path) -> None:
    found = _ask(home, f"SELECT claim, covered_by, lag_hours FROM narrative_gap(NULL, {SPAN}) ORDER BY claim")
    assert found == [
        ("kursk_recaptured", "independent", None),
        ("troops_deployed", "state", None),
        (CLAIM, "both", 24.0),
    ]


def test_periods_are_compared_by_shares_of_the_beat(home: Path) -> None:
    sql = f"FROM compare_periods({SPAN}, '2025-03-01', '2025-03-31') WHERE claim = '{CLAIM}'"
    row = query.rows(home, sql)[0]
    assert (row["articles"], row["articles_before"]) == (4, 1)
    assert (row["share"], row["share_before"], row["share_change"]) == (0.6667, 0.5, 0.1667)
    assert (row["score"], row["balance"], row["balance_before"]) == (0.42, 0.0, 0.0)


def test_a_period_without_articles_has_no_share(home: Path) -> None:
    found = _ask(home, f"SELECT DISTINCT share_before, score FROM compare_periods({SPAN}, '2020-01-01', '2020-01-31')")
    assert found == [(None, None)]


def test_momentum_tells_growth_and_whether_it_is_more_than_chance(home: Path) -> None:
    sql = f"FROM claim_momentum('2025-04-13', days := 7) WHERE claim = '{CLAIM}'"
    row = query.rows(home, sql)[0]
    assert (row["articles"], row["articles_before"], row["change"], row["growth"]) == (5, 0, 5, 6.0)
    assert (row["acceleration"], row["score"], str(row["last_covered"])) == (5, 2.24, "2025-04-13")


def test_an_unknown_dimension_is_named(home: Path) -> None:
    with pytest.raises(QueryError, match="share_of_voice: the dimension is language"):
        _ask(home, f"FROM share_of_voice('{CLAIM}', {SPAN}, 'mood')")
