import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_monitor.collect.address import canonical_url, identifies


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


@pytest.mark.parametrize(
    "url",
    [None, "", "tag:example.org,2025:1", "javascript:alert(1)", "mailto:desk@example.org", "/a/b", "https://",
     "http://[::1", "https://example.org:99999/", "https://exa mple.org/"],
)  # fmt: skip
def test_what_is_no_web_address_has_none(url):
    assert canonical_url(url) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [("https://example.org/", False), ("https://example.org/a", True), ("https://example.org/?p=5", True)],
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
