"""The write-ahead record of every message, `outbox/<alert>.<channel>.json`; the message is in `messages/<key>.json`.

A record is on disk in the state `sending` before the message leaves, and is replaced by `sent`, `failed` or `unknown`
after. A record still in `sending` whose lock is free belongs to a process that died: nobody can say whether its message
arrived. The message is on disk before its records, so that people can read what was sent when the alert has changed
since; of one that is sent again, the last.
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

FOLDER, MESSAGES = "outbox", "messages"


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one message. `at` is when its state was written; `error` why it is not `sent`; `by` who asked
    for it to be sent again."""

    alert_id: str
    channel: str
    key: str
    state: DeliveryState
    at: datetime
    error: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A message as it left."""

    subject: str
    text: str
    html: str


def place(home: Path, alert_id: str, channel: Channel) -> Path:
    """Where the record of the message is, or would be."""
    return home / FOLDER / file_name(alert_id, channel.name)


def file_name(alert_id: str, channel: str) -> str:
    """The name of the record's file; `channel` is the name of the channel."""
    return f"{alert_id}.{re.sub('[^A-Za-z0-9.]+', '-', channel)}.json"


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


def is_free(path: Path) -> bool:
    """Whether no process is sending the message of that record now."""
    lock = path.with_suffix(".lock")
    if not lock.exists():
        return True
    descriptor = os.open(lock, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


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


def records(home: Path, alert_id: str) -> list[Record]:
    """The records of the messages of an alert, by channel; those that cannot be read are left out.

    Raises:
        StorageError: a file cannot be opened.
    """
    found = []
    for path in sorted((home / FOLDER).glob(f"{alert_id}.*.json")):
        try:
            record = read(path)
        except ValueError:
            continue
        found += [record] if record is not None else []
    return found


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


def keep(home: Path, key: str, message: Kept) -> None:
    """Puts the message with this key on disk.

    Raises:
        StorageError: it cannot be written.
    """
    path = home / MESSAGES / f"{key}.json"
    with _storing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        _write(new, json.dumps(asdict(message), ensure_ascii=False, indent=1), os.O_TRUNC)
        new.replace(path)
        _force_folder(path.parent)


def kept(home: Path, key: str) -> Kept | None:
    """The message with this key as it left last; None where none is kept.

    Raises:
        StorageError: the file cannot be opened.
    """
    path = home / MESSAGES / f"{key}.json"
    with _storing(path):
        if not path.exists():
            return None
        text = path.read_text(encoding="utf-8")
    try:
        return Kept(**json.loads(text))
    except (TypeError, ValueError):  # damaged: what it said cannot be shown
        return None


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
