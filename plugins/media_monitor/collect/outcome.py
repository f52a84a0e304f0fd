"""What a fetch came to: its row in `fetches`, which is also the state that the next fetch starts from."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from media_monitor.collect.exchange import Answer
from media_monitor.collect.faults import HARD
from media_monitor.collect.reading import Reading
from media_monitor.collect.schedule import next_due_at
from media_monitor.config import Settings
from media_monitor.model import Feed, Fetch, FetchState


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the archive an answer is: file relative to the data folder, byte offset of its record."""

    file: str | None = None
    offset: int | None = None


def is_unchanged(answer: Answer, state: FetchState) -> bool:
    """Whether the server says so (304), or sent the same body again."""
    if answer.error or answer.last is None:
        return False
    return answer.last.status == 304 or (bool(answer.body) and _sha256(answer.body) == state.body_sha256)


def fetch_row(
    feed: Feed, state: FetchState, answer: Answer, reading: Reading, batch: str, place: Place, settings: Settings
) -> Fetch:
    """The row. After a failure the validators and the hash are those of the last success: nothing of it was read."""
    error = answer.error or reading.fault
    failures = state.failures + (answer.weight if answer.error else HARD) if error else 0.0
    validators = (state.etag, state.last_modified, state.body_sha256) if error else _validators(answer, state)
    interval = timedelta(minutes=settings.interval_minutes)
    return Fetch(
        feed_id=feed.feed_id,
        batch=batch,
        url=feed.url,
        outlet=feed.outlet,
        fetched_at=answer.at,
        status=answer.last.status if answer.last else None,
        final_url=answer.last.url if answer.last else None,
        etag=validators[0],
        last_modified=validators[1],
        body_sha256=validators[2],
        bytes=len(answer.last.payload) if answer.last else 0,
        elapsed_ms=answer.elapsed_ms,
        entries=len(reading.articles),
        failures=failures,
        error=error,
        next_due_at=next_due_at(answer.at, failures, interval, answer.retry_after),
        note="; ".join(_notes(answer, reading, state)),
        warc_file=place.file,
        warc_offset=place.offset,
    )


def _validators(answer: Answer, state: FetchState) -> tuple[str | None, str | None, str | None]:
    """ETag, Last-Modified and body hash for the next fetch; a 304 need not repeat what it confirms."""
    if answer.last is None:
        return None, None, None
    etag, last_modified = answer.last.header("ETag"), answer.last.header("Last-Modified")
    if answer.last.status == 304:
        return etag or state.etag, last_modified or state.last_modified, state.body_sha256
    return etag, last_modified, _sha256(answer.body)


def _notes(answer: Answer, reading: Reading, state: FetchState) -> Iterator[str]:
    if is_unchanged(answer, state):
        yield "unchanged (304)" if answer.last and answer.last.status == 304 else "unchanged (same body)"
    elif reading.articles or not (answer.error or reading.fault):
        yield f"{len(reading.articles)} item{'' if len(reading.articles) == 1 else 's'}"
    yield from reading.notes
    if answer.moved_to:
        yield f"has moved for good to {answer.moved_to}"
    if answer.retry_after:
        yield f"asks to wait {answer.retry_after.total_seconds():.0f} s"


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
