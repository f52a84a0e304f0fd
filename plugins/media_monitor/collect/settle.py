"""What is new of all that was collected: new articles, and new revisions of known ones.

Two feeds may give one URL different summaries, for ever. Both are stored once, as revisions; from then on both are
known, and neither comes back as news.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from media_monitor.model import Article
from media_monitor.sources import Fetch


def settle(
    articles: Sequence[Article], fetches: Sequence[Fetch], known: Mapping[str, Mapping[str, int]]
) -> tuple[list[Article], list[Fetch]]:
    """(articles not stored yet with their revisions, fetches with `new_entries` filled in), sorted by their keys.

    `known` gives for an article id the revision of each content hash that is stored. What has a known hash is
    dropped, and so are repeats within `articles`. The result does not depend on the order of the input.
    """
    fresh = [new for group in _by_id(articles) for new in _revised(group, known.get(group[0].article_id, {}))]
    counts = Counter(article.feed_id for article in fresh)
    counted = [replace(fetch, new_entries=counts[fetch.feed_id]) for fetch in fetches]
    return fresh, sorted(counted, key=lambda fetch: (fetch.feed_id, fetch.batch))


def _by_id(articles: Iterable[Article]) -> list[list[Article]]:
    groups: dict[str, list[Article]] = {}
    for article in sorted(articles, key=_order):
        groups.setdefault(article.article_id, []).append(article)
    return list(groups.values())


def _order(article: Article) -> tuple[object, ...]:
    """By id; within it the fullest content last, for the last revision is the one that counts.

    The rest settles which of several copies of the same content is kept: a dated one before an undated one, then
    by feed.
    """
    return (
        article.article_id,
        len(article.title) + len(article.text or ""),
        article.content_sha256,
        article.published_at is None,
        article.feed_id,
        article.published_at.timestamp() if article.published_at else 0.0,
        repr(article),
    )


def _revised(group: Iterable[Article], known: Mapping[str, int]) -> list[Article]:
    revisions, fresh = dict(known), []
    for article in group:
        if article.content_sha256 not in revisions:
            revision = max(revisions.values(), default=0) + 1
            revisions[article.content_sha256] = revision
            fresh.append(replace(article, revision=revision))
    return fresh
