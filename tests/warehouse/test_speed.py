"""A large batch is merged in seconds of processor time; the bound is several times what it takes."""

import time
from importlib import import_module
from pathlib import Path

import pytest
from tests.warehouse import rows

from media_monitor.warehouse import index, lake, query

DAYS = [f"2025-{month:02}-{day:02}" for month in (3, 4) for day in range(1, 31)]


def test_five_thousand_articles_and_twenty_thousand_facts_over_sixty_days(tmp_path: Path) -> None:
    articles = [rows.article(f"a{n}", DAYS[n % 60], text="A sentence of news. " * 60) for n in range(5000)]
    facts = [rows.mention(a, entity) for a in articles for entity in ("russia", "north_korea")]
    batch = rows.batch(
        *articles,
        *facts,
        *(rows.event(a, "AID", "KP", "RU") for a in articles),
        *(rows.statement(a, "KP", "confirm", "treaty") for a in articles),
    )
    for work in (
        lambda: lake.merge(tmp_path, batch),
        lambda: index.sync(tmp_path, [], {}),
        lambda: lake.merge(tmp_path, batch),
    ):
        started = time.process_time()
        work()
        assert time.process_time() - started < 5


def test_every_view_and_macro_answers_in_less_than_a_second_at_fifty_thousand_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the warehouse of `make trends`, made small; the bound, processor time, is many times what it takes."""
    monkeypatch.syspath_prepend(Path(__file__).parents[2] / "benchmarks")
    questions, world = import_module("million.questions"), import_module("million.world")
    world.make(tmp_path, 50_000, 30)
    asked = questions.asked(ledgers=False)
    assert len(asked) > 35
    slow = []
    for name, sql in asked:
        started = time.process_time()
        query.run(tmp_path, sql)
        if time.process_time() - started > 1:
            slow.append(name)
    assert slow == []
    assert query.rows(tmp_path, "SELECT sum(articles) AS n FROM daily_articles") == [{"n": 50_000}]
