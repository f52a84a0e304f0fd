"""Settings: the only reader of the environment, and the only clock.

A setting comes from, in this order: the environment (`MEDIA_MONITOR_<NAME>`), the mapping given (in Airflow the
section `[media_monitor]` of airflow.cfg), the default. A name that is not known is an error, for a mistyped
setting must not be ignored in silence.
"""

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from ipaddress import ip_network
from math import isfinite
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin

from media_monitor import __version__
from media_monitor.errors import SettingError

PREFIX = "MEDIA_MONITOR_"
EXPORTS = ("atom", "jsonfeed", "csv", "parquet", "stix")
PACKAGE = Path(__file__).resolve().parent
_Number = TypeVar("_Number", int, float)


def _setting(default: Any, doc: str, example: str = "", *, zero: bool = False) -> Any:
    return field(default=default, metadata={"doc": doc, "example": example, "zero": zero})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting, immutable. `Settings.load()` reads them; tests construct them."""

    home: Path = _setting(
        Path("var/live"), "Data folder: archive, lake, warehouse, quality results.", "/srv/media-monitor"
    )
    beat: str = _setting("dprk_russia", "Name of a shipped beat, or the path of a beat folder.", "beats/my_beat")
    feeds: Path | None = _setting(None, "OPML file to read instead of the beat's own feeds.", "my.opml")
    expectations: Path = _setting(PACKAGE / "expectations", "Folder of the expectation suites (JSON).")
    contact: str = _setting(
        "", "Mail address or URL put into the User-Agent, so that publishers can reach you.", "desk@example.org"
    )
    timeout_seconds: float = _setting(20.0, "Longest time to fetch a feed, connect to last byte, and again to read it.")
    max_bytes: int = _setting(10_000_000, "Largest feed body accepted, as expanded.")
    warc_max_bytes: int = _setting(1_000_000_000, "From this size on, the archive of a chunk goes on in a next file.")
    max_redirects: int = _setting(5, "Most redirects followed.")
    host_spacing_seconds: float = _setting(
        5.0, "Shortest time between the starts of two requests to one host.", "2.5", zero=True
    )
    ports: tuple[int, ...] = _setting(
        (), "Ports that may be asked besides 80, 443, 8080 and 8443, separated by spaces.", "8000 8888"
    )
    private_addresses: tuple[str, ...] = _setting(
        (),
        "Networks that may be asked although they are not public, at any port, separated by spaces. Feeds, redirects"
        " and name servers of strangers can then point into them.",
        "10.1.2.0/24",
    )
    full_text: Literal["off", "feeds", "all"] = _setting(
        "off",
        "Which feeds' article pages are fetched, where title and summary name what the beat is about: of none (off), of"
        ' those with mm:fulltext="yes" in the feed list (feeds), of all but those with mm:fulltext="no" (all).',
        "feeds",
    )
    max_pages: int = _setting(100, "Most article pages fetched in a run.")
    concurrency: int = _setting(10, "Feeds fetched at the same time in a chunk.")
    chunk_size: int = _setting(25, "Feeds in a chunk: one mapped task each.")
    interval_minutes: int = _setting(15, "Shortest time between two fetches of a feed.")
    longest_interval_minutes: tuple[int, ...] = _setting(
        (60, 240, 1440), "Longest time between two fetches of a feed of tier 1, 2, and 3 or more.", "30 120 1440"
    )
    hint_cap_minutes: int = _setting(
        360, "Longest time between two fetches that a feed (ttl) or its server (Cache-Control) can ask for."
    )
    semantic: Literal["auto", "off", "on"] = _setting(
        "auto",
        "Whether the sentence encoder decides clauses that the rules leave open: off, on, or auto (if installed).",
        "off",
    )
    alert_urls: tuple[str, ...] = _setting(
        (), "Apprise URLs that alerts go to, separated by spaces.", "mailto://user:password@example.org"
    )
    statsd: str = _setting(
        "", "Where metrics go as StatsD datagrams, outside Airflow, which has settings of its own.", "localhost:8125"
    )
    retention_days: tuple[str, ...] = _setting(
        (),
        "Days that things are kept, as `what=days` or `what=forever`, separated by spaces, in place of the defaults of"
        " docs/upkeep.md: fetches, checks, pages, quarantine, mentions, events, articles, warc, messages, batches.",
        "fetches=200 warc=730",
    )
    compact_days: int = _setting(
        7,
        "Days after which upkeep joins the archive files of a day's batches into one; 0 keeps a folder a batch.",
        zero=True,
    )
    translator: str = _setting(
        "",
        "Command that translates the words of alerts: words on its standard input, translation on its standard output;"
        " {source} and {target} in it being language codes. It runs without a shell.",
        "argos-translate --from-lang {source} --to-lang {target}",
    )
    translate_to: str = _setting("en", "Language (ISO 639-1) that words of alerts are translated to.", "de")
    translator_seconds: float = _setting(20.0, "Longest time to wait for the translator.")
    page_url: str = _setting(
        "",
        "Address below which the evidence pages are served, for the links of alerts: claims/<claim>/<party> is added.",
        "https://airflow.example.org/media-monitor",
    )
    alerts: Path | None = _setting(
        None,
        "File of alert rules (TOML) to read instead of the beat's own alerts.toml.",
        "/etc/media-monitor/alerts.toml",
    )
    exports: tuple[str, ...] = _setting(
        ("atom", "jsonfeed"),
        "Files of confirmations that each load keeps fresh in exports/ of the data folder, separated by spaces: atom,"
        " jsonfeed, csv, parquet, stix; or none.",
        "atom csv",
    )
    exports_url: str = _setting(
        "", "Address under which that folder is served, which feeds then give as their own.", "https://desk.example/out"
    )
    page_token: str = _setting(
        "", "What lets a browser into the page of `media-monitor serve`; a new one at each start where it is empty."
    )
    sql_seconds: float = _setting(10.0, "Longest time that a query of the SQL page may take.", "30")
    sql_rows: int = _setting(1_000, "Most rows that the SQL page shows of a result.")
    sql_memory_mb: int = _setting(1_024, "Memory for the data of a query of the SQL page, in megabytes.", "2048")
    as_of: datetime | None = _setting(
        None, "Take this as the present time (ISO 8601): for samples, tests and replays.", "2025-07-31T12:00:00+00:00"
    )

    @classmethod
    def load(cls, section: Mapping[str, str] | None = None, **overrides: Any) -> "Settings":
        """Settings of this process; `overrides` (options of a command, parameters of a DAG run) win where not None.

        A string among them is read as in the environment.

        Raises:
            SettingError: a name is unknown or a value has the wrong form; the message names both.
        """
        texts = {**_named(section or {}, "[media_monitor] "), **_from_environment(os.environ)}
        given = {**texts, **{name: value for name, value in overrides.items() if value is not None}}
        return cls(**{name: _parse(name, v) if isinstance(v, str) else v for name, v in given.items()})

    @property
    def user_agent(self) -> str:
        contact = f"; +{self.contact}" if self.contact else ""
        return f"media-monitor/{__version__} (feed reader{contact})"

    def now(self) -> datetime:
        """The present as an aware UTC datetime, or `as_of` where that is set."""
        return self.as_of or datetime.now(UTC)


def documented() -> list[tuple[str, str, str, str]]:
    """(name, default, doc, example) of every setting, for docs and provider; `load` reads the defaults."""
    return [(f.name, _written(f.default), f.metadata["doc"], f.metadata["example"]) for f in fields(Settings)]


def variables(values: Mapping[str, Any]) -> dict[str, str]:
    """The environment by which another process reads these settings; what is empty is left out."""
    texts = {name: _written(value) for name, value in values.items()}
    return {f"{PREFIX}{name.upper()}": text for name, text in texts.items() if text}


def _written(value: Any) -> str:
    """The value as it is written in the environment."""
    if value is None:
        return ""
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def secret(name: str) -> str | None:
    """The environment variable of that name, for a value that must stand in no file; None where it is not set."""
    return os.environ.get(name) or None


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    found = {k.removeprefix(PREFIX).lower(): v for k, v in environ.items() if k.startswith(PREFIX)}
    return _named(found, PREFIX)


def _named(found: Mapping[str, str], origin: str) -> dict[str, str]:
    known = [f.name for f in fields(Settings)]
    for name in found:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(known)}"
            raise SettingError(f"setting {origin}{name.upper() if origin == PREFIX else name}", f"unknown{hint}")
    return {k: v for k, v in found.items() if v.strip()}


def _parse(name: str, text: str) -> Any:
    setting = next(f for f in fields(Settings) if f.name == name)
    kind, zero = setting.type, setting.metadata["zero"]
    try:
        if "\x00" in text:
            raise ValueError("it holds a character that no file name and no environment can hold")
        if kind is int:
            return _positive(int(text), zero)
        if kind is float:
            return _positive(float(text), zero)
        if name == "private_addresses":
            return tuple(str(ip_network(part)) for part in text.split())
        if name == "exports":
            return tuple(_one_of(part, (*EXPORTS, "none")) for part in text.split())
        if kind in (Path, Path | None):
            return Path(text).expanduser()
        if kind == tuple[str, ...]:
            return tuple(text.split())
        if kind == tuple[int, ...]:
            return _some(tuple(_positive(int(part), False) for part in text.split()), name)
        if get_origin(kind) is Literal:
            return _one_of(text, get_args(kind))
        if kind == datetime | None:
            return _aware(datetime.fromisoformat(text))
        return text
    except (ValueError, OverflowError, RuntimeError) as error:  # a date at the end of time, a home of nobody
        raise SettingError(f"setting {name}", f"{text!r} cannot be read: {error}") from error


def _some(numbers: tuple[int, ...], name: str) -> tuple[int, ...]:
    if name == "ports" and any(port > 65_535 for port in numbers):
        raise ValueError("a port is a number up to 65535")
    if name != "ports" and not numbers:
        raise ValueError("it must hold a number")
    return numbers


def _positive(number: _Number, zero: bool) -> _Number:
    if not isfinite(number):
        raise ValueError("it must be finite")
    if number < 0 or (number == 0 and not zero):
        raise ValueError("it must not be below zero" if zero else "it must be above zero")
    return number


def _one_of(text: str, known: tuple[str, ...]) -> str:
    if text not in known:
        raise ValueError(f"it must be one of {', '.join(known)}")
    return text


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("it needs a UTC offset, such as +00:00")
    return moment.astimezone(UTC)
