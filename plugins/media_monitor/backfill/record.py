"""What of a backfill is done, in `backfill/<id>/` of the data folder, so that it can go on after any interruption.

request.json        what was asked, and when it began
parts/<key>.json    a part whose articles and facts are extracted: what was counted, weight by day
spool/<key>/        those rows, a file a table, until they are loaded
round.json          parts that are being loaded together, in which windows of days, and how many of these are done
running             held by the process that works on it
"""

import fcntl
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from media_monitor.backfill.parts import Part
from media_monitor.backfill.tally import Tally, from_json
from media_monitor.backfill.windows import weights
from media_monitor.errors import CorruptFileError, WarehouseBusyError
from media_monitor.warehouse.durable import NEW, force_folder, make_folder, move, storing, write_parquet, write_text

FOLDER = "backfill"


@dataclass(frozen=True, slots=True)
class Extracted:
    """A part that was extracted: its weight by day, what was counted, whether it is loaded as well."""

    key: str
    name: str
    days: Mapping[date, int]
    tally: Tally
    loaded: bool


class Record:
    """The record of the backfill of that id in the data folder."""

    def __init__(self, home: Path, backfill_id: str) -> None:
        self.folder = home / FOLDER / backfill_id

    @contextmanager
    def running(self) -> Iterator[None]:
        """Holds the backfill for the block.

        Raises:
            WarehouseBusyError: another process works on it.
        """
        make_folder(self.folder)
        with storing(self.folder), (self.folder / "running").open("a") as file:
            try:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise WarehouseBusyError(self.folder, "another process works on this backfill") from error
            yield

    def began(self, request: Mapping[str, Any], now: datetime) -> datetime:
        """When the backfill began: now, where it was not asked for before."""
        path = self.folder / "request.json"
        if not path.exists():
            write_text(path, json.dumps({"request": request, "began": now.isoformat()}, indent=1))
        return datetime.fromisoformat(_json(path)["began"])

    def extracted(self) -> dict[str, Extracted]:
        """The parts that were extracted, by key, in order of key."""
        paths = sorted((self.folder / "parts").glob("*.json"))
        return {path.stem: _extracted(path.stem, _json(path)) for path in paths}

    def keep(self, part: Part, rows: Mapping[str, pa.Table], tally: Tally) -> None:
        """Puts by what was made of the part; from then on it is extracted."""
        folder, new = self._spool(part.key), self._spool(part.key + NEW)
        with storing(folder):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.rmtree(new, ignore_errors=True)
            make_folder(new)
            if rows["articles"].num_rows:
                for name, table in rows.items():
                    write_parquet(new / f"{name}.parquet", table.sort_by("day"))
            force_folder(new)
            move(new, folder)
        self._write(part.key, part.name, weights(rows), tally, loaded=False)

    def read(self, key: str, first: date, last: date) -> dict[str, pa.Table]:
        """The rows of the part of those days, by table.

        Raises:
            CorruptFileError: they are damaged; a message says what to do.
        """
        span = [("day", ">=", first), ("day", "<=", last)]
        try:
            return {path.stem: parquet.read_table(path, filters=span) for path in self._spool(key).glob("*.parquet")}
        except (pa.ArrowException, OSError, ValueError) as error:
            told = str(error).splitlines()[0]
            raise CorruptFileError(
                self._spool(key), f"cannot be read: {told}; remove {self.folder / 'parts' / key}.json and run again"
            ) from error

    def round(self) -> dict[str, Any] | None:
        """What is being loaded; None between rounds."""
        path = self.folder / "round.json"
        return _json(path) if path.exists() else None

    def set_round(self, told: Mapping[str, Any]) -> None:
        """Notes what is being loaded and how far it is."""
        write_text(self.folder / "round.json", json.dumps(told))

    def end_round(self, keys: Sequence[str]) -> None:
        """Those parts are loaded: what was put by of them goes."""
        known = self.extracted()
        for key in keys:
            one = known[key]
            self._write(key, one.name, one.days, one.tally, loaded=True)
            shutil.rmtree(self._spool(key), ignore_errors=True)
        with storing(self.folder):
            (self.folder / "round.json").unlink(missing_ok=True)

    def _spool(self, key: str) -> Path:
        return self.folder / "spool" / key

    def _write(self, key: str, name: str, days: Mapping[date, int], tally: Tally, *, loaded: bool) -> None:
        make_folder(self.folder / "parts")
        told = {
            "name": name,
            "loaded": loaded,
            "days": {day.isoformat(): count for day, count in sorted(days.items())},
            **tally.as_json(),
        }
        write_text(self.folder / "parts" / f"{key}.json", json.dumps(told, ensure_ascii=False))


def _extracted(key: str, told: Mapping[str, Any]) -> Extracted:
    days = {date.fromisoformat(day): count for day, count in told["days"].items()}
    return Extracted(key, told["name"], days, from_json(told), told["loaded"])


def _json(path: Path) -> dict[str, Any]:
    """The object in the file, which was written whole.

    Raises:
        CorruptFileError: it is damaged.
    """
    try:
        with storing(path):
            return dict(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise CorruptFileError(path, f"cannot be read ({error}); remove it and run again") from error
