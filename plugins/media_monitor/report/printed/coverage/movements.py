"""Bursts, voices, tone, gaps and momentum as tables for people."""

from typing import Any

from rich.console import Console
from rich.text import Text

from media_monitor.report.asked.coverage.movements import Rows, Span
from media_monitor.report.printed.coverage.fitting import CHANCE, note, numbered, show, signed

BAR_WIDTH = 24


def print_bursts(console: Console, found: Rows, days: Span, judged: int) -> None:
    """Prints an episode a row; where there is none, whether anything could be judged."""
    if not found:
        told = f"No burst, {days}."
        if not judged:
            told = f"Nothing can be said of bursts, {days}: that takes four weeks of days on which feeds worked."
        console.print(told)
        return
    table = numbered(f"Bursts, {days}", "", "Subject", "Days", numbers=("Articles", "Expected", "Publishers", "Score"))
    for row in found:
        first, last = row["first_day"], row["last_day"]
        when = f"{first}" if first == last else f"{first} to {last}"
        cells = (f"{row['articles']}", f"{row['expected']:g}", f"{row['publishers']}", f"{row['score']:.1f}")
        table.add_row(Text(row["subject_kind"], style="dim"), row["subject"], when, *cells)
    show(console, table)
    note(
        console, "Articles that copy no other, beside what such weekdays bring. Score: robust z-score of the best day."
    )


def print_silences(console: Console, found: Rows) -> None:
    """Prints a feed or language a row; where there is none, that none is silent."""
    if not found:
        console.print("Nothing is silent for longer than usual.")
        return
    table = numbered("Silences", "", "Subject", "Last news", numbers=("Hours silent", "Usually at most"))
    for row in found:
        style = "yellow" if row["silent"] else "dim"
        usual = "" if row["usual_hours"] is None else f"{row['usual_hours']:.0f}"
        cells = (row["subject"], f"{row['last_news']:%Y-%m-%d %H:%M}", f"{row['silent_hours']:.0f}", usual)
        table.add_row(Text(row["subject_kind"], style="dim"), *cells, style=style)
    show(console, table)
    note(console, "Up to the last fetch. Without a usual gap too little is known to say that something is silent.")


def print_spikes(console: Console, found: Rows, days: Span) -> None:
    """Prints a day and table a row; where there is none, that there was none."""
    if not found:
        console.print(f"No spike of rows in quarantine, {days}.")
        return
    numbers = ("Rows", "Checked", "Share", "Usually", "Score")
    table = numbered(f"Rows in quarantine, {days}", "Day", "Table", numbers=numbers)
    for row in found:
        usual = "" if row["usual_share"] is None else f"{row['usual_share']:.1%}"
        score = "" if row["score"] is None else f"{row['score']:.1f}"
        cells = (f"{row['rows']}", f"{row['checked']}", f"{row['share']:.1%}", usual, score)
        table.add_row(f"{row['day']}", row["table"], *cells, style="red" if row["spike"] else "dim")
    show(console, table)
    note(console, "Days of runs. Share of the rows that were checked, beside the median of the four weeks before.")


def print_voices(console: Console, found: Rows, subject: str, days: Span, dimension: str) -> None:
    """Prints a label a row, with its share as a bar."""
    if not found:
        console.print(f"Nobody is heard on {subject}, {days}.")
        return
    table = numbered(
        f"Share of voice on {subject}, {days}", dimension.capitalize(), numbers=("Articles", "Publishers", "Share")
    )
    table.add_column("", no_wrap=True, style="cyan")
    top = max(row["share"] for row in found)
    for row in found:
        bar = "█" * round(BAR_WIDTH * row["share"] / top)
        table.add_row(Text(row["label"]), f"{row['articles']}", f"{row['publishers']}", f"{row['share']:.1%}", bar)
    show(console, table)


def print_tone(console: Console, found: Rows, subject: str, days: Span) -> None:
    """Prints a bucket and party a row."""
    if not found:
        console.print(f"No official speaks on {subject}, and nobody acts, {days}.")
        return
    stances = ("confirm", "allege", "decline", "deny", "condemn", "praise")
    shown = (*(name.capitalize() for name in stances), "Balance", "Does", "Is done to")
    table = numbered(f"Tone by party on {subject}, {days}", "From", "Party", numbers=shown)
    last = None
    for row in found:
        day = row["bucket_day"]
        counts = [f"{row[name] or ''}" for name in stances]
        goldstein = [signed(row[name], "+.1f", 0.05) for name in ("goldstein", "goldstein_received")]
        table.add_row(
            "" if day == last else f"{day}", row["party"], *counts, signed(row["balance"], "+.2f", 0.005), *goldstein
        )
        last = day
    show(console, table)
    note(console, "Articles by stance of the party's officials. Balance: (confirm + praise - deny - condemn) / all.")
    note(console, "Does, is done to: mean Goldstein value of events, on any matter, -10 conflict to 10 cooperation.")


def print_gaps(console: Console, found: Rows, subject: str, days: Span) -> None:
    """Prints a claim a row: shares and balances of both sides, who speaks on one side only, and who was later."""
    if not found:
        console.print(f"Neither state nor independent outlets cover {subject}, {days}.")
        return
    numbers = ("State", "Independent", "Gap", "Balance\nstate", "Balance\nindep.", "State\nlater by")
    table = numbered(f"State beside independent outlets, {days}", "Claim", numbers=numbers)
    table.add_column("Speaks on one side only")
    for row in found:
        state, independent = row["state_share"], row["independent_share"]
        shares = [_share(row["state_articles"], state), _share(row["independent_articles"], independent)]
        balances = [signed(row[f"{side}_balance"], "+.2f", 0.005) for side in ("state", "independent")]
        gap = signed(row["share_gap"] * 100, "+.1f", 0.05)
        table.add_row(row["claim"], *shares, gap, *balances, _lag(row["lag_hours"]), _one_sided(row))
    show(console, table)
    note(console, "Articles that copy no other, and their share of what the side prints on the beat; gap in points.")


def print_momentum(console: Console, found: Rows, last: str, days: int) -> None:
    """Prints a claim a row; changes that are more than chance are coloured."""
    if not any(row["articles"] or row["articles_before"] for row in found):
        console.print(f"No claim is in the news in the {2 * days} days up to {last}.")
        return
    numbers = ("Articles", "Before", "Change", "Growth", "Score", "New", "Publishers")
    table = numbered(f"Momentum: the {days} days up to {last}, and the {days} before", "Claim", numbers=numbers)
    table.add_column("Last covered")
    for row in found:
        if row["articles"] or row["articles_before"]:
            style = "" if abs(row["score"]) < CHANCE else "green" if row["score"] > 0 else "red"
            counts = (f"{row['articles']}", f"{row['articles_before']}")
            change = (Text(f"{row['change']:+}", style=style), f"× {row['growth']:g}", f"{row['score']:+.1f}")
            table.add_row(
                row["claim"],
                *counts,
                *change,
                f"{row['new_articles']}",
                f"{row['publishers']}",
                f"{row['last_covered']}",
            )
    show(console, table)
    note(console, "Score: beyond ±2 hardly chance. New: articles in which somebody speaks now, not background alone.")


def _share(articles: int, share: float | None) -> str:
    return f"{articles} {share or 0:>6.1%}"


def _lag(hours: float | None) -> str:
    if hours is None:
        return ""
    return f"{hours:+.0f} h" if abs(hours) < 72 else f"{hours / 24:+.0f} d"


def _one_sided(row: dict[str, Any]) -> Text:
    state, independent = set(row["state_parties"]), set(row["independent_parties"])
    told = [
        f"{side}: {', '.join(sorted(alone))}"
        for side, alone in (("state", state - independent), ("indep.", independent - state))
        if alone
    ]
    return Text("; ".join(told))
