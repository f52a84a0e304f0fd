"""Feed lists of any bytes and values: subscriptions, or one line that names the file; written, they are read back."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fuzz import targets
from media_monitor.collect.lists.feeds import feed_of
from media_monitor.collect.lists.opml import read_opml, write_opml
from media_monitor.collect.lists.publishers import Families
from media_monitor.sources import Feed

NOBODY = Families({}, {}, {})
PIECES = st.sampled_from(
    [
        b"<opml>",
        b"</opml>",
        b"<body>",
        b"<outline ",
        b'xmlUrl="x"',
        b"xmlUrl=''",
        b" mm:id='a'",
        b" mm:idd='a'",
        b" mm:tier='0'",
        b" mm:country='kr'",
        b" xmlns:mm='urn:media-monitor:opml'",
        b"/>",
        b">",
        b"<?xml version='1.0' encoding='ascii'?>",
        b"<?xml version='1.0' encoding='x-no-such'?>",
        b"<!DOCTYPE a [<!ENTITY e 'x'>]>",
        b"&e;",
        b"&#0;",
        b"\xff\xfe",
        b"\x00",
        b" language='unknown'",
        b"feed:",
        b"http://[::1",
        b'"',
        b"<![CDATA[",
        b"\n",
    ]
) | st.binary(max_size=4)
TEXT = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=20).map(str.strip)
FEEDS = st.builds(
    Feed,
    feed_id=TEXT.filter(bool),
    url=TEXT.map("https://harbour.example/".__add__),
    outlet=TEXT.filter(bool),
    publisher=TEXT.filter(bool),
    language=st.sampled_from([None, "en", "zh"]),
    country=st.sampled_from([None, "KR"]),
    affiliation=st.sampled_from(["state", "independent", "wire", "official"]),
    tier=st.integers(1, 9),
    note=TEXT,
    full_text=st.sampled_from([None, True, False]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=25).map(b"".join), st.booleans())
@example(b"", False)
@example(b"<outline>" * 60, True)
def test_any_bytes(data, dressed):
    targets.opml(b"<opml version='2.0' xmlns:mm='urn:media-monitor:opml'><body>" + data if dressed else data)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(feeds=st.lists(FEEDS, max_size=4), title=TEXT)
def test_what_is_written_is_read_back(tmp_path: Path, feeds, title):
    path = tmp_path / "feeds.opml"
    path.write_text(write_opml(feeds, title), encoding="utf-8")
    assert [feed_of(outline, NOBODY) for outline in read_opml(path)] == feeds


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.sampled_from(["1", "1.5", "nan", "true", '"x"', "2025-04-28", "1979-05-27T07:32:00Z", "{}"]),
        lambda inner: st.lists(inner, max_size=3).map(lambda some: f"[{', '.join(some)}]"),
        max_leaves=4,
    ),
    st.sampled_from(
        [
            "publisher = %s",
            "[[publisher]]\nid = %s",
            "[[publisher]]\nid = 'a'\noutlets = %s",
            "[[publisher]]\nid='a'\nwhy = %s",
        ]
    ),
)
@example("[" * 5_000, "publisher = %s")
@example("9" * 5_000, "publisher = %s")
def test_publishers_of_any_kind(value, where):
    targets.toml((where % value).encode())


@pytest.mark.parametrize("data", [b"\xff", b"a = 1\x00", b"[publisher]\nid = 1", b"[[publisher]]\n[[publisher.id]]"])
def test_publishers_of_bytes_that_are_none(data):
    targets.toml(data)
