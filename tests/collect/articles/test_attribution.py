"""What an aggregator passes on counts for the outlet that printed it."""

from datetime import UTC, datetime

import pytest

from media_monitor.collect.articles.attribution import attributed
from media_monitor.collect.lists.publishers import Families, read_publishers
from media_monitor.collect.reading import Document, read
from media_monitor.errors import BeatError
from media_monitor.model import Article
from media_monitor.sources import Feed

NOON = datetime(2025, 4, 28, 12, tzinfo=UTC)
SEARCH = Feed("g", "https://news.google.com/rss/search?q=x", "Google News: x", "google", "ko")
HARBOUR = Feed("h", "https://rss.harbour.example.org/all", "Harbour Times", "harbour_group", "en", "GB", "state")
FAMILIES = Families({"the bell": "bell_group"}, {"bell.example.org": "bell_group"}, {"bell_group": "official"})
PUBLISHERS = '[[publisher]]\nid = "bell_group"\ndomains = ["bell.example.org"]\naffiliation = '


def one(
    extra: str, title: str = "Ferry opens", link: str = "https://news.google.com/rss/articles/CBMi", feed: Feed = SEARCH
) -> Article:
    (found,) = attributed([made(extra, title, link, feed)], [SEARCH, HARBOUR], FAMILIES)
    return found


def made(
    extra: str, title: str = "Ferry opens", link: str = "https://news.google.com/rss/articles/CBMi", feed: Feed = SEARCH
) -> Article:
    body = f"<rss version='2.0'><channel><item><title>{title}</title><link>{link}</link>{extra}</item></channel></rss>"
    (article,) = read(Document(feed, body.encode(), "application/rss+xml", feed.url, NOON)).articles
    return article


def whose(article: Article) -> tuple[str | None, ...]:
    return (article.outlet, article.publisher, article.affiliation, article.country, article.aggregator)


def source(name: str, host: str) -> str:
    return f'<source url="https://{host}">{name}</source>'


def test_a_source_with_a_feed_of_the_beat_is_that_publisher():
    found = one(source("Harbour", "www.harbour.example.org"))
    assert whose(found) == ("Harbour", "harbour_group", "state", "GB", "Google News: x")


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        (source("Bell Daily", "news.bell.example.org"), ("Bell Daily", "bell_group", "official", None)),
        (source("The Bell", "www.elsewhere.example"), ("The Bell", "bell_group", "official", None)),
        (source("Nobody", "www.nobody.example"), ("Nobody", "nobody.example", "independent", None)),
        (source("", "www.nobody.example"), ("nobody.example", "nobody.example", "independent", None)),
    ],
)
def test_a_source_is_known_by_name_or_domain(extra, expected):
    assert whose(one(extra)) == (*expected, "Google News: x")


def test_a_source_by_the_name_of_a_feed_that_another_host_serves_is_that_outlet():
    found = one(source("HARBOUR times", "harbour-times.example"))
    assert whose(found) == ("HARBOUR times", "harbour_group", "state", "GB", "Google News: x")


def test_a_name_that_outlets_of_two_families_share_names_neither():
    twin = Feed("t", "https://rss.twin.example/all", "Harbour Times", "twin_group", "en", "IE", "wire")
    article = made(source("Harbour Times", "harbour-times.example"))
    (found,) = attributed([article], [SEARCH, HARBOUR, twin], FAMILIES)
    assert whose(found) == ("Harbour Times", "harbour-times.example", "independent", None, "Google News: x")


def test_the_headline_is_without_the_name_of_the_source():
    assert one(source("The Bell", "bell.example.org"), "Ferry opens - The Bell").title == "Ferry opens"
    assert one("", "Ferry opens - The Bell").title == "Ferry opens - The Bell"


def test_a_search_that_only_links_to_the_outlet_names_it_too():
    bing = Feed("b", "https://www.bing.com/news/search?q=x&format=rss", "Bing", "bing.com")
    link = "http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;url=https%3a%2f%2fnews.bell.example.org%2f7&amp;c=1"
    found = one("<News:Source xmlns:News='https://www.bing.com/news'>Bell Daily</News:Source>", link=link, feed=bing)
    assert whose(found) == ("Bell Daily", "bell_group", "official", None, "Bing")
    assert found.url == "https://news.bell.example.org/7"


@pytest.mark.parametrize(
    "extra", [source("Harbour Times", "elsewhere.example"), source("Harbour", "www.example.org"), ""]
)
def test_a_feed_that_names_itself_passes_nothing_on(extra):
    found = one(extra, link="https://harbour.example.org/7", feed=HARBOUR)
    assert whose(found) == ("Harbour Times", "harbour_group", "state", "GB", None)


def test_a_sister_of_the_same_family_is_no_aggregator():
    sister = Feed("s", "https://sister.example/rss", "Bell Sister", "bell_group", "en", "FR", "wire")
    body = "<rss version='2.0'><channel><item><title>x</title><link>https://sister.example/1</link>" + source(
        "The Bell", "bell.example.org") + "</item></channel></rss>"  # fmt: skip
    made = read(Document(sister, body.encode(), "", sister.url, NOON)).articles
    assert whose(attributed(made, [sister], FAMILIES)[0]) == ("Bell Sister", "bell_group", "wire", "FR", None)


def test_a_search_for_one_publisher_passes_it_on_under_its_name():
    search = Feed("s", SEARCH.url, "Bell (search)", "bell_group", "en", "FR", "official")
    told = (
        f"<title>x</title><link>https://news.google.com/rss/articles/C</link>{source('The Bell', 'bell.example.org')}"
    )
    body = f"<rss version='2.0'><channel><item>{told}</item></channel></rss>"
    made = read(Document(search, body.encode(), "", search.url, NOON)).articles
    found = attributed(made, [search], FAMILIES)[0]
    assert whose(found) == ("The Bell", "bell_group", "official", None, "Bell (search)")


def test_families_may_tell_an_affiliation(tmp_path):
    path = tmp_path / "publishers.toml"
    path.write_text(PUBLISHERS + '"state"')
    assert read_publishers(path).affiliations == {"bell_group": "state"}
    path.write_text(PUBLISHERS + '"tabloid"')
    with pytest.raises(BeatError, match="publisher bell_group: affiliation 'tabloid' is none of state"):
        read_publishers(path)
