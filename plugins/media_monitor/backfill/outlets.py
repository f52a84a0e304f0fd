"""Whose articles they are, by what the archive tells and what the beat knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from media_monitor import consistency
from media_monitor.collect.articles import attribution
from media_monitor.collect.articles.source import is_aggregator
from media_monitor.collect.lists.publishers import Families
from media_monitor.collect.web.domains import registrable
from media_monitor.config import Settings
from media_monitor.model import Article
from media_monitor.sources import Feed


@dataclass(frozen=True, slots=True)
class Known:
    """Feeds and families of the beat, and the outlet of each domain that a feed is served from."""

    feeds: Sequence[Feed]
    families: Families
    outlets: Mapping[str, str]


@lru_cache(maxsize=2)
def known(settings: Settings) -> Known:
    """What the beat knows, read once in a process."""
    feeds = consistency.feeds_of(settings)
    own = {registrable(feed.url): feed.outlet for feed in reversed(feeds) if not is_aggregator(feed.url)}
    return Known(feeds, consistency.families_of(settings), own)


def of_outlets(articles: Sequence[Article], beat: Known) -> list[Article]:
    """The articles with outlet, publisher, affiliation and country, as far as they do not tell them themselves.

    Without an outlet they are of the beat's feed of their domain, else of the domain.
    """
    named = [replace(article, outlet=article.outlet or _outlet(article, beat)) for article in articles]
    asked = [replace(a, publisher=a.url or "", aggregator=a.outlet, feed_id="") for a in named]
    found = attribution.attributed(asked, beat.feeds, beat.families)
    return [_completed(article, told) for article, told in zip(named, found, strict=True)]


def _outlet(article: Article, beat: Known) -> str:
    domain = registrable(article.url) if article.url else ""
    return beat.outlets.get(domain) or domain or "unknown"


def _completed(article: Article, told: Article) -> Article:
    return replace(
        article,
        publisher=article.publisher or told.publisher or article.outlet.casefold(),
        affiliation=article.affiliation or told.affiliation,
        country=article.country or told.country,
    )
