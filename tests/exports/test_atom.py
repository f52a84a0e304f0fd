"""The Atom feed by the rules of RFC 4287, and as feedparser reads it."""

import random
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from tests.exports.readers import ATOM

from media_monitor.exports.atom import atom
from media_monitor.exports.identity import Source

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
ONCE = {"id", "title", "updated"}
AT_MOST_ONCE = {"published", "summary", "content", "generator", "subtitle", "rights", "icon", "logo", "source"}


def faults(root: ElementTree.Element) -> list[str]:
    """What RFC 4287 forbids, by section."""
    entries = root.findall(f"{ATOM}entry")
    found = [] if root.tag == f"{ATOM}feed" else ["2: the root is atom:feed"]
    for one in (root, *entries):
        names = [child.tag.removeprefix(ATOM) for child in one]
        found += [f"4.1: {name} exactly once" for name in ONCE if names.count(name) != 1]
        found += [f"4.1: {name} at most once" for name in AT_MOST_ONCE if names.count(name) > 1]
        if one is not root and "author" not in names and root.find(f"{ATOM}author/{ATOM}name") is None:
            found.append("4.1.2: an entry has an author, or its feed")
        if one is not root and "content" not in names and one.find(f"{ATOM}link[@rel='alternate']") is None:
            found.append("4.1.2: content or an alternate link")
        found += _of_parts(one)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    return found + ["4.1.1: an id stands for one entry"] * (len(set(ids)) < len(ids))


def _of_parts(one: ElementTree.Element) -> list[str]:
    moments = [one.findtext(f"{ATOM}{name}") for name in ("updated", "published")]
    found = [f"3.3: {moment} is no date" for moment in moments if moment and not MOMENT.fullmatch(moment)]
    found += ["4.2.6: an id is an absolute IRI"] * (not urlsplit(one.findtext(f"{ATOM}id") or "").scheme)
    for link in one.findall(f"{ATOM}link"):
        if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", link.get("href", "")):
            found.append(f"4.2.7.1: href {link.get('href')}")
    found += ["4.2.2.1: a category has a term" for c in one.findall(f"{ATOM}category") if not c.get("term")]
    for text in ("title", "summary", "content"):
        element = one.find(f"{ATOM}{text}")
        if element is not None and (len(element) or element.get("type", "text") not in ("text", "html")):
            found.append(f"3.1.1: {text} is text or escaped HTML")
    return found


@pytest.fixture
def content(rows, source, beat):
    return atom(rows, source, beat)


def test_it_keeps_the_rules(content, bare, source, beat):
    assert faults(ElementTree.fromstring(content)) == []
    assert faults(ElementTree.fromstring(atom([bare], source, beat))) == []
    assert faults(ElementTree.fromstring(atom([], source, beat))) == []


@pytest.mark.parametrize("name", ["id", "title", "updated", "content"])
def test_a_missing_part_would_be_found(content, name):
    root = ElementTree.fromstring(content)
    entry = root.find(f"{ATOM}entry")
    entry.remove(entry.find(f"{ATOM}{name}"))
    assert faults(root)


def test_a_feed_reader_reads_it(content, rows):
    read = feedparser.parse(content)
    assert (read.bozo, read.version, len(read.entries)) == (False, "atom10", len(rows))
    assert read.feed.title == "North Korea–Russia partnership: confirmations"
    assert (
        read.feed.links[0] | {"rel": "self", "href": "https://desk.example/out/confirmations.atom"}
        == read.feed.links[0]
    )
    told = next(e for e in read.entries if e.title.endswith("KP confirms for the first time: troops_in_combat"))
    assert told.summary_detail.language == "ar"
    assert told.published == "2025-04-28T07:00:00Z" == told.updated
    assert [(link.rel, link.href) for link in told.links] == [("via", "https://courier.example/?a=1&b=%22%20onload")]
    assert {(tag.scheme.rsplit(":")[-1], tag.term) for tag in told.tags} >= {
        ("claim", "troops_in_combat"),
        ("party", "KP"),
    }


def test_words_of_strangers_are_text_and_nothing_else(content):
    for entry in ElementTree.fromstring(content).findall(f"{ATOM}entry"):
        html = entry.findtext(f"{ATOM}content")
        assert "<script" not in html
        assert "<b>" not in html
        assert "javascript:" not in html
        assert re.search(r'<blockquote lang="(ar|ko)" dir="auto">', html)


def test_the_order_of_elements_means_nothing(content):
    root = ElementTree.fromstring(content)
    for element in (root, *root.findall(f"{ATOM}entry")):
        element[:] = random.Random(7).sample(list(element), len(element))
    assert faults(root) == []
    before, after = (feedparser.parse(c) for c in (content, ElementTree.tostring(root)))

    def seen(read):
        return {(e.id, e.title, e.updated, e.published, e.content[0].value) for e in read.entries}

    assert seen(before) == seen(after)


def test_what_was_withdrawn_or_wrong_stays_and_says_so(content, rows):
    entries = {e.id: e for e in feedparser.parse(content).entries}
    assert len(entries) == len(rows)
    told = {e.mm_claim: e for e in entries.values()}
    assert told["visit"].title == "Withdrawn: RU confirms for the first time: visit"
    assert told["memorial"].title == "Wrong: KP confirms for the first time: memorial"
    assert told["visit"].updated == told["memorial"].updated == "2025-04-30T07:00:00Z"
    assert told["visit"].published == "2025-04-28T09:00:00Z"


def test_an_id_stays_when_everything_else_changes(rows, source, beat):
    before = feedparser.parse(atom(rows[:1], source, beat)).entries[0]
    later = rows[0] | {"grade": "disputed", "since": rows[1]["since"], "quote": "other words"}
    after = feedparser.parse(atom([later], Source("dprk_russia", "Another title"), beat)).entries[0]
    assert before.id == after.id
    assert before.id.startswith("urn:uuid:")


def test_what_was_told_last_comes_first(content):
    moments = [e.updated for e in feedparser.parse(content).entries]
    assert moments == sorted(moments, reverse=True)


def test_no_address_is_invented(rows, beat):
    assert feedparser.parse(atom(rows, Source("dprk_russia", "Confirmations"), beat)).feed.get("links", []) == []
