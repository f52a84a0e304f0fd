"""A week of 1,000 feeds, asked by the real rules, beside a poller that asks every quarter of an hour:
`make politeness`.

What servers see is what is counted: requests, bytes, and whether a rule was broken. The hosts are dealt out to two
processes with a server each, for two cores; hosts know nothing of each other.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from media_monitor.collect.web import client, spacing
from week.asking import Diary, ask
from week.clock import Clock, Loop
from week.figures import Figures, figures
from week.polling import poll
from week.serving import Log, Server
from week.world import START, Served, make

SPACING = 5.0  # seconds between two starts on a host
SLACK = 0.01  # seconds: moments are noted to the millisecond


@dataclass(frozen=True, slots=True)
class Share:
    """The feeds of one process."""

    feeds: tuple[Served, ...]
    days: float


def main() -> None:
    given = _arguments()
    start = time.monotonic()
    feeds = make(given.feeds, given.days, given.seed)
    ours = figures(feeds, given.days, *_asked(feeds, given.days, given.processes))
    diary, judge = poll(feeds, given.days, SPACING)
    beside = figures(feeds, given.days, diary, judge.log)
    if given.json:
        print(json.dumps({"ours": ours.as_dict(), "poller": beside.as_dict()}))
        return
    hosts = len({feed.host.address for feed in feeds})
    console = Console()
    console.print(_table(ours, beside))
    console.print(f"{given.feeds:,} feeds on {hosts:,} hosts, {given.days:g} days, {time.monotonic() - start:.0f} s")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--days", type=float, default=7)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _asked(feeds: Sequence[Served], days: float, processes: int) -> tuple[Diary, Log]:
    hosts = sorted({feed.host.address for feed in feeds})
    shares = [
        Share(tuple(f for f in feeds if f.host.address in set(hosts[n::processes])), days) for n in range(processes)
    ]
    with ProcessPoolExecutor(processes) as pool:
        results = list(pool.map(_one, shares))
    diary, log = results[0]
    for more_diary, more_log in results[1:]:
        diary, log = diary.merged(more_diary), log.merged(more_log)
    return diary, log


def _one(share: Share) -> tuple[Diary, Log]:
    clock = Clock(START)
    # All that asks for the time: waiting between starts on a host, and how long an exchange took.
    spacing.time = client.time = clock  # type: ignore[assignment]
    server = Server(share.feeds, clock, SPACING - SLACK)

    async def run() -> Diary:
        await server.start()
        with tempfile.TemporaryDirectory() as home:
            return await ask(share.feeds, server, clock, Path(home), share.days)

    with asyncio.Runner(loop_factory=lambda: Loop(clock)) as runner:
        return runner.run(run()), server.log


def _table(ours: Figures, beside: Figures) -> Table:
    table = Table("a week", "media-monitor", "every 15 minutes", box=None)
    for what, form in _ROWS:
        table.add_row(what, form(ours), form(beside))
    for name in ours.by_rate:
        a, b = ours.by_rate[name], beside.by_rate[name]
        table.add_row(
            f"delay in minutes, {name} items a day", f"{a.median:.0f} / {a.p90:.0f}", f"{b.median:.0f} / {b.p90:.0f}"
        )
    for name in ours.by_tier:
        a, b = ours.by_tier[name], beside.by_tier[name]
        table.add_row(
            f"delay in minutes, tier {name}", f"{a.median:.0f} / {a.p90:.0f}", f"{b.median:.0f} / {b.p90:.0f}"
        )
    return table


_ROWS = (
    ("requests a feed a day", lambda f: f"{f.requests_a_feed_a_day:.1f}"),
    ("megabytes sent by servers", lambda f: f"{f.megabytes:,.0f}"),
    ("fetches that brought nothing new", lambda f: f"{f.wasted:.0%}"),
    ("answers that were 304", lambda f: f"{f.share_304:.0%}"),
    ("items that came", lambda f: f"{f.items:,}"),
    ("items that were missed", lambda f: f"{f.missed:,}"),
    ("delay in minutes, median / 90 %", lambda f: f"{f.delay.median:.0f} / {f.delay.p90:.0f}"),
    ("servers that lied and had something to hide", lambda f: f"{f.liars}"),
    ("of these, found out", lambda f: f"{f.caught}" if f.share_304 else "not asked by validators"),
    ("found out after hours, median", lambda f: f"{f.caught_after_hours:.0f}" if f.caught else ""),
    ("honest servers that were suspected", lambda f: f"{f.accused_wrongly}"),
    ("shortest time between two starts on a host, s", lambda f: f"{f.shortest_gap:.1f}"),
    ("rule broken: host asked too soon", lambda f: f"{f.too_soon:,}"),
    ("rule broken: asked within Retry-After", lambda f: f"{f.impatient:,}"),
    ("rule broken: asked although gone for good", lambda f: f"{f.undead:,}"),
)

if __name__ == "__main__":
    main()
