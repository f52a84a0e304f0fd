import pytest

from media_monitor.collect.lists.discover import GUESSES, Named, find, guesses, names
from media_monitor.collect.reading import Document, read
from media_monitor.errors import FeedError

PAGE = "https://quay.example/world/page.html"


def found(*links, head=""):
    return names(f"<html><head>{head}{''.join(links)}</head><body></body></html>", PAGE)


def link(href, kind="application/rss+xml", rel="alternate", title=""):
    return f'<link rel="{rel}" type="{kind}" href="{href}" title="{title}">'


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://feeds.example/a", "https://feeds.example/a"),
        ("//feeds.example/a", "https://feeds.example/a"),
        ("/a", "https://quay.example/a"),
        ("a", "https://quay.example/world/a"),
        ("?feed=rss2", "https://quay.example/world/page.html?feed=rss2"),
        ("  /a\n", "https://quay.example/a"),
    ],
)
def test_links_are_read_as_a_browser_reads_them(href, url):
    assert [one.url for one in found(link(href))] == [url]


@pytest.mark.parametrize(
    "other",
    [
        link("/a", rel="stylesheet"),
        link("/a", kind="text/html"),
        link("/a", kind=""),
        link(""),
        link("javascript:x"),
        link("file:///etc/passwd"),
        link("https://[broken/"),
        '<link type="application/rss+xml" href="/a">',
        '<link rel type href="/a">',
    ],
)
def test_what_is_no_link_to_a_feed_is_left_out(other):
    assert found(other) == ()


def test_kinds_titles_and_order_with_comments_last():
    links = (
        link("/c", title="Comments on Quay"),
        link("/a", "application/atom+xml", "ALTERNATE home", "  All\n news "),
        link("/j", "Application/Feed+JSON; charset=utf-8"),
        link("http://www.quay.example/a/"),
    )
    assert found(*links) == (
        Named("https://quay.example/a", "All news", "Atom"),
        Named("https://quay.example/j", "", "JSON Feed"),
        Named("https://quay.example/c", "Comments on Quay", "RSS"),
    )


def test_a_base_counts_and_a_broken_one_does_not():
    assert [one.url for one in found(link("a"), head='<base href="/feeds/">')] == ["https://quay.example/feeds/a"]
    assert [one.url for one in found(link("a"), head='<base href="https://[x/">')] == ["https://quay.example/world/a"]


def test_a_page_of_very_many_links_is_cut_off():
    assert len(found(*(link(f"/{n}") for n in range(20_000)))) == 50


def test_guesses_are_at_the_root_of_the_site():
    assert guesses(PAGE) == [f"https://quay.example{path}" for path in GUESSES]


def test_a_page_whose_only_named_feed_is_none_says_so(server, settings):
    with pytest.raises(FeedError, match=r"it names only http://127\.0\.0\.1:\d+/rss\.xml, which is no feed"):
        find(server.url("/html"), settings)
    assert [path for path, _ in server.asked] == ["/html", "/rss.xml"]


@pytest.mark.parametrize("path", ["/403", "/silent", "/entity-bomb", "/60-mb", "/reset"])
def test_what_cannot_be_read_is_told(server, settings, path):
    with pytest.raises(FeedError, match=server.url(path)):
        find(server.url(path), settings)


@pytest.mark.parametrize(
    ("body", "channel"),
    [
        (
            "<rss version='2.0'><channel><title>Quay &amp;amp; Pier</title><link>https://q.example/</link>"
            "<language>EN-us</language><item><title>x</title></item></channel></rss>",
            ("Quay &amp; Pier", "https://q.example/", "en"),
        ),
        (
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='ko'><title>부두</title><link href='https://q.example/'/>"
            "<entry><title>x</title><id>1</id></entry></feed>",
            ("부두", "https://q.example/", "ko"),
        ),
        (
            '{"version": "https://jsonfeed.org/version/1", "title": "A < B", "home_page_url": "https://q.example/",'
            ' "items": [{"id": 1}]}',
            ("A &lt; B", "https://q.example/", None),
        ),
        ("<rss version='2.0'><channel><item><title>x</title></item></channel></rss>", (None, None, None)),
    ],
)
def test_what_a_feed_tells_of_itself(server, settings, body, channel):
    told = read(Document(server.feed("/x"), body.encode(), "", "https://q.example/feed", settings.now())).channel
    assert (told.title, told.page, told.language) == channel
