"""Addresses of one page have one key; addresses of two articles never have."""

import time
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_monitor.collect.articles.address import canonical_url
from media_monitor.collect.articles.page import page_key

ONE_PAGE = {
    "https://outlet.example.org/2025/04/28/ferry-line-opens": [
        "http://outlet.example.org/2025/04/28/ferry-line-opens",
        "https://outlet.example.org/2025/04/28/ferry-line-opens/",
        "https://outlet.example.org//2025/04/28/ferry-line-opens",
        "https://outlet.example.org/2025/04/28/ferry-line-opens/index.html",
        "https://www.outlet.example.org/2025/04/28/ferry-line-opens#comments",
        "https://m.outlet.example.org/2025/04/28/ferry-line-opens",
        "https://www.m.outlet.example.org/2025/04/28/ferry-line-opens",
        "https://mobile.outlet.example.org/2025/04/28/ferry-line-opens?utm_source=rss",
        "https://amp.outlet.example.org/2025/04/28/ferry-line-opens",
        "https://outlet.example.org/2025/04/28/ferry-line-opens/amp",
        "https://outlet.example.org/2025/04/28/ferry-line-opens/amp/",
        "https://outlet.example.org/amp/2025/04/28/ferry-line-opens",
        "https://outlet.example.org/2025/04/28/ferry-line-opens?amp=1",
        "https://outlet.example.org/2025/04/28/ferry-line-opens.amp",
        "https://www.google.com/amp/s/outlet.example.org/2025/04/28/ferry-line-opens",
        "https://outlet-example-org.cdn.ampproject.org/c/s/outlet.example.org/2025/04/28/ferry-line-opens?usqp=x",
    ],
    "https://outlet.example/view?a=1&id=5": ["http://www.outlet.example/view/?id=5&a=1", "https://outlet.example/view?id=5&fbclid=x&a=1"],
    "https://outlet.example/?p=5": ["https://outlet.example/index.php?p=5"],
    "https://outlet.example/%D0%BC%D0%BE%D1%81%D1%82": ["https://outlet.example/мост", "https://outlet.example/%d0%bc%d0%be%d1%81%d1%82"],
    "https://en.yna.co.kr/view/AEN1": ["https://m-en.yna.co.kr/view/AEN1", "https://m-en.yna.co.kr/amp/view/AEN1"],
    "https://yna.co.kr/view/AKR2025": ["https://www.yna.co.kr/view/AKR2025?section=nk", "https://m.yna.co.kr/amp/view/AKR2025"],
    "https://www.dw.com/en/bridge-closed/a-72345678": ["https://www.dw.com/en/bridge-closed-for-good/a-72345678"],
    "https://www.bbc.com/news/world-1": ["https://www.bbc.co.uk/news/world-1?at_medium=RSS", "https://www.bbc.com/news/world-1.amp"],
    "https://n.news.naver.com/article/001/0015": [
        "https://n.news.naver.com/mnews/article/001/0015",
        "https://news.naver.com/main/read.naver?mode=LSD&mid=shm&sid1=100&oid=001&aid=0015",
    ],
}  # fmt: skip

ARTICLES = [
    *(url for url in ONE_PAGE),
    "https://outlet.example.org/2025/04/28/ferry-line-opens-2",
    "https://outlet.example.org/2025/04/29/ferry-line-opens",
    "https://outlet.example.org/2025/04/28/Ferry-Line-Opens",
    "https://outlet.example.org/topics/amp",
    "https://outlet.example.org/topics",
    "https://outlet.example.org/amp",
    "https://outlet.example.org/what-an-amp",
    "https://outlet.example.org/",
    "https://sport.outlet.example.org/2025/04/28/ferry-line-opens",
    "https://outlet.example.org:8443/2025/04/28/ferry-line-opens",
    "https://outlet.example/view?a=2&id=5",
    "https://outlet.example/view?a=1&id=5&page=2",
    "https://outlet.example/m/5",
    "https://outlet.example/5",
    "https://m.uk/a",
    "https://www.dw.com/en/bridge-closed/a-72345679",
    "https://www.dw.com/en/bridge-closed/video-72345678",
    "https://mobile.de/a",
    "https://de/a",
]


@pytest.mark.parametrize(("url", "other"), [(url, other) for url, others in ONE_PAGE.items() for other in others])
def test_editions_of_one_page_have_one_key(url, other):
    assert page_key(canonical_url(other)) == page_key(canonical_url(url))


@pytest.mark.parametrize(("one", "other"), list(combinations(ARTICLES, 2)))
def test_two_articles_have_two_keys(one, other):
    assert page_key(canonical_url(one)) != page_key(canonical_url(other))


@given(
    st.builds(
        "http://{}{}/{}?{}".format,
        st.sampled_from(["", "www.", "m.", "amp.m."]),
        st.sampled_from(["example.org", "пример.рф", "[::1]", "10.0.0.1", "localhost:8080", "org"]),
        st.lists(st.sampled_from(["amp", "a-1", "index.html", "x.amp", "%d0", "ü", "m", ""]), max_size=6).map("/".join),
        st.lists(st.sampled_from(["amp=1", "id=1", "b", "%zz"])).map("&".join),
    )
)
def test_a_key_is_the_key_of_itself(url):
    canonical = canonical_url(url)
    if canonical is not None:
        key = page_key(canonical)
        assert page_key(canonical_url(key)) == key
        assert key.startswith("https://")


def test_an_address_made_of_marks_takes_no_time():
    start = time.process_time()
    for url in ("https://a.example/" + "index.html/" * 20_000, "https://spiegel.de/" + "-a-0" * 20_000 + "-amp"):
        page_key(url)
    assert time.process_time() - start < 1
