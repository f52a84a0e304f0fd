"""What an attacker can put into a feed, each through the sandbox that real feeds go through."""

import gzip
import random
import time
from datetime import UTC, datetime

import pytest

from media_monitor.collect.reading import Document
from media_monitor.collect.sandbox import BROKEN_DOWN, TOO_SLOW, Sandbox
from media_monitor.sources import Feed

FEED = Feed("f", "https://a.example/rss", "Outlet", "a.example")
NOON = datetime(2025, 4, 28, 12, tzinfo=UTC)
PATIENT, SHORT = 20.0, 1.5  # seconds: for what is read, and for what need not be
MILLION = 10**6
ITEM = b"<item><title>Ferry</title><link>https://a.example/1</link></item>"
JSON = b'{"version":"https://jsonfeed.org/version/1.1","items":'
DEEP = "has elements nested more than 1,000 deep"
NESTED = [b"<!ENTITY b%d '%s'>" % (n, (b"&b%d;" % (n - 1) if n else b"ha") * 10) for n in range(9)]


def rss(inner: bytes = b"", doctype: bytes = b"") -> bytes:
    return doctype + b"<rss version='2.0'><channel>" + ITEM + inner + b"</channel></rss>"


def attributes() -> bytes:
    return b" ".join(b"a%d='1'" % number for number in range(MILLION))


def described(html: bytes) -> bytes:
    return rss(b"<item><description><![CDATA[" + html + b"]]></description></item>")


# Made when they are asked for: some take a second, or a hundred megabytes.
REFUSED = {
    "a billion laughs": lambda: (
        rss(b"&b8;", b"<!DOCTYPE r [" + b"".join(NESTED) + b"]>"),
        "declares nested entities ('b1')",
    ),
    "a long entity, often": lambda: (
        rss(b"<item><title>" + b"&a;" * 50_000, b"<!DOCTYPE r [<!ENTITY a '" + b"x" * 50_000 + b"'>]>"),
        "declares entities that expand to more than 1,000,000 characters",
    ),
    "an endless doctype": lambda: (b"<!DOCTYPE r [" * 300_000, "is not a feed"),
    "an endless comment": lambda: (b"<!-- " * MILLION, "is not a feed"),
    "an endless declaration": lambda: (
        b"<?xml encoding=" + b" " * MILLION + b"?>" + rss(),
        "has 1,000,017 characters before",
    ),
    "zeros": lambda: (b"\x00" * 10 * MILLION, "is empty"),
    "blanks packed by gzip": lambda: (gzip.compress(b" " * 500 * MILLION), "is empty"),
    "gzip in gzip": lambda: (gzip.compress(gzip.compress(rss())), "is not a feed"),
    "random bytes": lambda: (random.Random(1).randbytes(2 * MILLION), "is not a feed"),
    "a picture": lambda: (b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(MILLION), "is not a feed"),
    "elements a million deep": lambda: (rss(b"<a>" * MILLION + b"</a>" * MILLION), DEEP),
    "elements a million deep and never closed": lambda: (rss(b"<a>" * MILLION), DEEP),
    "items a million deep": lambda: (b"<rss><channel>" + b"<item>" * MILLION + b"</item>" * MILLION, DEEP),
    "addresses a million deep": lambda: (b"<urlset>" + b"<url>" * MILLION, DEEP),
    "nested JSON": lambda: (JSON + b"[" * MILLION, "is JSON nested too deeply to be read"),
    "JSON of a million keys": lambda: (
        b"{" + b",".join(b'"k%d":1' % n for n in range(MILLION)) + b"}",
        "is not a feed",
    ),
}  # fmt: skip
READ = {
    "zeros in and after it": lambda: (rss(b"<item><title>a\x00b</title></item>") + b"\x00" * MILLION, 2),
    "fifty megabytes of CDATA": lambda: (described(b"x" * 50 * MILLION), 2),
    "CDATA without end": lambda: (rss()[:-16] + b"<item><description>" + b"<![CDATA[" * MILLION, 1),
    "100,000 elements side by side": lambda: (rss(b"<a/>" * (MILLION // 10)), 1),
    "elements 900 deep, a hundred times": lambda: (rss((b"<a>" * 900 + b"</a>" * 900) * 100), 1),
    "a million elements in a text": lambda: (described(b"<div>" * MILLION), 2),
    "a million open frames": lambda: (described(b"<iframe>" * (MILLION // 10)), 2),
    "a million smaller-than signs": lambda: (described(b"< " * MILLION), 2),
    "comments without end": lambda: (rss(b"<!--" * MILLION), 1),
    "instructions without end": lambda: (rss(b"<?" * MILLION), 1),
    "random bytes in a title": lambda: (
        rss(b"<item><title>" + random.Random(3).randbytes(MILLION) + b"</title></item>"),
        None,
    ),
    "a title of ten megabytes": lambda: (rss(b"<item><title>" + b"y" * 10 * MILLION + b"</title></item>"), 2),
    "a date of a megabyte": lambda: (rss(b"<item><pubDate>" + b"1" * MILLION + b"</pubDate></item>"), 2),
    "a link of two megabytes": lambda: (rss(b"<item><link>http://" + b"a." * MILLION + b"</link></item>"), 2),
    "300,000 items": lambda: (rss(ITEM * 300_000), 2_000),
    "a million items of JSON": lambda: (JSON + b"[" + b"{}," * MILLION + b"{}]}", 2_000),
    "a number of five million digits": lambda: (JSON + b'[{"id":' + b"9" * 5 * MILLION + b"}]}", 1),
}
EITHER = {
    "a million attributes": lambda: rss(b"<item " + attributes() + b"/>"),
    "a million attributes in a text": lambda: described(b"<p " + attributes() + b">x</p>"),
    "a million times one attribute": lambda: rss(b"<item " + b"a='1' " * MILLION + b"/>"),
    "100,000 namespaces": lambda: rss(b"<x " + b" ".join(b"xmlns:a%d='u%d'" % (n, n) for n in range(100_000)) + b"/>"),
    "a name of 100,000 dots": lambda: rss(b"<item><author>" + b"a." * 100_000 + b"</author></item>"),
    "a million ampersands": lambda: rss(b"<item><title>" + b"&" * MILLION + b"</title></item>"),
    "a base of a million steps": lambda: rss(b"<item xml:base='" + b"../" * MILLION + b"'><link>x</link></item>"),
    "a sitemap of 500,000 addresses": lambda: b"<urlset>" + b"<url><loc>https://a.example/1</loc></url>" * 500_000,
}  # fmt: skip


def survive(body: bytes, seconds: float):
    """The reading of the body, after which the same sandbox reads an honest feed."""
    start = time.monotonic()
    with Sandbox(seconds) as sandbox:
        reading = sandbox.read(Document(FEED, body, "", FEED.url, NOON))
        assert [a.title for a in sandbox.read(Document(FEED, rss(), "", FEED.url, NOON)).articles] == ["Ferry"]
    # Two processes start, and large documents go there through a pipe.
    assert time.monotonic() - start < seconds + 12
    assert not (reading.fault or "").startswith((BROKEN_DOWN, "cannot be parsed"))
    return reading


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_with_a_reason(what):
    body, fault = REFUSED[what]()
    reading = survive(body, PATIENT)
    assert (reading.fault or "").startswith(fault), reading.fault
    assert reading.articles == ()


@pytest.mark.parametrize("what", READ)
def test_it_does_not_keep_the_honest_item_from_being_read(what):
    body, entries = READ[what]()
    reading = survive(body, PATIENT)
    assert reading.fault is None
    assert entries in (len(reading.articles), None)
    assert max(len(a.title) + len(a.text or "") for a in reading.articles) <= 101_000


@pytest.mark.parametrize("what", EITHER)
def test_it_is_read_or_given_up_in_time(what):
    reading = survive(EITHER[what](), SHORT)
    assert reading.fault is None or reading.fault.startswith((TOO_SLOW, "is a sitemap without titles"))
