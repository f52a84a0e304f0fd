import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_monitor.collect.articles.address import canonical_url
from media_monitor.collect.articles.page import identifies


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Example.ORG/A/b", "https://example.org/A/b"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:80", "http://example.org/"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://reader:secret@example.org/a", "https://example.org/a"),
        ("https://example.org/a?utm_source=rss&id=5&utm_medium=feed", "https://example.org/a?id=5"),
        ("https://example.org/a?z=1&fbclid=x&a=2", "https://example.org/a?z=1&a=2"),
        ("https://example.org/a?YCLID=1&gclid=2", "https://example.org/a"),
        ("https://example.org/a?from=rss&source=x", "https://example.org/a?from=rss&source=x"),
        ("https://example.org/a?q=%D0%B0&empty=", "https://example.org/a?q=%D0%B0&empty="),
        ("  https://example.org/a\n", "https://example.org/a"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/новости", "https://example.org/новости"),
        ("https://[2001:DB8::1]:443/a", "https://[2001:db8::1]/a"),
    ],
)
def test_the_canonical_form(url, canonical):
    assert canonical_url(url) == canonical


CARRIED = "https%3A%2F%2Fwww.outlet.example%2Fa%3Fid%3D5%26utm_source%3Drss"


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.google.com/url?rct=j&sa=t&url={CARRIED}&ct=ga&usg=x",
        f"https://www.google.co.kr/url?q={CARRIED}&sa=D",
        f"http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=68&url={CARRIED}&c=12&mkt=en-us",
        f"https://r.search.yahoo.com/_ylt=A0/RV=2/RE=17/RO=10/RU={CARRIED}/RK=2/RS=x-",
        f"https://l.facebook.com/l.php?u={CARRIED}&h=AT0",
        f"https://www.google.com/url?url=https%3A%2F%2Fwww.google.com%2Furl%3Furl%3D{CARRIED.replace('%', '%25')}",
        "https://www.google.com/amp/s/www.outlet.example/a%3Fid=5".replace("%3F", "?"),
        "https://www-outlet-example.cdn.ampproject.org/c/s/www.outlet.example/a?id=5&amp_js_v=0.1&usqp=x",
        "https://web.archive.org/web/20250428101500/https://www.outlet.example/a?id=5",
    ],
)
def test_an_address_inside_another_is_the_one_that_counts(url):
    assert canonical_url(url) == "https://www.outlet.example/a?id=5"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://outlet.example/url?url=https%3A%2F%2Fother.example%2Fa",
        "https://news.google.com/rss/articles/CBMiX0FVX3lx",
        "https://t.co/AbCdEf",
    ],
)
def test_an_address_that_tells_nothing_stays_as_it_is(url):
    assert canonical_url(url) == url


def test_some_parameters_track_on_some_hosts_only():
    assert canonical_url("https://en.yna.co.kr/view/AEN1?section=nk&input=rss") == "https://en.yna.co.kr/view/AEN1"
    assert canonical_url("https://outlet.example/view?section=nk") == "https://outlet.example/view?section=nk"


@pytest.mark.parametrize(
    "url",
    [None, "", "tag:example.org,2025:1", "javascript:alert(1)", "mailto:desk@example.org", "/a/b", "https://",
     "http://[::1", "https://example.org:99999/", "https://exa mple.org/"],
)  # fmt: skip
def test_what_is_no_web_address_has_none(url):
    assert canonical_url(url) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/", False),
        ("https://m.example.org/index.html", False),
        ("https://example.org/a", True),
        ("https://example.org/?p=5", True),
        ("https://news.google.com/rss/articles/CBMiX0FVX3lx", False),
    ],
)
def test_a_front_page_names_no_article(url, expected):
    assert identifies(url) is expected


URLS = st.builds(
    "{}://{}{}/{}?{}#{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["Example.org", "пример.рф", "[::1]", "a.b.c."]),
    st.sampled_from(["", ":80", ":443", ":8080"]),
    st.text(max_size=20),
    st.lists(st.sampled_from(["a=1", "utm_x=2", "fbclid", "b=&", "=", "%zz", " ", "é"])).map("&".join),
    st.text(max_size=5),
)


@given(URLS | st.text())
def test_canonical_urls_are_canonical(url):
    once = canonical_url(url)
    if once is not None:
        assert canonical_url(once) == once
        assert once.startswith(("http://", "https://"))
        assert not any(c.isspace() or ord(c) < 32 for c in once)
        assert "#" not in once
        once.encode("utf-8")
