"""Finds the files of sources, on local disks and wherever fsspec leads."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import fsspec

from media_monitor.backfill.request import Format
from media_monitor.errors import StorageError

_SUFFIXES: dict[str, Format] = {
    ".warc": "warc",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
}
COMPRESSED = (".gz", ".bz2", ".xz", ".zst")


@dataclass(frozen=True, slots=True)
class File:
    """A file of a source: its address, size in bytes, and a text that changes with its content."""

    url: str
    size: int
    version: str

    @property
    def is_compressed(self) -> bool:
        return self.url.lower().endswith(COMPRESSED)

    @property
    def format(self) -> Format | None:
        """By its name; None where that says nothing."""
        name = self.url.lower()
        for suffix in COMPRESSED:
            name = name.removesuffix(suffix)
        return next((known for suffix, known in _SUFFIXES.items() if name.endswith(suffix)), None)


def files(source: str) -> list[File]:
    """The files at the source, in order: the file itself, those that a glob names, or all below a folder but hidden
    ones.

    Raises:
        StorageError: there is nothing, it cannot be reached, or the package for that kind of address is missing.
    """
    try:
        system, path = fsspec.core.url_to_fs(_absolute(source))
        found = sorted(_paths(system, path))
        return [_file(system, one) for one in found]
    except ImportError as error:
        raise StorageError(source, f"{error}; for s3:// install the extra s3") from error
    except FileNotFoundError as error:
        raise StorageError(source, "there is no such file or folder") from error
    except Exception as error:  # each file system has errors of its own
        raise StorageError(source, f"cannot be listed: {error}") from error


def opened(url: str, compression: str | None = None) -> BinaryIO:
    """The file, open for reading. `compression` "infer": expanded by its suffix.

    Raises:
        OSError: it cannot be opened.
    """
    return fsspec.open(url, "rb", compression=compression).open()  # type: ignore[no-any-return]


def _absolute(source: str) -> str:
    return source if "://" in source else str(Path(source).expanduser().absolute())


def _paths(system: Any, path: str) -> Iterator[str]:
    if any(sign in path for sign in "*?["):
        found = [one for one in system.glob(path) if system.isfile(one)]
    elif system.isfile(path):
        yield path
        return
    else:
        system.info(path)  # which raises where there is nothing
        found = [one for one in system.find(path) if not _is_hidden(one.removeprefix(path))]
    if not found:
        raise FileNotFoundError(path)
    yield from found


def _is_hidden(path: str) -> bool:
    return any(part.startswith((".", "_")) for part in path.split("/"))


def _file(system: Any, path: str) -> File:
    info = system.info(path)
    changed = next((info[name] for name in ("ETag", "etag", "mtime", "LastModified", "md5") if info.get(name)), "")
    size = int(info.get("size") or 0)
    local = "file" in (system.protocol if isinstance(system.protocol, tuple) else (system.protocol,))
    return File(path if local else system.unstrip_protocol(path), size, f"{size}-{changed}")
