"""What a fetch came to: its row in `fetches`, which is also the state that the next fetch starts from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from media_monitor.collect.politeness import hints, moves
from media_monitor.collect.politeness.interval import LATE_LEAST, LATE_SHARE, longest, start
from media_monitor.collect.politeness.schedule import LONGEST_WAIT, next_due_at
from media_monitor.collect.reading import Reading
from media_monitor.collect.web.domains import registrable
from media_monitor.collect.web.exchange import Answer
from media_monitor.collect.web.faults import HARD
from media_monitor.config import Settings
from media_monitor.model import stable_id
from media_monitor.sources import Feed, Fetch, FetchState

_MOST_JITTER = 60  # seconds
_GONE = 410


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the archive an answer is: file relative to the data folder, byte offset of its record."""

    file: str | None = None
    offset: int | None = None


def is_unchanged(answer: Answer, state: FetchState) -> bool:
    """Whether the server says so (304), or sent the same body again."""
    if answer.error or answer.last is None:
        return False
    return answer.last.status == 304 or (answer.bytes > 0 and answer.sha256 == state.body_sha256)


def fetch_row(
    feed: Feed, state: FetchState, answer: Answer, reading: Reading, batch: str, place: Place, settings: Settings
) -> Fetch:
    """The row, with an interval that does not know yet what is new (see `pace`).

    After a failure the validators and the hash are those of the last success: nothing of it was read.
    """
    error = answer.error or reading.fault
    failures = state.failures + (answer.weight if answer.error else HARD) if error else 0.0
    validators = (state.etag, state.last_modified, state.body_sha256) if error else _validators(answer, state)
    body_at, body_url = _body(answer, state, error)
    interval, hint = _interval(feed, state, settings), _hint(answer, reading, state)
    wait = max(interval, min(hint or timedelta(0), timedelta(minutes=settings.hint_cap_minutes)))
    url = moves.address(feed, state)
    moved_to, moved_seen = moves.moved(feed, state, answer)
    blocked_until = _blocked_until(feed, answer)
    is_304 = answer.last is not None and answer.last.status == 304
    return Fetch(
        feed_id=feed.feed_id,
        batch=batch,
        url=url,
        outlet=feed.outlet,
        fetched_at=answer.at,
        status=answer.last.status if answer.last else None,
        final_url=answer.last.url if answer.last else None,
        etag=validators[0],
        last_modified=validators[1],
        body_sha256=validators[2],
        bytes=answer.bytes,
        elapsed_ms=answer.elapsed_ms,
        entries=len(reading.articles),
        failures=failures,
        error=error,
        next_due_at=max(next_due_at(answer.at, failures, wait), blocked_until or answer.at),
        note="; ".join(_notes(feed, state, answer, reading)),
        warc_file=place.file,
        warc_offset=place.offset,
        feed_url=feed.url,
        interval_minutes=interval.total_seconds() / 60,
        on_time=0 if error or not _in_time(state, answer.at) else (state.on_time or 0) + 1,
        hint_minutes=hint.total_seconds() / 60 if hint else None,
        domain=registrable(url),
        blocked_until=blocked_until,
        moved_to=moved_to,
        moved_seen=moved_seen,
        conditional=answer.conditional,
        checked_at=state.checked_at if error or is_304 or answer.conditional else answer.at,
        unchanged_at=answer.at if is_304 and not error else _unchanged_before(state),
        body_at=body_at,
        body_url=body_url,
        lying_since=state.lying_since,
        retired_at=answer.at if _retires(feed, state, answer) else (state.retired_at if error else None),
    )


def _interval(feed: Feed, state: FetchState, settings: Settings) -> timedelta:
    if state.interval_minutes is not None:
        return timedelta(minutes=state.interval_minutes)
    shortest = timedelta(minutes=settings.interval_minutes)
    return start(shortest, longest(feed.tier, settings.longest_interval_minutes))


def _hint(answer: Answer, reading: Reading, state: FetchState) -> timedelta | None:
    """What server and feed ask for, the longer one; of a feed that was not read, what it asked for last."""
    kept = timedelta(minutes=state.hint_minutes) if state.hint_minutes is not None else None
    feed = kept if is_unchanged(answer, state) else reading.hint
    server = hints.of_server(answer.last) if answer.last and not answer.error else None
    return max((one for one in (feed, server) if one is not None), default=None)


def _blocked_until(feed: Feed, answer: Answer) -> datetime | None:
    """Until when the server is left alone: what it asks for, a day at most, and up to a minute so that not all feeds
    of a domain come back at once."""
    if answer.retry_after is None:
        return None
    jitter = int(stable_id(feed.feed_id, answer.at.isoformat()), 16) % (_MOST_JITTER + 1)
    return answer.ended_at + min(answer.retry_after, LONGEST_WAIT) + timedelta(seconds=jitter)


def _in_time(state: FetchState, at: datetime) -> bool:
    """Whether the fetch came about when it was due."""
    if state.fetched_at is None or state.next_due_at is None:
        return False
    return at - state.next_due_at <= max((state.next_due_at - state.fetched_at) * LATE_SHARE, LATE_LEAST)


def _unchanged_before(state: FetchState) -> datetime | None:
    """When the server said that nothing had changed, if it said so the last time."""
    return state.unchanged_at if state.unchanged_at == state.fetched_at else None


def _retires(feed: Feed, state: FetchState, answer: Answer) -> bool:
    """Whether the feed is gone at the address of the feed list."""
    return answer.last is not None and answer.last.status == _GONE and moves.address(feed, state) == feed.url


def _validators(answer: Answer, state: FetchState) -> tuple[str | None, str | None, str | None]:
    """ETag, Last-Modified and body hash for the next fetch; a 304 need not repeat what it confirms."""
    if answer.last is None:
        return None, None, None
    etag, last_modified = answer.last.header("ETag"), answer.last.header("Last-Modified")
    if answer.last.status == 304:
        return etag or state.etag, last_modified or state.last_modified, state.body_sha256
    return etag, last_modified, answer.sha256


def _body(answer: Answer, state: FetchState, error: str | None) -> tuple[datetime | None, str | None]:
    """When and from where the body came whose hash the row has."""
    if error or answer.last is None or is_unchanged(answer, state):
        return state.body_at, state.body_url
    return answer.last.at, answer.last.url


def _notes(feed: Feed, state: FetchState, answer: Answer, reading: Reading) -> Iterator[str]:
    if is_unchanged(answer, state):
        yield "unchanged (304)" if answer.last and answer.last.status == 304 else "unchanged (same body)"
    elif reading.articles or not (answer.error or reading.fault):
        yield f"{len(reading.articles)} item{'' if len(reading.articles) == 1 else 's'}"
    yield from reading.notes
    if _retires(feed, state, answer):
        yield "it is retired and not asked again unless forced"
    elif moves.address(feed, state) != feed.url:
        told = moves.moved(feed, state, answer)[0]
        yield f"asked at its new address {state.moved_to}" if told else f"given up: its new address {state.moved_to}"
    elif answer.moved_to:
        yield f"has moved for good to {answer.moved_to}"
    if answer.retry_after and answer.last:
        yield f"asks to wait {answer.retry_after.total_seconds():.0f} s"
