"""A backfill in tasks of an orchestrator: planned once, extracted in groups of parts side by side, loaded once."""

from dataclasses import asdict
from typing import Any

from media_monitor.backfill import run
from media_monitor.backfill.parts import Part
from media_monitor.backfill.request import Request
from media_monitor.backfill.run import Plan, Summary
from media_monitor.backfill.tally import Tally
from media_monitor.config import Settings
from media_monitor.engines.processes import Processes
from media_monitor.errors import BatchRejectedError, TransientError

GROUP_BYTES, MOST_GROUPS = 64 * 1024 * 1024, 200  # a task instance costs a second, and a page shows so many


def plan(settings: Settings, request: Request) -> list[list[dict[str, Any]]]:
    """Groups of parts that are still to be extracted, as JSON values.

    Raises:
        StorageError: a source cannot be listed.
    """
    with run.record_of(settings, request).running():
        waiting = run.plan(settings, request).waiting
    least = max(GROUP_BYTES, sum(part.size for part in waiting) / MOST_GROUPS)
    groups: list[list[Part]] = []
    size = least
    for part in waiting:
        if size >= least:
            groups.append([])
            size = 0
        groups[-1].append(part)
        size += part.size
    return [[asdict(part) | {"files": list(part.files)} for part in group] for group in groups]


def extract(settings: Settings, request: Request, group: list[dict[str, Any]]) -> dict[str, Any]:
    """Extracts the parts of the group in this process, those that are not yet; returns what was counted.

    Raises:
        TransientError: a part failed; the others are kept.
    """
    record = run.record_of(settings, request)
    done = record.extracted().keys()
    parts = [Part(**{**one, "files": tuple(one["files"])}) for one in group]
    waiting = tuple(part for part in parts if part.key not in done)
    began = record.began(request.as_json(), settings.now())
    summary = Summary(record.folder.name, done_before=len(parts) - len(waiting))
    found = Plan(record.folder.name, waiting, len(parts) - len(waiting), Tally(), began)
    run.extract(settings, request, found, Processes(1), summary)
    if summary.failed:
        raise TransientError(*next(iter(summary.failed.items())))
    return {"parts": summary.parts, **summary.tally.as_json()}


def load(settings: Settings, request: Request) -> Summary:
    """Loads what is extracted.

    Raises:
        BatchRejectedError: some days were rejected; the others are loaded.
    """
    record = run.record_of(settings, request)
    summary = Summary(record.folder.name)
    with record.running():
        run.load(settings, request, summary)
    if summary.failed:
        raise BatchRejectedError(*next(iter(summary.failed.items())))
    return summary
