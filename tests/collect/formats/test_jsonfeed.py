import json

import pytest

from media_monitor.collect.formats.parse import parse
from media_monitor.collect.formats.parsed import MOST_ITEMS

FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Harbour News",
    "home_page_url": "https://harbour.example/",
    "language": "ko-KR",
    "authors": [{"name": "The desk"}],
    "items": [
        {
            "id": "2025-1",
            "url": "/ferry",
            "external_url": "https://other.example/ferry",
            "title": "Ferry & train < boat",
            "content_html": "<p>The ferry <b>runs</b> again.</p>",
            "summary": "It runs.",
            "date_published": "2025-04-28T09:00:00+09:00",
            "date_modified": "2025-04-28T10:00:00+09:00",
            "authors": [{"name": "Ann Port"}, {"url": "https://nameless.example/"}, {"name": "Bo Quay"}],
        },
        {"id": 77, "external_url": "https://other.example/note", "content_text": "a < b & c\nsecond line"},
    ],
}


def fed(**changes) -> bytes:
    return json.dumps({**FEED, **changes}, ensure_ascii="ud800" in repr(changes)).encode()


def item(**fields):
    (entry,) = parse(fed(items=[fields]), "application/feed+json", "https://harbour.example/feed.json").entries
    return entry


def test_every_field_of_an_item_has_its_place():
    first, second = parse(fed(), "application/feed+json", "https://harbour.example/feed.json").entries
    assert first.title == "Ferry &amp; train &lt; boat"
    assert (first.link, first.guid) == ("https://harbour.example/ferry", "2025-1")
    assert first.summary_html == "<p>The ferry <b>runs</b> again.</p>"
    assert (first.published_raw, first.updated_raw) == ("2025-04-28T09:00:00+09:00", "2025-04-28T10:00:00+09:00")
    assert (first.authors, first.language) == (("Ann Port", "Bo Quay"), "ko")
    assert (second.title, second.link, second.guid) == ("", "https://other.example/note", "77")
    assert second.summary_html == "a &lt; b &amp; c\nsecond line"
    assert second.authors == ("The desk",)


def test_version_1_0_has_one_author():
    entries = parse(fed(version="https://jsonfeed.org/version/1", authors=None, author={"name": "Old Hand"})).entries
    assert entries[1].authors == ("Old Hand",)


def test_a_number_is_an_id_as_written():
    assert item(id=20250428001).guid == "20250428001"
    body = fed(items=[{"id": "N"}]).replace(b'"N"', b"9" * 5000)
    assert parse(body).entries[0].guid == "9" * 5000


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"summary": "Only this"}, "Only this"),
        ({"content_text": "Longer than the summary", "summary": "Short"}, "Longer than the summary"),
        ({}, ""),
        ({"content_html": None, "content_text": {}, "summary": ["x"]}, ""),
    ],
)
def test_the_fullest_text_counts(fields, text):
    assert item(id="1", **fields).summary_html == text


@pytest.mark.parametrize(
    "field", ["id", "url", "title", "content_html", "date_published", "authors", "author", "language"]
)
@pytest.mark.parametrize("value", [None, 1, 1.5, True, [], {}, [None], [[]], [{"name": 1}], "\ud800\x00"])
def test_fields_of_the_wrong_kind_are_left_out(field, value):
    assert item(**{"id": "1", "title": "Kept", field: value}).title in ("Kept", "", "1", "1.5")


def test_a_feed_without_a_version_is_told_by_its_pages():
    assert len(parse(fed(version=None)).entries) == 2
    other = {"title": "x", "items": [{"id": 1}]}
    assert parse(json.dumps(other).encode()).fault.startswith("is not a feed (RSS, Atom, JSON Feed, news sitemap)")


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"items": 3}', b'{"items": ["x"]}', b"{broken", b'["a", {}]'])
def test_other_json_is_no_feed(body):
    assert parse(body).fault.startswith("is not a feed")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
)
def test_json_may_come_in_any_unicode_encoding(encoding):
    body = fed(items=[{"id": "1", "title": "여객선"}]).decode().encode(encoding)
    assert parse(body, "application/json").entries[0].title == "여객선"


def test_json_that_breaks_off_keeps_the_whole_items():
    body = fed()
    parsed = parse(body[: body.index(b'"external_url": "https://other.example/note"') + 5])
    assert [entry.guid for entry in parsed.entries] == ["2025-1"]
    assert parsed.notes == ("it breaks off; what came before was read",)


def test_no_more_items_than_the_most_are_read():
    parsed = parse(fed(items=[{"id": str(number)} for number in range(MOST_ITEMS + 5)]))
    assert (len(parsed.entries), parsed.notes) == (MOST_ITEMS, ("only 2,000 of 2,005 items were read",))


def test_json_nested_without_end_is_refused():
    assert parse(b'{"a":' * 200_000).fault == "is JSON nested too deeply to be read"
