"""Names publisher, affiliation and country of articles that an aggregator passed on, by what the beat knows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from media_monitor.collect.articles.source import is_aggregator
from media_monitor.collect.lists.publishers import Families
from media_monitor.collect.web.domains import registrable
from media_monitor.model import Article
from media_monitor.sources import Feed


@dataclass(frozen=True, slots=True)
class _Known:
    feeds: Mapping[str, Feed]
    families: Families
    by_domain: Mapping[str, Feed]
    by_outlet: Mapping[str, Feed]
    by_publisher: Mapping[str, Feed]


def attributed(articles: Iterable[Article], feeds: Sequence[Feed], families: Families) -> list[Article]:
    """The articles, those with an aggregator under their true publisher.

    The family is that of the outlet's name or domain in publishers.toml, else that of a feed of the domain, or of the
    outlet's name where one family alone has it (many feeds are not served by the outlet's own host), else the domain's
    own. Affiliation and country are those of that feed, or of one of the same family; an outlet of which nothing is
    known is independent and of no country. What proves to be the feed's own publisher has no aggregator, unless the
    feed is a search for that publisher.
    """
    own = [feed for feed in reversed(feeds) if not is_aggregator(feed.url)]  # of several the first is to stay
    known = _Known(
        feeds={feed.feed_id: feed for feed in feeds},
        families=families,
        by_domain={registrable(feed.url): feed for feed in own},
        by_outlet=_by_outlet(own),
        by_publisher={feed.publisher: feed for feed in own},
    )
    return [_attributed(article, known) if article.aggregator else article for article in articles]


def _by_outlet(feeds: Iterable[Feed]) -> dict[str, Feed]:
    named: dict[str, list[Feed]] = {}
    for feed in feeds:
        named.setdefault(feed.outlet.casefold(), []).append(feed)
    return {name: found[-1] for name, found in named.items() if len({feed.publisher for feed in found}) == 1}


def _attributed(article: Article, known: _Known) -> Article:
    url, feed = article.publisher, known.feeds.get(article.feed_id)  # `collect.article` left an address there
    like = known.by_domain.get(registrable(url)) or known.by_outlet.get(article.outlet.casefold())
    publisher = known.families.listed(article.outlet, url) or (
        like.publisher if like else known.families.publisher(article.outlet, url)
    )
    if feed and publisher == feed.publisher and not is_aggregator(feed.url):
        return replace(
            article,
            outlet=feed.outlet,
            publisher=publisher,
            affiliation=feed.affiliation,
            country=feed.country,
            aggregator=None,
        )
    if like is None or like.publisher != publisher:
        like = known.by_publisher.get(publisher)
    return replace(
        article,
        publisher=publisher,
        affiliation=known.families.affiliations.get(publisher) or (like.affiliation if like else "independent"),
        country=like.country if like else None,
    )
