import gzip

from media_monitor.collect.formats.parse import parse

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://harbour.example/ferry?a=1&amp;b=2 </loc><lastmod>2025-04-28T10:00:00+03:00</lastmod>
<news:news><news:publication><news:name>Harbour News</news:name><news:language>ru</news:language></news:publication>
<news:publication_date>2025-04-28T09:00:00+03:00</news:publication_date>
<news:title>Паром &amp; поезд</news:title></news:news>
<image:image><image:loc>https://harbour.example/p.jpg</image:loc><image:title>A picture</image:title></image:image>
</url>
<url><loc>https://harbour.example/about</loc></url>
<url><loc>https://harbour.example/tide</loc><n:news xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<n:publication_date>2025-04-27</n:publication_date><n:title><![CDATA[Tide <b>tables</b>]]></n:title></n:news></url>
</urlset>"""


def test_a_news_sitemap_is_a_feed():
    parsed = parse(NEWS.encode())
    first, second = parsed.entries
    assert (first.title, first.language) == ("Паром &amp; поезд", "ru")
    assert first.link == first.guid == "https://harbour.example/ferry?a=1&b=2"
    assert (first.published_raw, first.updated_raw) == ("2025-04-28T09:00:00+03:00", "2025-04-28T10:00:00+03:00")
    assert (second.title, second.published_raw, second.updated_raw) == (
        "Tide &lt;b&gt;tables&lt;/b&gt;", "2025-04-27", None,
    )  # fmt: skip
    assert parsed.notes == ("1 addresses without a title of news were left out",)


def test_a_sitemap_file_may_be_packed():
    assert parse(gzip.compress(NEWS.encode())).entries == parse(NEWS.encode()).entries


def test_a_sitemap_without_titles_is_none():
    body = b"<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.example/2</loc></url></urlset>"
    assert parse(body).fault == "is a sitemap without titles of news (2 addresses), not a feed"
    assert parse(b"<urlset/>").fault == "is a sitemap without titles of news (0 addresses), not a feed"


def test_a_picture_s_title_is_no_news():
    body = NEWS.replace("news:title", "news:headline").replace("n:title", "n:headline").encode()
    assert parse(body).fault == "is a sitemap without titles of news (3 addresses), not a feed"


def test_an_index_names_the_sitemap_to_take():
    rows = [("posts-1.xml", "2025-04-28"), ("google-news.xml", "2024-01-01"), ("posts-2.xml", "2025-04-29")]
    index = "".join(f"<sitemap><loc>https://a.example/{n}</loc><lastmod>{d}</lastmod></sitemap>" for n, d in rows)
    told = "is an index of sitemaps, not a feed; it names a sitemap at https://a.example/"
    assert parse(f"<sitemapindex>{index}</sitemapindex>".encode()).fault == f"{told}google-news.xml"
    without = index.replace("google-news", "pages")
    parsed = parse(f"<sitemapindex>{without}</sitemapindex>".encode())
    assert parsed.fault == f"{told}posts-2.xml"
    assert parsed.sitemaps == tuple(f"https://a.example/{name}.xml" for name in ("posts-2", "posts-1", "pages"))
    assert len(parse(f"<sitemapindex>{index * 1000}</sitemapindex>".encode()).sitemaps) == 50


def test_a_sitemap_that_breaks_off_keeps_what_came_before():
    parsed = parse(NEWS[: NEWS.index("<n:title>")].encode())
    assert [entry.title for entry in parsed.entries] == ["Паром &amp; поезд"]
    assert "it breaks off; what came before was read" in parsed.notes
