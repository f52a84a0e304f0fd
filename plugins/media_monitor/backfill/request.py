"""What is to be backfilled."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, get_args

from media_monitor.errors import SettingError
from media_monitor.model import stable_id

Format = Literal["warc", "jsonl", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True, slots=True)
class Request:
    """Sources (paths, globs, or URLs that fsspec opens), and what of them is wanted: days of publication (UTC, both
    included), languages (as found; none: all). `format` None: by each file's name. Alerts on what was printed before
    `alerts_since` are history: they are stored and not sent; None: before the day before yesterday."""

    sources: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    format: Format | None = None
    languages: tuple[str, ...] = ()
    alerts_since: date | None = None

    def __post_init__(self) -> None:
        if not self.sources:
            raise SettingError("backfill", "no source is given")
        if self.since and self.until and self.until < self.since:
            raise SettingError("backfill", f"the last day {self.until} is before the first, {self.since}")

    def backfill_id(self, beat: str) -> str:
        """The same for the same request, so that it goes on where it was; when alerts go out has no part in it."""
        return stable_id(beat, *sorted(self.sources), self.since, self.until, self.format, *sorted(self.languages))

    def as_json(self) -> dict[str, Any]:
        """The request as plain JSON values."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}

    def wants(self, day: date) -> bool:
        """Whether the day is among those asked for."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def format_named(name: str | None) -> Format | None:
    """The format of that name.

    Raises:
        SettingError: there is none.
    """
    for known in FORMATS:
        if name == known:
            return known
    if name is None:
        return None
    raise SettingError("format", f"{name!r} is none of {', '.join(FORMATS)}")
