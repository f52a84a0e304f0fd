"""`media-monitor feeds add`: a feed found from its address, a page's, or where sites mostly have one."""

import json
import os
import subprocess
import sys

import pytest
from tests.commands.conftest import rss

from media_monitor.beat import Beat
from media_monitor.collect.lists.feeds import load_feeds
from media_monitor.config import PACKAGE, variables
from media_monitor.launch.samples import ON_LOOPBACK

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko-KR"><title>항구 신문</title>
<link href="https://harbour.example/"/><id>x</id><updated>2025-04-28T00:00:00Z</updated>
<entry><title>다리가 열렸다</title>
<id>1</id><link href="https://harbour.example/1"/><updated>2025-04-28T00:00:00Z</updated></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Lighthouse",
        "home_page_url": "https://lighthouse.example/",
        "language": "fr",
        "items": [{"id": "1", "url": "https://lighthouse.example/1", "title": "Le phare est ouvert"}],
    }
)

SITEMAP = """<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://quay.example/1</loc>
<news:news><news:title>Ferry line opens</news:title></news:news></url></urlset>"""


def page(*links, base=""):
    return f"<!DOCTYPE html><html><head><title>Quay</title>{base}{''.join(links)}</head><body><p>News</p></body></html>"


def link(href, kind="application/rss+xml", title="", rel="alternate"):
    return f'<link rel="{rel}" type="{kind}" title="{title}" href="{href}">'


@pytest.fixture
def mine(tmp_path):
    return tmp_path / "mine.opml"


@pytest.fixture
def listed(tmp_path):
    """The feeds of an OPML file, as a run reads them."""
    return lambda path: load_feeds(Beat(tmp_path, "harbour", {}), path)


def test_the_address_of_a_feed(site, run, mine, listed):
    url = site.put("/news.xml", rss("Ferry line opens", language="en-GB"), "application/rss+xml")
    done = run("feeds", "add", url, "--opml", mine)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{mine}: added Quay News (en, 1 items): {url}\n"
    (feed,) = listed(mine)
    assert (feed.url, feed.outlet, feed.language, feed.affiliation, feed.tier) == (
        url,
        "Quay News",
        "en",
        "independent",
        3,
    )
    assert 'htmlUrl="https://quay.example/"' in mine.read_text()
    assert "media-monitor/" in site.asked[0][1]["User-Agent"]


def test_what_is_said_wins_over_what_the_feed_says(site, told, mine, listed):
    url = site.put("/news.xml", rss("Ferry line opens", language="en"), "application/rss+xml")
    own = ("--language", "ko", "--country", "KR", "--affiliation", "wire", "--publisher", "harbour", "--tier", 1)
    added = told("feeds", "add", url, "--opml", mine, "--title", "Port & Wire", *own)
    assert added["mm:tier"] == "1"
    (feed,) = listed(mine)
    assert (feed.outlet, feed.language, feed.country) == ("Port & Wire", "ko", "KR")
    assert (feed.affiliation, feed.publisher, feed.tier) == ("wire", "harbour", 1)


def test_the_setting_names_the_list(site, run, mine, listed):
    url = site.put("/news.xml", rss("Ferry line opens"), "application/rss+xml")
    assert run("feeds", "add", url, MEDIA_MONITOR_FEEDS=str(mine)).returncode == 0
    assert [feed.url for feed in listed(mine)] == [url]


@pytest.mark.parametrize(
    ("kind", "body", "title", "language"),
    [
        ("application/rss+xml", rss("Ferry line opens", language="en"), "Quay News", "en"),
        ("application/atom+xml", ATOM, "항구 신문", "ko"),
        ("application/feed+json", JSON_FEED, "Lighthouse", "fr"),
    ],
)
def test_a_page_that_names_its_feed(site, run, mine, listed, kind, body, title, language):
    feed_url = site.put("/feeds/all", body, kind)
    url = site.put("/world/page.html", page(link("feeds/all", f"{kind}; charset=utf-8"), base='<base href="/">'))
    done = run("feeds", "add", url, "--opml", mine)
    assert done.returncode == 0, done.stderr
    assert [(f.url, f.outlet, f.language) for f in listed(mine)] == [(feed_url, title, language)]


def test_of_several_one_is_picked(site, run, mine, listed):
    links = (
        link("/comments/feed", title="Comments"),
        link("/world.xml", title="World"),
        link("/asia.json", "application/feed+json", "Asia"),
        link("/world.xml?utm_source=page", title="World again"),
        link("javascript:alert(1)"),
        link("/style.css", "text/css"),
        link("/print", rel="stylesheet"),
    )
    url = site.put("/", page(*links))
    site.put("/asia.json", JSON_FEED, "application/feed+json")
    done = run("feeds", "add", url, "--opml", mine)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == f"error: {url}: names 3 feeds; choose one with --pick 1 … 3"
    rows = [line for line in done.stderr.splitlines() if "http" in line and "│" in line]
    assert [row.split("│")[2].strip() for row in rows] == ["World", "Asia", "Comments"]
    assert not mine.exists()
    assert run("feeds", "add", url, "--opml", mine, "--pick", 2).returncode == 0
    assert [feed.url for feed in listed(mine)] == [site.url("/asia.json")]
    assert f"{url}: names 3 feeds; there is no number 9" in run("feeds", "add", url, "--opml", mine, "--pick", 9).stderr


def test_what_a_chosen_page_names_is_not_followed_in_circles(site, run, mine):
    url = site.put("/", page(link("/", title="Itself"), link("/again", title="Again")))
    done = run("feeds", "add", url, "--opml", mine, "--pick", 1)
    assert done.returncode == 1
    assert done.stderr == f"error: {url}: is no feed, and names 2; add one of these: {url} …\n"
    assert len(site.asked) == 2


def sitemaps(site, *names):
    rows = (f"<sitemap><loc>{site.url(name)}</loc></sitemap>" for name in names)
    return site.put("/sitemap.xml", f"<sitemapindex>{''.join(rows)}</sitemapindex>", "application/xml")


def test_of_an_index_of_sitemaps_the_one_of_news_is_taken(site, run, mine, listed):
    url = sitemaps(site, "/pages.xml", "/google-news.xml")
    site.put("/google-news.xml", SITEMAP, "application/xml")
    done = run("feeds", "add", url, "--opml", mine)
    assert done.returncode == 0, done.stderr
    assert [feed.url for feed in listed(mine)] == [site.url("/google-news.xml")]
    assert [path for path, _ in site.asked] == ["/sitemap.xml", "/google-news.xml"]


def test_of_several_sitemaps_of_news_one_is_picked(site, run, mine, listed):
    url = sitemaps(site, "/news-en.xml", "/news-ko.xml")
    site.put("/news-ko.xml", SITEMAP, "application/xml")
    assert "names 2 feeds; choose one with --pick 1 … 2" in run("feeds", "add", url, "--opml", mine).stderr
    assert run("feeds", "add", url, "--opml", mine, "--pick", 2).returncode == 0
    assert [feed.url for feed in listed(mine)] == [site.url("/news-ko.xml")]


def test_an_index_without_a_name_of_news_is_followed_to_five_sitemaps_and_no_further(site, run, mine, listed):
    url = sitemaps(site, *(f"/{n}.xml" for n in range(9)))
    site.put("/0.xml", f"<sitemapindex><sitemap><loc>{url}</loc></sitemap></sitemapindex>", "application/xml")
    done = run("feeds", "add", url, "--opml", mine)
    assert done.returncode == 1
    assert f"{url}: is an index of sitemaps, and no news can be read in {site.url('/0.xml')}, " in done.stderr
    assert [path for path, _ in site.asked] == ["/sitemap.xml", *(f"/{n}.xml" for n in range(5))]
    site.put("/3.xml", SITEMAP, "application/xml")
    assert run("feeds", "add", url, "--opml", mine).returncode == 0
    assert [feed.url for feed in listed(mine)] == [site.url("/3.xml")]


def test_of_several_a_person_at_a_terminal_is_asked(site, mine, listed, tmp_path):
    url = site.put("/", page(link("/world.xml", title="World"), link("/asia.json", "application/feed+json", "Asia")))
    site.put("/asia.json", JSON_FEED, "application/feed+json")
    ours, theirs = os.openpty()
    settings = {
        "MEDIA_MONITOR_HOME": str(tmp_path / "home"),
        "PYTHONPATH": str(PACKAGE.parent),
        **variables(ON_LOOPBACK),
    }
    done = subprocess.run(
        [sys.executable, "-c", "from media_monitor.cli import main; main()", "feeds", "add", url, "--opml", str(mine)],
        env={**os.environ, **settings},
        input="7\n2\n",
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        timeout=120,
        check=False,
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert done.returncode == 0, shown
    assert "World" in shown
    assert [feed.url for feed in listed(mine)] == [site.url("/asia.json")]


def test_a_page_that_names_none_is_tried_where_feeds_mostly_are(site, run, mine, listed):
    url = site.put("/world/today", page())
    site.put("/rss.xml", rss("Ferry line opens"), "application/rss+xml")
    assert run("feeds", "add", url, "--opml", mine).returncode == 0
    assert [feed.url for feed in listed(mine)] == [site.url("/rss.xml")]
    assert [path for path, _ in site.asked] == ["/world/today", "/feed", "/rss", "/rss.xml"]


def test_guesses_keep_the_distance_between_requests(site, run, mine):
    url = site.put("/", page())
    done = run("feeds", "add", url, "--opml", mine, MEDIA_MONITOR_HOST_SPACING_SECONDS="0.2")
    told = "is an HTML page, not a feed; it names none, and none is at /feed, /rss, /rss.xml, /atom.xml, /feed.json"
    assert done.stderr == f"error: {url}: {told}\n"
    assert done.returncode == 1
    assert len(site.asked) == 6


def test_the_language_of_the_items_where_the_feed_tells_none(site, run, mine, listed):
    url = site.put("/news.xml", rss("Мост через реку открыли для машин", "Паром снова ходит"), "application/rss+xml")
    assert run("feeds", "add", url, "--opml", mine).returncode == 0
    assert listed(mine)[0].language == "ru"


def test_a_move_for_good_is_followed_and_another_one_is_not(site, run, mine, listed):
    site.put("/new.xml", rss("Ferry line opens"), "application/rss+xml")
    old = site.put("/old.xml", status=301, Location="/new.xml")
    passing = site.put("/today.xml", status=302, Location="/new.xml")
    assert run("feeds", "add", old, "--opml", mine).returncode == 0
    assert [feed.url for feed in listed(mine)] == [site.url("/new.xml")]
    assert run("feeds", "add", passing, "--opml", mine).returncode == 0
    assert [feed.url for feed in listed(mine)] == [site.url("/new.xml"), passing]


def test_what_is_there_already_is_named_with_its_line(site, run, mine):
    url = site.put("/news.xml", rss("Ferry line opens"), "application/rss+xml")
    assert run("feeds", "add", url, "--opml", mine).returncode == 0
    before = mine.read_bytes()
    again = run("feeds", "add", f"{url}?utm_source=x", "--opml", mine)
    assert again.returncode == 1
    assert f"is in the list already: {mine}:7, Quay News" in again.stderr
    assert mine.read_bytes() == before


def test_a_list_of_ones_own_keeps_its_folders_comments_and_unknown_attributes(site, run, mine):
    mine.write_text(
        '<?xml version="1.0"?>\n<opml version="1.0"><head><title>Mine</title></head><body>\n'
        '  <!-- of friends -->\n  <outline text="Asia">\n'
        '    <outline text="Harbour" xmlUrl="https://harbour.example/rss" custom="kept"/>\n  </outline>\n</body></opml>'
    )
    url = site.put("/news.xml", rss("Ferry line opens", language="en"), "application/rss+xml")
    assert run("feeds", "add", url, "--opml", mine).returncode == 0
    after = mine.read_text()
    assert "<!-- of friends -->" in after
    assert 'custom="kept"' in after
    assert after.index("Harbour") < after.index("Quay News") < after.index("</body>")
    assert after.count("\n  <outline") == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("https://a.example/feed",), "error: feeds: which list? Give --opml FILE or the setting MEDIA_MONITOR_FEEDS"),
        (("ftp://a.example/feed", "--opml", "x.opml"), "the address is 'ftp://a.example/feed', which is no http or"),
        (
            ("http://10.1.2.3/feed", "--opml", "x.opml"),
            "error: http://10.1.2.3/feed: is not asked: 10.1.2.3 is no public",
        ),
        (("http://127.0.0.1:1/feed", "--opml", "x.opml"), "error: http://127.0.0.1:1/feed: no connection"),
    ],
)
def test_what_cannot_be_added_is_told_in_one_line(run, arguments, told):
    done = run("feeds", "add", *arguments)
    assert done.returncode == 1
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_lists_of_the_package_are_not_written_to(site, run):
    url = site.put("/news.xml", rss("Ferry line opens"), "application/rss+xml")
    shipped = PACKAGE / "beats" / "dprk_russia" / "feeds.opml"
    before = shipped.read_bytes()
    done = run("feeds", "add", url, "--opml", shipped)
    assert done.returncode == 1
    assert "belongs to the package; keep a list of your own" in done.stderr
    assert shipped.read_bytes() == before


def test_a_faulty_list_is_named_with_its_line_before_anything_is_asked(site, run, mine):
    mine.write_text(
        '<opml xmlns:mm="urn:media-monitor:opml"><body>\n<outline xmlUrl="http://x.example" mm:tier="a"/></body></opml>'
    )
    done = run("feeds", "add", site.put("/news.xml", rss("x"), "application/rss+xml"), "--opml", mine)
    assert done.stderr == f"error: {mine}:2: mm:tier 'a' must be a number from 1 to 9\n"
    assert site.asked == []
