"""A large batch is merged in seconds of processor time; the bound is several times what it takes."""

import time
from pathlib import Path

from tests.warehouse import rows

from media_monitor.warehouse import index, lake

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
