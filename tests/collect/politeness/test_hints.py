from datetime import UTC, datetime, timedelta

import pytest

from media_monitor.collect.formats.parse import parse
from media_monitor.collect.politeness import hints
from media_monitor.collect.web.exchange import Exchange

NOON = datetime(2025, 4, 28, 12, tzinfo=UTC)
DATE = ("Date", "Mon, 28 Apr 2025 12:00:00 GMT")


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        ([], None),
        ([("Cache-Control", "public, max-age=3600")], 60),
        ([("cache-control", 'Max-Age = "600"')], 10),
        ([("Cache-Control", "s-maxage=60, max-age=1800"), ("Expires", "0"), DATE], 30),
        ([("Cache-Control", "no-cache, max-age=3600")], None),
        ([("Cache-Control", "public"), ("Cache-Control", "max-age=60")], 1),
        ([("Cache-Control", "max-age=soon")], None),
        ([DATE, ("Expires", "Mon, 28 Apr 2025 12:20:00 GMT")], 20),
        ([DATE, ("Expires", "Thu, 01 Jan 1970 00:00:00 GMT")], 0),
        ([DATE, ("Expires", "0")], None),
        ([("Expires", "Mon, 28 Apr 2025 12:20:00 GMT")], None),
    ],
)
def test_what_a_server_asks_for(headers, minutes):
    exchange = Exchange("https://a.example/", NOON, (), 200, "OK", tuple(headers))
    assert hints.of_server(exchange) == (None if minutes is None else timedelta(minutes=minutes))


SYNDICATION = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'


@pytest.mark.parametrize(
    ("inside", "minutes"),
    [
        ("", None),
        ("<ttl>30</ttl>", 30),
        ("<ttl>often</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 30),
        ("<sy:updatePeriod> Daily </sy:updatePeriod>", 1440),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 60),
        ("<ttl>90</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 90),
    ],
)
def test_what_a_feed_asks_for(inside, minutes):
    item = "<item><title>One</title></item>"
    document = f'<rss version="2.0" {SYNDICATION}><channel><title>A</title>{inside}{item}</channel></rss>'
    assert parse(document.encode()).hint == (None if minutes is None else timedelta(minutes=minutes))
