"""New articles and revisions: nothing doubled, nothing lost, whatever the order."""

import random
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from media_monitor.collect.articles.article import article
from media_monitor.collect.settle import settle
from media_monitor.model import Article
from media_monitor.sources import Entry, Feed, Fetch

NOON = datetime(2025, 4, 28, 12, tzinfo=UTC)


def made(number: int, text: str, feed: str = "f", date: str | None = "2025-04-28T09:00Z") -> Article:
    outlet = Feed(feed, f"https://{feed}.example/rss", feed, feed)
    return article(Entry("Title", f"https://a.example/{number}", None, text, date), outlet, NOON)


def fetch(feed: str) -> Fetch:
    return Fetch(feed, "b", f"https://{feed}.example/rss", feed, NOON)


def stored(articles: list[Article], known: dict[str, dict[str, int]] | None = None) -> dict[str, dict[str, int]]:
    """What the warehouse knows after these were loaded."""
    result = {key: dict(value) for key, value in (known or {}).items()}
    for a in articles:
        result.setdefault(a.article_id, {})[a.content_sha256] = a.revision
    return result


def test_new_articles_are_revision_one():
    kept, fetches = settle([made(1, "x"), made(2, "x")], [fetch("f")], {})
    assert [a.revision for a in kept] == [1, 1]
    assert fetches[0].new_entries == 2


def test_what_is_stored_is_dropped_and_what_changed_is_the_next_revision():
    known = stored([made(1, "old")])
    kept, fetches = settle([made(1, "old"), made(1, "new")], [fetch("f")], known)
    assert [(a.text, a.revision) for a in kept] == [("new", 2)]
    assert fetches[0].new_entries == 1


def test_a_return_to_an_older_content_is_no_revision():
    known = stored([replace(made(1, "old"), revision=1), replace(made(1, "new"), revision=2)])
    assert settle([made(1, "old")], [fetch("f")], known)[0] == []


def test_one_url_with_two_summaries_does_not_flip_for_ever():
    batch = [made(1, "A longer summary", "f"), made(1, "Short", "g")]
    kept, fetches = settle(batch, [fetch("f"), fetch("g")], {})
    assert [(a.text, a.revision) for a in kept] == [("Short", 1), ("A longer summary", 2)]
    assert [(f.feed_id, f.new_entries) for f in fetches] == [("f", 1), ("g", 1)]
    for again in (batch, batch[::-1], batch[:1], batch[1:]):
        assert settle(again, [], stored(kept))[0] == []


def test_of_two_copies_one_is_kept_a_dated_one_first():
    kept, fetches = settle([made(1, "x", "f", None), made(1, "x", "g")], [fetch("f"), fetch("g")], {})
    assert [(a.feed_id, a.published_at is None) for a in kept] == [("g", False)]
    assert [f.new_entries for f in fetches] == [0, 1]


BATCH = st.lists(
    st.builds(made, st.integers(0, 3), st.sampled_from(["", "a", "bb", "ab"]), st.sampled_from("fgh"),
              st.sampled_from([None, "2025-04-28T09:00Z", "2025-04-27T09:00Z"]))
)  # fmt: skip
FETCHES = [fetch("f"), fetch("g"), fetch("h")]


@given(BATCH, BATCH, st.randoms(use_true_random=False))
def test_the_order_does_not_matter_and_again_is_nothing(first, second, shuffling: random.Random):
    known = stored(settle(first, FETCHES, {})[0])
    kept, counted = settle(second, FETCHES, known)
    shuffled, mixed = second[:], FETCHES[:]
    shuffling.shuffle(shuffled)
    shuffling.shuffle(mixed)
    assert settle(shuffled, mixed, known) == (kept, counted)
    assert settle(second, FETCHES, stored(kept, known))[0] == []


@given(BATCH, BATCH)
def test_every_content_is_stored_once_under_a_revision_of_its_own(first, second):
    known = stored(settle(first, FETCHES, {})[0])
    kept, counted = settle(second, FETCHES, known)
    after = stored(kept, known)
    assert {(a.article_id, a.content_sha256) for a in [*first, *second]} == {(i, h) for i in after for h in after[i]}
    for revisions in after.values():
        assert sorted(revisions.values()) == list(range(1, len(revisions) + 1))
    assert sum(f.new_entries for f in counted) == len(kept)
