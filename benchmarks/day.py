"""A day of runs, 96, over 300 feeds by the real Airflow, one after the other: `make day`, most of an hour.

Each run asks every feed, which a real one does not; a feed has three new items with a chance of one in ten, of the news
of `years.news`. Printed: how long each task takes and how long the scheduler lets it wait, at the first runs and at the
last; how the data folder and Airflow's own database grow. It fails where an article is not stored, or stored twice.
`MEDIA_MONITOR_SEMANTIC=off` measures without the encoder, where it is installed.
"""

import argparse
import random
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from live.airflow import Airflow, seconds
from live.feeds import ITEMS as FIRST_ITEMS
from live.feeds import NEW_ITEMS, serving
from live.memory import Memory
from media_monitor.config import Settings
from media_monitor.extract.semantic.model import used
from media_monitor.warehouse import query
from years import news

RUNS, FEEDS = 96, 300
CHANGING = 0.1  # of the feeds, between two runs
ENDS = 10  # runs that are the first, and the last
UPSTREAM = {
    "collect": "plan", "settle": "collect", "pages": "settle", "extract": "settle", "validate": "extract",
    "load": "validate", "alert": "load",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--feeds", type=int, default=FEEDS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving(given.feeds, _told) as server:
        var, chance = Path(folder), random.Random(1)
        (var / "feeds.opml").write_text(server.opml())
        airflow, memory = Airflow(var, var / "feeds.opml"), Memory()
        memory.start()
        try:
            runs = [_timed(airflow, airflow.ended(None))]
            before = _sizes(var)
            for _ in track(range(given.runs - 1), "runs"):
                server.editions[:] = [n + (chance.random() < CHANGING) for n in server.editions]
                runs.append(_timed(airflow, airflow.trigger()))
        finally:
            memory.done.set()
            airflow.stop()
        given_out = FIRST_ITEMS * given.feeds + NEW_ITEMS * sum(server.editions)
        stored = query.rows(
            var / "live", "SELECT count(*) AS rows, count(DISTINCT article_id) AS articles FROM articles"
        )
        _show(runs, before, _sizes(var), max(peak for peak, _ in memory.most.values()))
        if stored != [{"rows": given_out, "articles": given_out}]:
            raise SystemExit(f"{given_out} articles were given out; stored: {stored[0]}")


def _told(number: int, edition: int, n: int) -> tuple[str, str]:
    made = next(news.articles(1, (number * 1000 + edition) * 100 + n * 2 + 3))
    return made.row["title"], made.row["text"]


def _timed(airflow: Airflow, run: dict[str, Any]) -> dict[str, list[tuple[float, float]]]:
    """(seconds it waited, seconds it took) of each task of the run, by its name; the run itself is `run`."""
    if run["state"] != "success":
        raise SystemExit(f"{run['dag_run_id']}: {run['state']}")
    tasks, ended = airflow.tasks(run), defaultdict(list)
    for one in tasks:
        ended[one["task_id"]].append(seconds(one["end_date"]))
    begun, found = seconds(run["start_date"]), defaultdict(list)
    for one in tasks:
        ready = max(ended[UPSTREAM[one["task_id"]]], default=begun) if one["task_id"] in UPSTREAM else begun
        start = seconds(one["start_date"])
        found[one["task_id"]].append((start - ready, seconds(one["end_date"]) - start))
    found["run"] = [(begun - seconds(run["queued_at"]), seconds(run["end_date"]) - begun)]
    return dict(found)


def _sizes(var: Path) -> dict[str, int]:
    """Bytes."""
    return {
        "Airflow's database": (var / "airflow" / "airflow.db").stat().st_size,
        "Airflow's logs": _size(var / "airflow" / "logs"),
        **{path.name: _size(path) for path in sorted((var / "live").iterdir())},
    }


def _size(path: Path) -> int:
    return sum(one.stat().st_size for one in [path, *path.rglob("*")] if one.is_file())


def _show(
    runs: list[dict[str, list[tuple[float, float]]]], before: dict[str, int], after: dict[str, int], most: float
) -> None:
    console = Console(width=120)
    console.print(f"Extraction by {used(Settings.load().semantic)}.")
    columns = ("task", "instances", "waits s", "95 %", "takes s", "95 %", f"first {ENDS} runs", f"last {ENDS}")
    table = Table(*columns, title=f"{len(runs)} runs: medians", box=None)
    for name in runs[0]:
        every = [pair for run in runs for pair in run.get(name, [])]
        waited, taken = zip(*every, strict=True)
        ends = [median(took for run in some for _, took in run.get(name, [])) for some in (runs[:ENDS], runs[-ENDS:])]
        figures = (median(waited), _high(waited), median(taken), _high(taken), *ends)
        table.add_row(name, str(len(every)), *(f"{figure:.1f}" for figure in figures))
    console.print(table)
    table = Table("grows", "kB a run", "MB after all", box=None)
    for name, size in after.items():
        growth = (size - before.get(name, 0)) / 1e3 / max(1, len(runs) - 1)
        table.add_row(name, f"{growth:,.1f}", f"{size / 1e6:,.1f}")
    console.print(table)
    console.print(f"The largest process held {most:.0f} MB.")


def _high(values: tuple[float, ...]) -> float:
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


if __name__ == "__main__":
    main()
