"""The write-ahead record of every message: `outbox/<alert>.<channel>.json`.

A record is on disk in the state `sending` before the message leaves, and is replaced by `sent`, `failed` or `unknown`
after. A record still in `sending` whose lock is free belongs to a process that died: nobody can say whether its message
arrived.
"""

import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from media_monitor.errors import StorageError
from media_monitor.model import DeliveryState
from media_monitor.watch.sending.channels import Channel

FOLDER = "outbox"


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one message. `at` is when its state was written; `error` why it is not `sent`."""

    alert_id: str
    channel: str
    key: str
    state: DeliveryState
    at: datetime
    error: str | None = None


def place(home: Path, alert_id: str, channel: Channel) -> Path:
    """Where the record of the message is, or would be."""
    return home / FOLDER / f"{alert_id}.{re.sub('[^A-Za-z0-9.]+', '-', channel.name)}.json"


@contextmanager
def held(home: Path, alert_id: str, channel: Channel) -> Iterator[Path | None]:
    """The path of the record, while no other process or thread may send this message; None when one is sending it now.

    Raises:
        StorageError: the outbox cannot be written.
    """
    path = place(home, alert_id, channel)
    descriptor = _lock(path.with_suffix(".lock"))
    if descriptor is None:
        yield None
        return
    try:
        yield path
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def _lock(path: Path) -> int | None:
    with _storing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def read(path: Path) -> Record | None:
    """The record, None when there is none.

    Raises:
        ValueError: it cannot be read: it was being written when its process died, or it is damaged.
        StorageError: the file cannot be opened.
    """
    with _storing(path):
        if not path.exists():
            return None
        text = path.read_text(encoding="utf-8")
    try:
        values = json.loads(text)
        return Record(**{**values, "at": datetime.fromisoformat(values["at"])})
    except (TypeError, KeyError) as error:
        raise ValueError(f"{path}: is no record of a message: {error}") from error


def write(path: Path, record: Record) -> None:
    """Puts the record on disk: the first of a message by exclusive creation, later ones by rename.

    Raises:
        StorageError: it cannot be written; an earlier record stays.
    """
    text = json.dumps(asdict(record) | {"at": record.at.isoformat()}, ensure_ascii=False, indent=1)
    with _storing(path):
        if path.exists():
            new = path.with_suffix(".new")
            _write(new, text, os.O_TRUNC)
            new.replace(path)
        else:
            _write(path, text, os.O_EXCL)
        _force_folder(path.parent)


def _write(path: Path, text: str, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | mode, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _force_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _storing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(error.filename or path, error.strerror or str(error)) from error
