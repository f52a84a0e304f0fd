"""How long each view and macro takes on a million articles, and a load of a quarter of an hour: `make trends`.

The warehouse is made first, some minutes and some gigabytes, in a folder that is removed afterwards (`--keep DIR` keeps
or uses one). Every question is asked of the published file, read-only, as the command line does: one connection each,
DuckDB's own number of threads. The figure is the median of five.
"""

import argparse
import sys
import time
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from media_monitor.warehouse import places, query
from million import folder, given, loading, questions, world

LIMIT_MS = 200
CHANCE_BURSTS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=given.DAYS)
    parser.add_argument("--dense", type=int, default=1, help="times the usual facts: 2 makes ten millions of them")
    parser.add_argument("--keep", type=Path, help="folder for the warehouse; one that is there already is used")
    parser.add_argument("--ledger", action="store_true", help="the claim ledger's views instead")
    chosen = parser.parse_args()
    with folder.kept(chosen.keep) as home:
        started = time.monotonic()
        if not places.published(home).exists():
            rebuilt = world.make(home, chosen.articles, chosen.days, dense=chosen.dense)
            print(f"made in {time.monotonic() - started:.0f} s, of that the warehouse from the lake: {rebuilt:.0f} s")
        _check(home, world.truth(chosen.articles, chosen.days))
        asked = questions.asked(chosen.ledger)
        found = [(name, *_milliseconds(home, sql), query.run(home, sql).num_rows) for name, sql in asked]
        _show(home, found)
        print("A load of 15 articles on the beat, 45 statements and 150 fetches:")
        for step, seconds in loading.measured(home):
            print(f"  {step}: {seconds:.2f} s")
    if any(ms >= LIMIT_MS for _, ms, _, _ in found):
        sys.exit(f"some took {LIMIT_MS} ms or more")


def _check(home: Path, truth: world.Truth) -> None:
    """Speed counts only where the answers are right."""
    loaded = "SELECT count(*) FROM current_articles WHERE article_id NOT LIKE 'a%' AND article_id NOT LIKE 'b%'"
    counted = f"SELECT sum(articles) - ({loaded}) AS n FROM daily_articles"  # `loading` adds some to a kept warehouse
    articles = int(query.rows(home, counted)[0]["n"])
    bursts = [
        row["day"]
        for row in query.rows(
            home, f"SELECT day FROM bursts WHERE burst AND subject = '{given.BURST_CLAIM}' ORDER BY day"
        )
    ]
    chance = [day for day in bursts if day not in truth.bursts]
    if len(chance) < CHANCE_BURSTS:  # where few articles are usual, chance passes the limit on one day in 200
        bursts = [day for day in bursts if day in truth.bursts]
        print(f"{len(chance)} days of {given.BURST_CLAIM} are bursts by chance")
    silent = [row["subject"] for row in query.rows(home, "SELECT subject FROM silences WHERE silent")]
    found = world.Truth(articles, bursts, silent[0] if len(silent) == 1 else str(silent))
    if found != truth:
        sys.exit(f"the views find {found}, but the truth is {truth}")


def _milliseconds(home: Path, sql: str) -> tuple[float, float]:
    """Medians of five: on the clock, and of processor time over all threads."""
    taken, worked = [], []
    for _ in range(5):
        started, before = time.perf_counter(), time.process_time()
        query.run(home, sql)
        taken.append((time.perf_counter() - started) * 1000)
        worked.append((time.process_time() - before) * 1000)
    return median(taken), median(worked)


def _show(home: Path, found: list[tuple[str, float, float, int]]) -> None:
    sizes = query.rows(home, """
        SELECT (SELECT count(*) FROM latest_articles) AS articles,
            (SELECT count(*) FROM mentions) + (SELECT count(*) FROM events)
                + (SELECT count(*) FROM statements) AS facts,
            (SELECT count(*) FROM fetches) AS fetches
    """)[0]  # fmt: skip
    print(", ".join(f"{count:,} {name}" for name, count in sizes.items()))
    print(f"{places.published(home).stat().st_size / 1e6:,.0f} MB in the published file")
    table = Table("asked", "ms", "processor ms", "rows", box=None)
    for name, taken, worked, count in found:
        table.add_row(name, f"{taken:.0f}", f"{worked:.0f}", f"{count:,}", style="red" if taken >= LIMIT_MS else "")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
