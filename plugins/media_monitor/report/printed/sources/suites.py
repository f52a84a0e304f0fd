"""What suites of feed files came to: as a table, in Markdown too, or as JSON values."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.collect.formats.suites import Outcome, Suite

COLUMNS = ("Suite", "Files", "Read", "No feed", "Entries", "Counted", "Lost", "Crashes", "Hangs", "Expected", "Seconds")


def cells(name: str, suites: Sequence[Suite]) -> tuple[str, ...]:
    """The row of the table for the suites together: `Counted` are entries of well-formed documents by another count,
    `Expected` how many of the files that expect something get it."""
    outcomes = [outcome for suite in suites for outcome in suite.of()]
    kinds = Counter(outcome.kind for outcome in outcomes)
    held = [outcome.held for outcome in outcomes if outcome.held is not None]
    numbers = (
        len(outcomes), kinds["read"], kinds["no feed"], sum(o.entries for o in outcomes),
        sum(o.expected or 0 for o in outcomes), sum(o.lost for o in outcomes), kinds["crash"], kinds["hang"],
    )  # fmt: skip
    share = f"{sum(held):,} of {len(held):,}" if held else ""
    return (name, *(f"{number:,}" for number in numbers), share, f"{sum(o.seconds for o in outcomes):.1f}")


def rows(suites: Sequence[Suite]) -> list[tuple[str, ...]]:
    """A row a suite, and one for all of them where there are several."""
    return [cells(suite.name, [suite]) for suite in suites] + ([cells("all", suites)] if len(suites) > 1 else [])


def as_markdown(suites: Sequence[Suite]) -> str:
    """The table in Markdown, for the documentation."""
    lines = [COLUMNS, ("---", *("---:" for _ in COLUMNS[1:])), *rows(suites)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def print_suites(console: Console, suites: Sequence[Suite]) -> None:
    """Prints the table, the kinds of faults, and each file that lost entries, crashed or hung."""
    table = Table()
    for number, column in enumerate(COLUMNS):
        table.add_column(column, justify="right" if number else "left", no_wrap=True)
    for row in rows(suites):
        table.add_row(*map(Text, row))
    console.print(table)
    faults = sum((suite.faults for suite in suites), Counter[str]())
    skipped = Counter(outcome.fault for suite in suites for outcome in suite.of("skipped"))
    for what, counted in (("not read", faults), ("skipped", skipped)):
        for reason, number in counted.most_common():
            _line(console, f"{what}: {number} × {reason}")
    for outcome in (outcome for suite in suites for outcome in [*suite.lost, *suite.of("crash", "hang")]):
        _line(console, f"{outcome.file}: {_trouble(outcome)}")


def _trouble(outcome: Outcome) -> str:
    lost = f"{outcome.entries} of {outcome.expected} entries were read"
    return f"{lost} ({outcome.fault})" if outcome.fault and outcome.lost else outcome.fault or lost


def _line(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
