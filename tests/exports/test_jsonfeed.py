"""The JSON Feed by the rules of version 1.1, and as our own collection reads it."""

import json
from datetime import datetime

import pytest

from media_monitor.collect.formats import jsonfeed as collected
from media_monitor.exports.atom import atom
from media_monitor.exports.identity import Source
from media_monitor.exports.jsonfeed import jsonfeed


@pytest.fixture
def content(rows, bare, source, beat):
    return jsonfeed([*rows, bare], source, beat)


def test_it_keeps_the_rules(content):
    feed = json.loads(content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["feed_url"] == "https://desk.example/out/confirmations.json"
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids) == 6
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["content_html"]
        assert all(isinstance(tag, str) for tag in item["tags"])
        assert datetime.fromisoformat(item["date_modified"]).tzinfo
        assert None not in [v for k, v in item.items() if not k.startswith("_")]
        assert "javascript:" not in item.get("external_url", "")


def test_its_own_fields_stand_in_one_object_with_an_underscore(content):
    standard = {"id", "external_url", "title", "content_html", "summary", "date_published", "date_modified", "tags"}
    for item in json.loads(content)["items"]:
        assert set(item) - standard == {"_media_monitor"}


def test_a_feed_reader_reads_it(content):
    read = collected.read(content.decode(), "https://desk.example/out/confirmations.json")
    assert read.fault is None
    assert len(read.entries) == 6
    assert any("Withdrawn: RU confirms" in (entry.title or "") for entry in read.entries)


def test_ids_are_those_of_the_atom_feed(content, rows, bare, source, beat):
    told = atom([*rows, bare], source, beat).decode()
    assert all(f"<id>{item['id']}</id>" in told for item in json.loads(content)["items"])


def test_no_address_is_invented(rows, beat):
    assert "feed_url" not in json.loads(jsonfeed(rows, Source("dprk_russia", "Confirmations"), beat))
