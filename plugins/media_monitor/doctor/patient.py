"""The data folder as the checks of one examination see it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from media_monitor import tables
from media_monitor.collect.warc import batches
from media_monitor.config import Settings
from media_monitor.errors import MediaMonitorError
from media_monitor.warehouse import census, lake, partition, places, repair
from media_monitor.warehouse.durable import copy, make_folder, storing, write_parquet

WHY = "why.txt"
SCRATCH = ".doctor"


@dataclass
class Patient:
    """A data folder and the settings of its runs. With `quick` nothing is read that takes long on years of news."""

    settings: Settings
    quick: bool = False
    progress: Callable[[str], None] = lambda _: None
    _sound: dict[str, list[Path]] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return self.settings.home

    @cached_property
    def now(self) -> datetime:
        return self.settings.now()

    def named(self, path: Path) -> str:
        """The path, from the data folder on."""
        return path.relative_to(self.home).as_posix() if path.is_relative_to(self.home) else str(path)

    def sound(self, table: str) -> list[Path]:
        """The partitions of the table that can be read."""
        if table not in self._sound:
            found = places.partitions(self.home, table)
            self._sound[table] = [path for day, path in found if self._reads(path, table, day)]
        return self._sound[table]

    @cached_property
    def lake(self) -> census.Lake:
        """Its partitions that can be read, as tables."""
        return census.Lake(self.sound)

    def know(self, table: str, sound: list[Path]) -> None:
        """Tells which partitions of the table were found to be readable."""
        self._sound[table] = sound

    def _reads(self, path: Path, table: str, day: date) -> bool:
        try:
            if self.quick:
                partition.columns(path, tables.BY_NAME[table])
            else:
                partition.read(path, tables.BY_NAME[table], day)
        except MediaMonitorError:
            return False
        return True

    def forget(self) -> None:
        """Belongs after a repair: what was read may be another."""
        self.lake.close()
        self._sound.clear()
        self.__dict__.pop("newest", None)

    @cached_property
    def newest(self) -> str:
        """The last of the batches that were loaded, by name and so by time; empty where there is none."""
        return batches.newest(self.home / "warc")

    def removed_until(self, what: str) -> date:
        """The last day of which `media-monitor upkeep` removed anything of that kind."""
        found = lake.seen(self.home, tables.REMOVALS.name)
        days = [row["until"] for row in found.to_pylist() if row["what"] == what and row["until"]]
        return max(days, default=date.min)

    def aside(self, path: Path, why: str) -> Path:
        """Moves the file or folder to `.damaged/`, below its own path, with a word in `why.txt`; where it is then."""
        kept = repair.set_aside(path, self.home / places.DAMAGED / path.parent.relative_to(self.home))
        self._note(f"{self.named(path)} -> {self.named(kept)}: {why}")
        return kept

    def copy_aside(self, path: Path, why: str) -> None:
        """As `aside`, for a file that keeps its place until another takes it."""
        kept = repair.free(path, self.home / places.DAMAGED / path.parent.relative_to(self.home))
        copy(path, kept)
        self._note(f"{self.named(path)} is kept as {self.named(kept)}: {why}")

    def rows_aside(self, table: str, rows: pa.Table, why: str) -> None:
        """Keeps rows that leave the lake, or change there, in `.damaged/rows/`, with a word in `why.txt`."""
        folder = self.home / places.DAMAGED / "rows"
        make_folder(folder)
        number = 1 + len(list(folder.glob(f"{table}-*.parquet")))
        path = folder / f"{table}-{number:04}.parquet"
        write_parquet(path, rows)
        self._note(f"{self.named(path)}: {rows.num_rows} rows of {table}: {why}")

    def _note(self, line: str) -> None:
        path = self.home / places.DAMAGED / WHY
        with storing(path), path.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {line}\n")

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder for things made on the way, gone at the end of the block."""
        folder = self.home / SCRATCH
        make_folder(folder)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
