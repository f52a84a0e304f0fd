"""What a stage of a batch hands to the next: `batches/<batch>/<stage>/<table>.parquet`, a whole folder at once.

A stage that exists is complete. A stage that was being replaced when the process was killed does not exist, and
the run that repeats it writes it again.
"""

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote

import pyarrow as pa
from pyarrow import parquet

from media_monitor.errors import CorruptFileError, StorageError
from media_monitor.warehouse import places
from media_monitor.warehouse.durable import NEW, force_folder, make_folder, move, storing, write_parquet

OLD = ".old"  # suffix of a folder that is on its way out


def write(home: Path, batch: str, stage: str, parts: Mapping[str, pa.Table]) -> None:
    """Stores the tables as the stage's result, in place of an earlier one.

    Raises:
        StorageError: the folder cannot be written; an earlier result stays.
    """
    folder = _folder(home, batch, stage)
    new = _beside(folder, NEW)
    try:
        with storing(folder):
            shutil.rmtree(new, ignore_errors=True)
            make_folder(new)
            for name, rows in parts.items():
                write_parquet(new / f"{_name(name)}.parquet", rows)
            force_folder(new)
            _retire(folder)
            move(new, folder)
    except StorageError:
        shutil.rmtree(new, ignore_errors=True)
        raise


def read(home: Path, batch: str, stage: str) -> dict[str, pa.Table]:
    """The stage's tables by name.

    Raises:
        StorageError: the stage has no result.
        CorruptFileError: a file of it is damaged.
    """
    folder = _folder(home, batch, stage)
    if not folder.is_dir():
        raise StorageError(folder, f"stage {stage!r} of batch {batch!r} has no result; run that stage first")
    return {path.stem: _read(path) for path in sorted(folder.glob("*.parquet"))}


def exists(home: Path, batch: str, stage: str) -> bool:
    """Whether the stage has a complete result."""
    return _folder(home, batch, stage).is_dir()


def stages(home: Path, batch: str) -> list[str]:
    """Names of the batch's stages that have a complete result, in order; none for a batch that is not there."""
    folder = places.batches(home) / _name(batch)
    return sorted(path.name for path in folder.glob("*") if not path.name.startswith(".")) if folder.is_dir() else []


def made_at(home: Path, batch: str, stage: str) -> datetime:
    """When the stage's result was written, by the clock of the file system.

    Raises:
        StorageError: the stage has no result.
    """
    folder = _folder(home, batch, stage)
    with storing(folder):
        return datetime.fromtimestamp(folder.stat().st_mtime, UTC)


def batches(home: Path) -> list[str]:
    """The batches that have something staged, in order."""
    folder = places.batches(home)
    return sorted(unquote(path.name) for path in folder.iterdir() if path.name[0] != ".") if folder.is_dir() else []


def discard(home: Path, batch: str) -> None:
    """Removes all stages of the batch at once; a batch that is not there is no error.

    Raises:
        StorageError: the folder cannot be removed.
    """
    folder = places.batches(home) / _name(batch)
    with storing(folder):
        _retire(folder)


def _read(path: Path) -> pa.Table:
    try:
        with storing(path):
            return parquet.ParquetFile(path, page_checksum_verification=True).read()
    except (pa.ArrowException, StorageError) as error:
        raise CorruptFileError(path, f"cannot be read: {str(error).splitlines()[0]}; run the stage again") from error


def _retire(folder: Path) -> None:
    old = _beside(folder, OLD)
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.replace(old)
        force_folder(folder.parent)
        shutil.rmtree(old, ignore_errors=True)


def _beside(folder: Path, suffix: str) -> Path:
    return folder.with_name(f".{folder.name}{suffix}")


def _folder(home: Path, batch: str, stage: str) -> Path:
    return places.batches(home) / _name(batch) / _name(stage)


def _name(name: str) -> str:
    """The name as one path component: Airflow's run ids may hold any character."""
    quoted = quote(name, safe=" +:=@,;()")
    return quoted.replace(".", "%2E") if quoted.startswith(".") else quoted
