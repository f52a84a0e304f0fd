"""A backfill for people: what it would read, and what it came to."""

from collections.abc import Iterable
from datetime import timedelta

from rich.console import Console
from rich.filesize import decimal
from rich.table import Table
from rich.text import Text

from media_monitor.backfill.preview import Preview
from media_monitor.backfill.run import Summary
from media_monitor.backfill.tally import BROKEN, NO_ARTICLE, Tally

SHOWN = 20  # faults; `--json` has more of them


def print_preview(console: Console, found: Preview) -> None:
    """Prints what a backfill would read."""
    parts = ", ".join(f"{count:,} of {reader}" for reader, count in sorted(found.parts.items()))
    console.print(f"Would read {decimal(found.bytes)} in {sum(found.parts.values()):,} parts ({parts or 'none'}).")
    if found.done:
        console.print(f"{found.done:,} parts are done already.")
    if found.articles is None or found.seconds is None:
        console.print("The sample has no article: how long it would take cannot be said.")
    else:
        share = found.relevant / found.sampled
        took = timedelta(seconds=round(found.seconds))
        console.print(
            f"About {found.articles:,} articles, {share:.0%} of them on the beat, in about {took} on"
            f" {found.workers} cores (by a sample of {found.sampled:,})."
        )
    _print_left(console, found.tally)


def print_summary(console: Console, summary: Summary) -> None:
    """Prints what a backfill came to."""
    if not summary.parts and not summary.windows and not summary.failed:
        console.print(f"Nothing to do: {summary.done_before:,} parts were done before.")
    counted = Table("Read", "", title=f"Backfill {summary.backfill_id}", title_justify="left")
    for what, count in sorted(summary.tally.counts.items()):
        counted.add_row(what, f"{count:,}")
    counted.add_row("stored before", f"{summary.repeats:,}")
    console.print(counted)
    loaded = Table("Table", "New or different rows", title="Loaded", title_justify="left")
    for name, count in summary.rows.items():
        if count:
            loaded.add_row(name, f"{count:,}")
    console.print(loaded)
    if summary.history or summary.news:
        console.print(
            f"{summary.history:,} alerts are history: stored, not sent. {summary.news:,} are news:"
            " `media-monitor alert` sends them."
        )
    _print_left(console, summary.tally)
    for name, reason in summary.failed.items():
        console.print(Text(f"! not done: {name}: {reason}; the same command tries again", style="red"))
    for message in dict.fromkeys(summary.messages):
        console.print(Text(f"! {message}", style="yellow"))


def _print_left(console: Console, tally: Tally) -> None:
    if tally.reasons:
        reasons = ", ".join(f"{count:,} × {reason}" for reason, count in tally.reasons.most_common(SHOWN))
        console.print(Text(f"{tally.counts[NO_ARTICLE]:,} pages are no articles: {reasons}", style="dim"))
    _print_faults(console, tally.faults, tally.counts[BROKEN])


def _print_faults(console: Console, faults: Iterable[tuple[str, str]], count: int) -> None:
    shown = list(faults)[:SHOWN]
    for where, reason in shown:
        console.print(Text(f"! {where}: {reason}", style="yellow"), soft_wrap=True)
    if count > len(shown):
        console.print(Text(f"! and {count - len(shown):,} more; --json lists them", style="yellow"))
