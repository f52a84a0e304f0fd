"""How long collecting takes: a chunk of 25 feeds at 50 ms latency, and with --scheduler a run over 150 feeds of which
one in ten has changed, by the real Airflow. Every feed is on a host of its own, at loopback."""

import argparse
import re
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from live.airflow import OWN, Airflow, seconds
from live.feeds import serving
from live.memory import Memory
from media_monitor.collect.chunk import collect
from media_monitor.config import Settings
from media_monitor.extract.semantic.model import used
from media_monitor.sources import Feed

_TASK = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7")  # the id of a task instance, a UUID of version 7


def chunkseconds(home: Path, count: int = 25) -> float:
    """Seconds for a chunk of feeds that were never read: fetched, archived, parsed."""
    with serving(count) as server:
        feeds = [Feed(str(n), server.url(n), f"Outlet {n}", f"publisher {n}") for n in range(count)]
        settings = replace(Settings(home=home), **OWN)
        start = time.monotonic()
        fetches, articles = collect(feeds, {}, settings, "batch", home / "0000.warc.gz")
        seconds = time.monotonic() - start
    if any(fetch.error for fetch in fetches) or len(articles) != 20 * count:
        raise RuntimeError(f"{sum(bool(f.error) for f in fetches)} feeds failed")
    return seconds


def scheduler(console: Console, var: Path, count: int) -> None:
    """Two runs by the real Airflow: all feeds new, then one in ten changed; times of each task, memory."""
    with serving(count) as server:
        (var / "feeds.opml").write_text(server.opml())
        airflow, memory = Airflow(var, var / "feeds.opml"), Memory()
        memory.start()
        try:
            console.print(_tasks(airflow, memory, airflow.ended(None), "every feed new"))
            server.editions[::10] = [1] * len(server.editions[::10])
            console.print(_tasks(airflow, memory, airflow.trigger(), "one in ten changed"))
        finally:
            memory.done.set()
            airflow.stop()
    table = Table("Airflow's own processes", "MB (RSS)", "MB (PSS)", box=None)
    for command, (peak, share) in sorted(memory.most.items(), key=lambda pair: -pair[1][0]):
        if not _TASK.search(command):
            table.add_row(command.removeprefix(sys.executable).strip()[:60], f"{peak:.0f}", f"{share:.0f}")
    console.print(table)


def _tasks(airflow: Airflow, memory: Memory, run: dict[str, Any], what: str) -> Table:
    columns = ("task", "starts after s", "takes s", "MB (RSS)", "MB (PSS)")
    table = Table(*columns, title=f"{what}: {run['state']}", box=None)
    first = seconds(run["start_date"])
    for one in airflow.tasks(run):
        start, end = seconds(one["start_date"]), seconds(one["end_date"])
        name = one["task_id"] + (f" {one['map_index']}" if one["map_index"] >= 0 else "")
        peak, share = memory.of(one["id"])
        table.add_row(name, f"{start - first:.1f}", f"{end - start:.1f}", f"{peak:.0f}", f"{share:.0f}")
    table.add_row("all", "", f"{seconds(run['end_date']) - first:.1f}")
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scheduler", action="store_true", help="also a run by Airflow, some minutes")
    parser.add_argument("--feeds", type=int, default=150)
    given = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        times = [chunkseconds(Path(folder) / str(n)) for n in range(3)]
        console.print(f"Extraction by {used(Settings.load().semantic)}.")
        console.print(f"a chunk of 25 feeds at 50 ms latency: {min(times):.2f} s (best of 3; {max(times):.2f} s worst)")
        if given.scheduler:
            scheduler(console, Path(folder), given.feeds)


if __name__ == "__main__":
    main()
