"""The exception tree. Every error names its culprit (a file, feed, row or setting) and the reason.

MediaMonitorError
├── TransientError          trying again may help; Airflow retries
│   ├── WarehouseBusyError      another process holds the writer's lock
│   └── DeliveryError           an alert channel did not take a message
└── TerminalError           trying again cannot help; Airflow fails the task at once
    ├── SettingError            a setting is unknown or has a bad value
    ├── BeatError               a file of the beat (claims, entities, feeds) is wrong
    ├── DocumentError           a line of a document file cannot be read
    ├── QueryError              a query or its arguments cannot be run
    ├── StorageError            the data folder cannot be read or written
    │   ├── CorruptFileError        a stored file is damaged
    │   └── MemoryLimitError        DuckDB has not enough memory
    ├── BatchRejectedError      a batch failed a critical expectation
    ├── FloorError              a score has fallen below its floor, or the file of floors is wrong
    └── FeedError               an address cannot be subscribed to
"""


class MediaMonitorError(Exception):
    """Base of all errors raised on purpose; `str()` is one line: "culprit: reason"."""

    def __init__(self, culprit: object, reason: str) -> None:
        # Both go to `args`, so that the error survives pickling between processes.
        super().__init__(str(culprit), reason)

    @property
    def culprit(self) -> str:
        return str(self.args[0])

    @property
    def reason(self) -> str:
        return str(self.args[1])

    def __str__(self) -> str:
        return f"{self.culprit}: {self.reason}"


class TransientError(MediaMonitorError):
    """Trying again may help."""


class WarehouseBusyError(TransientError):
    """Another process holds the writer's lock or the working DuckDB file."""


class DeliveryError(TransientError):
    """An alert channel did not take a message; the alert is kept and tried again."""


class TerminalError(MediaMonitorError):
    """Trying again cannot help until somebody changes something."""


class SettingError(TerminalError):
    """A setting is unknown or has a value of the wrong form."""


class BeatError(TerminalError):
    """A data file of a beat or lexicon is missing, malformed or refers to something undefined."""


class DocumentError(TerminalError):
    """A line of a document file (JSON Lines, gold format) cannot be read."""


class QueryError(TerminalError):
    """A query, view or macro argument cannot be run."""


class StorageError(TerminalError):
    """The data folder cannot be read or written (permissions, full disk)."""


class CorruptFileError(StorageError):
    """A stored file is damaged; the message names it."""


class MemoryLimitError(StorageError):
    """DuckDB has not enough memory, and cannot make do with the disk."""


class BatchRejectedError(TerminalError):
    """A batch failed a critical expectation; nothing of it was loaded."""


class FloorError(TerminalError):
    """A score has fallen below the floor that the repository keeps, or the file of floors cannot be read."""


class FeedError(TerminalError):
    """An address cannot be subscribed to: it is no feed, cannot be reached, or is in the list already."""
