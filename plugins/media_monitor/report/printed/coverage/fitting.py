"""Tables of numbers that fit the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

CHANCE = 2.0  # scores nearer to 0 than this are what chance brings
LEAST_COLUMNS = 3
ANY_WIDTH = 1000  # characters, more than any table has


def numbered(title: str, *texts: str, numbers: Sequence[str]) -> Table:
    """A table with columns of text, then columns of numbers."""
    table = Table(title=f"\n{title}", title_justify="left")
    for name in texts:
        table.add_column(name, no_wrap=True)
    for name in numbers:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def show(console: Console, table: Table) -> None:
    """Prints the table without its last columns where the terminal is too narrow for them."""
    count = len(table.columns)
    while (
        len(table.columns) > LEAST_COLUMNS
        and Measurement.get(console, console.options.update(max_width=ANY_WIDTH), table).minimum > console.width
    ):
        del table.columns[-1]
    console.print(table)
    if len(table.columns) < count:
        note(console, "The terminal is too narrow for all columns; --json has them.")


def note(console: Console, text: str) -> None:
    """Prints a line below a table."""
    console.print(Text(text, style="dim"))


def signed(value: float | None, form: str, least: float) -> Text:
    """The number with its sign, coloured by it; 0 where it is nearer to that than `least`."""
    if value is None:
        return Text("")
    if abs(value) < least:
        return Text("0")
    return Text(format(value, form), style="green" if value > 0 else "red")
