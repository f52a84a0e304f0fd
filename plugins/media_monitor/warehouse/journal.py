"""Makes a change of many files all-or-nothing.

New files are written into `lake/.merge/`. Then a journal, the list of renames, appears there by one rename: that
is the moment at which the change is made. Then the renames are done and the folder goes. Whoever finds the folder
later finishes the renames when there is a journal, and throws the files away when there is none.
"""

import json
import shutil
from pathlib import Path

import pyarrow as pa

from media_monitor.errors import StorageError
from media_monitor.warehouse import places
from media_monitor.warehouse.durable import force_folder, make_folder, storing, write_parquet, write_text
from media_monitor.warehouse.repair import set_aside

JOURNAL = "journal.json"
GONE = "gone"  # beginning of the names that stand for files to remove


class Change:
    """Files to replace together. Nothing is seen of them before `commit`."""

    def __init__(self, home: Path) -> None:
        self._lake = places.lake(home)
        self._folder = places.merge_folder(home)
        self._moves: dict[str, str] = {}  # name in the folder -> path in the lake; of one to remove there is no file

    def stage(self, target: Path, rows: pa.Table) -> int:
        """Writes the file's new content aside; returns its size in bytes.

        Raises:
            StorageError: it cannot be written.
        """
        make_folder(target.parent)
        new = self._next(".parquet", target)
        write_parquet(new, rows)
        return new.stat().st_size

    def stage_text(self, target: Path, text: str) -> None:
        """As `stage`, of a text file."""
        write_text(self._next(".txt", target), text)

    def remove(self, target: Path) -> None:
        """Lets the file go with the others; its folder too, where nothing else is in it."""
        self._moves[f"{GONE}-{len(self._moves):06}"] = target.relative_to(self._lake).as_posix()

    def _next(self, suffix: str, target: Path) -> Path:
        name = f"{len(self._moves):06}{suffix}"
        make_folder(self._folder)
        self._moves[name] = target.relative_to(self._lake).as_posix()
        return self._folder / name

    def commit(self) -> None:
        """Puts all staged files in place.

        Raises:
            StorageError: the journal cannot be written, and nothing was changed; or a rename failed, and the next
                merge finishes it.
        """
        if not self._moves:
            return
        try:
            make_folder(self._folder)
            with storing(self._folder):
                force_folder(self._folder)
            write_text(self._folder / JOURNAL, json.dumps(self._moves, indent=0))
        except StorageError:
            self.abandon()
            raise
        _apply(self._lake, self._folder, self._moves)

    def abandon(self) -> None:
        """Throws the staged files away."""
        shutil.rmtree(self._folder, ignore_errors=True)


def finish(home: Path) -> list[str]:
    """Ends a change that was interrupted, forward or back; returns a message when there was one.

    Raises:
        StorageError: a file cannot be renamed or removed.
    """
    folder = places.merge_folder(home)
    if not folder.is_dir():
        return []
    journal = folder / JOURNAL
    if not journal.exists():
        with storing(folder):
            shutil.rmtree(folder)
        return [f"{folder}: a merge was interrupted before it took effect; its unfinished files were removed"]
    try:
        with storing(journal):
            moves = json.loads(journal.read_text(encoding="utf-8"))
    except ValueError as error:
        kept = set_aside(folder, places.lake(home) / places.DAMAGED)
        return [f"{journal}: cannot be read ({error}); set aside as {kept}; load the last batch again"]
    _apply(places.lake(home), folder, moves)
    return [f"{folder}: a merge was interrupted; its last steps were done now, {len(moves)} files are in place"]


def _apply(lake: Path, folder: Path, moves: dict[str, str]) -> None:
    with storing(folder):
        touched = set()
        for name, target in moves.items():
            if name.startswith(GONE):
                _let_go(lake / target)
            elif (folder / name).exists():
                (folder / name).replace(lake / target)
            touched.add((lake / target).parent)
        for parent in sorted(touched | {p.parent for p in touched} | {lake}):
            if parent.exists() and parent.is_relative_to(lake):
                force_folder(parent)
        (folder / JOURNAL).unlink()
        shutil.rmtree(folder)


def _let_go(path: Path) -> None:
    path.unlink(missing_ok=True)
    if path.parent.is_dir() and not any(path.parent.iterdir()):
        path.parent.rmdir()
