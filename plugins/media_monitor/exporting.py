"""Gives confirmations out in files that others read, and keeps those fresh that the settings ask for."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from media_monitor import consistency
from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.errors import MediaMonitorError
from media_monitor.exports import atom, fields, jsonfeed, stix, tabular
from media_monitor.exports.fields import Row
from media_monitor.exports.identity import Source
from media_monitor.warehouse import durable, query

FOLDER = "exports"
FEEDS = ("atom", "jsonfeed")
FILES: Mapping[str, str] = {
    "atom": atom.FILE,
    "jsonfeed": jsonfeed.FILE,
    "csv": "confirmations.csv",
    "parquet": "confirmations.parquet",
    "stix": "confirmations.stix.json",
}
_RENDERERS: Mapping[str, Callable[[Sequence[Row], Source, Beat], bytes]] = {
    "atom": atom.atom,
    "jsonfeed": jsonfeed.jsonfeed,
    "csv": lambda found, _source, _beat: tabular.as_csv(found),
    "parquet": lambda found, _source, _beat: tabular.as_parquet(found),
    "stix": lambda found, _source, beat: stix.stix(found, beat),
}
_CONFIRMATIONS, _STEPS = "FROM exported_confirmations", "FROM exported_steps"
_log = logging.getLogger(__name__)


def rows(
    settings: Settings,
    since: date | None = None,
    claim: str | None = None,
    party: str | None = None,
    *,
    all_steps: bool = False,
) -> list[Row]:
    """The confirmations of the ledger, or with `all_steps` all that parties said; `since`: what was said from then on.

    Raises:
        QueryError: nothing is published yet.
    """
    sql = _STEPS if all_steps else _CONFIRMATIONS
    found = map(fields.row, consistency.sound(settings, lambda home: query.rows(home, sql)))
    return [
        row
        for row in fields.ordered(found)
        if (since is None or row["since"] >= since) and claim in (None, row["claim"]) and party in (None, row["party"])
    ]


def rendered(settings: Settings, form: str, found: Sequence[Row], *, all_steps: bool = False) -> bytes:
    """The rows in that format. A feed tells news: without `all_steps` it leaves out what raised no alert."""
    beat = Beat.load(settings.beat)
    what = "what parties say" if all_steps else "confirmations"
    source = Source(beat.name, f"{beat.settings.get('title', beat.name)}: {what}", settings.exports_url)
    if form in FEEDS and not all_steps:
        found = [row for row in found if row["raised_at"]]
    return _RENDERERS[form](found, source, beat)


def write(path: Path, content: bytes) -> None:
    """Replaces the file, which appears whole or not at all.

    Raises:
        StorageError: the file cannot be written; an old one stays.
    """
    durable.make_folder(path.parent)
    durable.write_bytes(path, content)


def refresh(settings: Settings) -> list[str]:
    """Makes the files of the setting `exports` again where they would differ; returns what went wrong.

    A file that cannot be made stays as it was and fails nothing: what is loaded is loaded.
    """
    forms = [form for form in settings.exports if form != "none"]
    if not forms:
        return []
    try:
        found = rows(settings)
    except MediaMonitorError as error:
        _log.warning("exports: %s", error)
        return [f"exports were not made: {error}"]
    return [message for form in forms for message in _refreshed(settings, form, found)]


def _refreshed(settings: Settings, form: str, found: Sequence[Row]) -> list[str]:
    path = settings.home / FOLDER / FILES[form]
    try:
        content = rendered(settings, form, found)
        if not path.exists() or path.read_bytes() != content:
            write(path, content)
    except Exception as error:  # whatever a library makes of a stranger's text, the load goes on
        _log.exception("export %s", form)
        return [f"export {form} was not made: {error}"]
    return []
