"""Coverage over time, by label, and of two periods as tables for people."""

from datetime import date

from rich.console import Console
from rich.text import Text

from media_monitor.report.asked.coverage.movements import Rows, Span
from media_monitor.report.printed.coverage.fitting import CHANCE, note, numbered, show, signed
from media_monitor.report.printed.coverage.months import bars
from media_monitor.report.printed.coverage.movements import BAR_WIDTH

LABEL_WIDTH, BUCKET_WIDTH, LEAST_BUCKETS = 52, 8, 3  # characters of a label with its sum and bars, and of a bucket


def print_over_time(console: Console, found: Rows, subject: str, days: Span) -> None:
    """Prints a bucket a row, with a bar, and bursts marked."""
    if not any(row["articles"] for row in found):
        console.print(f"No article covers {subject}, {days}.")
        return
    grid = numbered(f"Coverage of {subject}, {days}", "From", numbers=("Articles", "Publishers", "Of all news"))
    grid.add_column("", no_wrap=True)
    top = max(row["articles"] for row in found)
    for row in found:
        bar = Text("█" * round(BAR_WIDTH * row["articles"] / top), style="cyan")
        if row["burst_days"]:
            bar.append(f" ▲ burst, score {row['score']:.1f}", style="magenta")
        grid.add_row(f"{row['bucket_day']}", f"{row['articles']}", f"{row['publishers']}", _share(row["share"]), bar)
    show(console, grid)


def print_split(console: Console, found: Rows, subject: str, dimension: str, days: Span) -> None:
    """Prints a label a row and a bucket a column: as many of the last as the terminal has room for."""
    if not found:
        console.print(f"No article covers {subject}, {days}.")
        return
    labels = list(dict.fromkeys(row["label"] for row in found))
    buckets = sorted({row["bucket_day"] for row in found})
    shown = buckets[-max(LEAST_BUCKETS, (console.width - LABEL_WIDTH) // BUCKET_WIDTH) :]
    count = {(row["label"], row["bucket_day"]): row["articles"] for row in found}
    grid = numbered(
        f"Coverage of {subject} by {dimension}, {days}",
        dimension.capitalize(),
        numbers=("All", *(_day(day, buckets) for day in shown)),
    )
    grid.add_column("", no_wrap=True, style="cyan")
    for label in labels:
        counts = [count[label, day] for day in buckets]
        cells = (f"{count[label, day] or ''}" for day in shown)
        grid.add_row(Text(label), f"{sum(counts)}", *cells, bars(counts[-len(shown) :]))
    show(console, grid)
    if len(shown) < len(buckets):
        note(console, f"The last {len(shown)} of {len(buckets)}; --json has all.")


def print_compare(console: Console, found: Rows, subject: str, dimension: str, days: Span, earlier: Span) -> None:
    """Prints a label a row, both periods and the difference; changes that are more than chance are coloured."""
    if not found:
        console.print(f"No article covers {subject}, {days} or {earlier}.")
        return
    numbers = ("Articles", "Before", "Change", "Of all news", "Before", "Points", "Score", "Publishers", "Before")
    grid = numbered(f"{subject} by {dimension}: {days}, before: {earlier}", dimension.capitalize(), numbers=numbers)
    for row in found:
        counts = (f"{row['articles']}", f"{row['articles_before']}", f"{row['change']:+}")
        shares = (_share(row["share"]), _share(row["share_before"]), _points(row["share_change"]))
        style = "" if row["score"] is None or abs(row["score"]) < CHANCE else "green" if row["score"] > 0 else "red"
        score = Text("" if row["score"] is None else f"{row['score']:+.1f}", style=style)
        grid.add_row(Text(row["label"]), *counts, *shares, score, f"{row['publishers']}", f"{row['publishers_before']}")
    show(console, grid)
    note(console, "Of all news: share of all articles stored, on the beat or not. Score: beyond ±2 hardly chance.")


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.2%}"


def _points(change: float | None) -> Text:
    return signed(None if change is None else change * 100, "+.2f", 0.005)


def _day(day: date, buckets: list[date]) -> str:
    """The day as the head of a column; the year stands in a line of its own.

    >>> _day(date(2025, 4, 1), [date(2025, 4, 1), date(2025, 5, 1)])
    'Apr\\n2025'
    >>> _day(date(2025, 4, 7), [date(2025, 4, 7), date(2025, 4, 14)])
    '04-07\\n2025'
    """
    is_month = all(one.day == 1 for one in buckets) and len(buckets) > 1
    return f"{day:%b}\n{day:%Y}" if is_month else f"{day:%m-%d}\n{day:%Y}"
