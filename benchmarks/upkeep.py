"""What upkeep takes and saves: `make upkeep`, some minutes.

First the archive of a month of runs every quarter of an hour (17,280 files in 2,880 folders), before and after its
files are joined a day. Then nights of upkeep over two years of news, in a data folder that `--keep DIR` keeps or uses,
as `make trends` does, and what a file a table and day costs there.
"""

import argparse
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from media_monitor.warehouse import places
from million import folder, given, month, nights, world

CONSOLE = Console(width=120)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=30, help="days of the archive")
    parser.add_argument("--articles", type=int, default=1_000_000, help="of the two years; 0 leaves them out")
    parser.add_argument("--keep", type=Path, help="data folder of the two years; nights remove rows of it")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        _archive(Path(home), chosen.days)
    if chosen.articles:
        with folder.kept(chosen.keep) as home:
            if not places.published(home).exists():
                world.make(home, chosen.articles)
            _years(home)


def _archive(home: Path, days: int) -> None:
    month.make(home, days)
    before = month.measured(home)
    done, seconds, memory = month.joined(home, days)
    after = month.measured(home)
    table = Table("The archive", "a file a chunk", "a file a day")
    for what, one in (("files", "files"), ("folders", "folders")):
        table.add_row(what, *(f"{getattr(state, one):,}" for state in (before, after)))
    table.add_row("on disk", *(f"{state.disk / 1e6:,.0f} MB" for state in (before, after)))
    for what, one in (
        ("looking at every file, as a backup does", "look"),
        ("copying all", "copy"),
        ("listing the batches for a replay", "listing"),
    ):
        table.add_row(what, *(f"{getattr(state, one):.2f} s" for state in (before, after)))
    CONSOLE.print(table)
    print(
        f"Joining {done.files:,} files of {done.days} days, {done.bytes / 1e6:,.0f} MB, took {seconds:.1f} s; "
        f"{done.rows:,} rows name another place; its process took {memory:,.0f} MB of memory at most"
    )


def _years(home: Path) -> None:
    table = Table("A night", "seconds", "rows removed", "as old, kept")
    for name, seconds, rows, kept in nights.measured(home):
        table.add_row(name, f"{seconds:.1f}", f"{rows:,}", f"{kept:,}")
    CONSOLE.print(table)
    table = Table(f"The lake, {given.DAYS} days", "")
    for row in nights.files(home):
        table.add_row(*row)
    CONSOLE.print(table)


if __name__ == "__main__":
    main()
