"""What a fetch teaches once it is known what was new: the feed's interval, and whether its server can be believed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from media_monitor.collect.politeness import validators
from media_monitor.collect.politeness.interval import adapted, heeded, longest
from media_monitor.config import Settings
from media_monitor.model import Article
from media_monitor.sources import Feed, Fetch


def paced(fetches: Iterable[Fetch], fresh: Iterable[Article], feeds: Iterable[Feed], settings: Settings) -> list[Fetch]:
    """The fetches with interval, next time and trust as the new articles tell; failed ones as they are."""
    tiers = {feed.feed_id: feed.tier for feed in feeds}
    new: dict[str, list[Article]] = {}
    for article in fresh:
        new.setdefault(article.feed_id, []).append(article)
    return [_paced(fetch, new.get(fetch.feed_id, ()), tiers.get(fetch.feed_id, 1), settings) for fetch in fetches]


def _paced(fetch: Fetch, fresh: Sequence[Article], tier: int, settings: Settings) -> Fetch:
    if fetch.error or fetch.interval_minutes is None:
        return fetch
    interval = adapted(
        timedelta(minutes=fetch.interval_minutes),
        fetch.entries,
        fetch.new_entries,
        fetch.on_time or 0,
        timedelta(minutes=settings.interval_minutes),
        longest(tier, settings.longest_interval_minutes),
    )
    hint = heeded(
        timedelta(minutes=min(fetch.hint_minutes or 0, settings.hint_cap_minutes)),
        timedelta(minutes=fetch.interval_minutes),
        fetch.entries,
        fetch.new_entries,
        fetch.on_time or 0,
    )
    fetch = replace(
        fetch, interval_minutes=interval.total_seconds() / 60, next_due_at=fetch.fetched_at + max(interval, hint)
    )
    caught = not fetch.conditional and validators.hidden(fresh, fetch.unchanged_at)
    if not caught:
        return fetch
    told = f"{caught} of them had been withheld as unchanged (304), so it is asked in full for a week"
    return replace(fetch, lying_since=fetch.fetched_at, note=f"{fetch.note}; {told}")
