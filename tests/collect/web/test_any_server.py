"""Headers and robots.txt of any words: a span of time that can be used, or none."""

import math
from datetime import UTC, datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st
from protego import Protego

from media_monitor.collect.politeness.hints import of_feed, of_server
from media_monitor.collect.web.domains import registrable
from media_monitor.collect.web.exchange import Exchange
from media_monitor.collect.web.faults import retry_after
from media_monitor.collect.web.reach import Reach
from media_monitor.collect.web.robots import AGENT, crawl_delay

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
WORDS = st.text(max_size=30) | st.sampled_from(
    [
        "Mon, 28 Apr 2025 09:00:00 -0000",
        "Mon, 28 Apr 2025 09:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Sat, 01 Jan 0001 00:00:00 +2359",
        "max-age=999999999",
        "120",
        "-5",
        "9" * 5_000,
        "1e9",
        "nan",
        "٣",
        "",
        " ",
    ]
)
HEADERS = st.lists(
    st.tuples(st.sampled_from(["Expires", "Date", "Cache-Control", "Retry-After", "Age"]), WORDS), max_size=4
)


@settings(max_examples=300, deadline=None)
@given(HEADERS)
@example([("Expires", "Mon, 28 Apr 2025 09:00:00 -0000"), ("Date", "Mon, 28 Apr 2025 08:00:00 GMT")])
@example([("Retry-After", "Mon, 28 Apr 2025 09:00:00 -0000")])
@example([("Retry-After", "9" * 5_000)])
def test_any_headers(headers):
    exchange = Exchange("https://a.example/", NOON, (), 429, "", tuple(headers), b"")
    for span in (of_server(exchange), retry_after(exchange, NOON)):
        assert span is None or timedelta(0) <= span < timedelta(days=10**7)


@given(*[st.none() | WORDS | st.sampled_from(["hourly", "Weekly"])] * 3)
@example("9" * 5_000, "hourly", "9" * 5_000)
def test_any_feed(ttl, period, frequency):
    span = of_feed(ttl, period, frequency)
    assert span is None or timedelta(0) <= span <= timedelta(minutes=10**6)


LINES = st.tuples(
    st.sampled_from(
        ["User-agent", "Disallow", "Allow", "Crawl-delay", "Sitemap", "Request-rate", "Visit-time", "\ufeffx"]
    ),
    WORDS | st.sampled_from(["*", "/", "/*$", "/%zz", "%", "/" + "*" * 40 + "x", "media-monitor"]),
).map(": ".join)


@settings(max_examples=200, deadline=2_000)
@given(
    st.lists(LINES, max_size=12).map("\n".join),
    st.sampled_from(["https://a.example/", "https://a.example/%zz?*=/" + "x" * 40]),
)
@example("User-agent: *\nCrawl-delay: nan", "https://a.example/")
@example("User-agent: *\nCrawl-delay: inf", "https://a.example/")
@example("User-agent: *\nCrawl-delay: -3", "https://a.example/")
def test_any_robots(text, url):
    rules = Protego.parse(text)
    assert rules.can_fetch(url, AGENT) in (True, False)
    delay = crawl_delay(rules)
    assert math.isfinite(delay)
    assert 0 <= delay <= 60


@given(st.text(max_size=60).map("http://".__add__) | st.text("htps:/[]@.%25:0a-", max_size=40).map("http://".__add__))
def test_any_address_has_a_domain_that_stays_its_own(url):
    domain = registrable(url)
    assert domain in (domain.lower(), url) or not domain.isascii()  # the whole of it where no host is named
    if domain and domain.isascii() and " " not in domain and not set(domain) & set("[]:/@%?#"):
        assert registrable(f"https://{domain}/x") == domain


@given(st.ip_addresses() | st.ip_addresses(v=6, network="::ffff:0:0/96") | st.ip_addresses(v=6, network="64:ff9b::/96"))
def test_no_address_of_a_private_network_is_reached_whatever_it_is_written_as(address):
    reach = Reach.of((), ())
    allowed = reach.objection("a.example", [str(address)], 443) is None
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    if not inner.is_global:
        assert not allowed
