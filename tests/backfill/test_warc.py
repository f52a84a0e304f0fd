"""WARC files: of article pages as crawlers write them, with damage; and of our own runs."""

import gzip
from io import BytesIO
from pathlib import Path

import pytest
from tests.backfill import archive
from tests.collect.pages.article_pages.layouts import pages
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from media_monitor import columns, pipeline, tables
from media_monitor.backfill import dividing, members, work
from media_monitor.backfill.request import Request
from media_monitor.backfill.tally import BROKEN, NO_ARTICLE, REPEATS, Tally
from media_monitor.beat import Beat
from media_monitor.collect.sandbox import Sandbox
from media_monitor.config import PACKAGE, Settings
from media_monitor.launch.samples import ON_LOOPBACK, serving
from media_monitor.model import Article
from media_monitor.warehouse import staging

PAGES = [page for page in pages() if page.layout == pages()[0].layout]
HTML = [("Content-Type", "text/html; charset=utf-8")]


def written(path: Path, answers: list[tuple[str, str, list[tuple[str, str]], bytes]], compressed: bool = True) -> Path:
    """A WARC file of (address, status line, headers, body)."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=compressed)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "some crawler"}))
        for url, status, headers, body in answers:
            head = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
            facts = {"WARC-Date": "2025-04-29T00:00:00Z"}
            writer.write_record(
                writer.create_warc_record(
                    url, "response", BytesIO(body), len(body), http_headers=head, warc_headers_dict=facts
                )
            )
    return path


def answer(number: int, body: bytes, *more: tuple[str, str], status: str = "200 OK"):
    return f"https://site{number}.example/2025/04/story-{number}", status, [*HTML, *more], body


GOOD = [answer(number, page.html.encode()) for number, page in enumerate(PAGES)]


def read(*paths: Path, home: Path = Path("home")):
    """(articles, tally) of the files, as workers read them."""
    request = Request(tuple(map(str, paths)))
    tally = Tally()
    parts, _ = dividing.parts(request)
    wanted = work.job(Settings(home=home, semantic="off"), request, archive.FIRST)
    with Sandbox(20) as sandbox:
        return [a for part in parts for a in work.read(part, wanted, sandbox, tally)], tally


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_pages_become_articles_with_text_date_and_place(tmp_path, name):
    path = written(tmp_path / name, GOOD, name.endswith(".gz"))
    found, tally = read(path)
    assert [(a.url, a.text) for a in found] == [(url, p.text) for (url, *_), p in zip(GOOD, PAGES, strict=True)]
    assert {(a.published_at.isoformat(), a.date_source, a.text_source) for a in found} == {
        ("2025-04-28T06:30:00+00:00", "page", "page")
    }
    assert all(a.warc_file == str(path) and a.warc_offset for a in found)
    assert len({a.warc_offset for a in found}) == len(found)
    assert (tally.faults, tally.counts[NO_ARTICLE]) == ([], 0)


def test_what_is_no_article_is_counted_with_its_reason(tmp_path):
    page = PAGES[0].html.encode()
    answers = [
        answer(0, gzip.compress(page), ("Content-Encoding", "gzip")),
        answer(1, b"gone", status="404 Not Found"),
        ("https://site.example/", "200 OK", HTML, page),
        answer(3, b"%PDF-1.7", status="200 OK"),
        answer(4, b"<html><body><p>" + b"Weather today. " * 40 + b"</p></body></html>"),
    ]
    answers[3] = (*answers[3][:2], [("Content-Type", "application/pdf")], answers[3][3])
    found, tally = read(written(tmp_path / "a.warc.gz", answers))
    assert [a.text for a in found] == [PAGES[0].text]
    assert dict(tally.reasons) == {
        "status 404": 1,
        "a front page, or no web address": 1,
        "error: is no HTML (application/pdf)": 1,
        "neither declares itself an article nor has a date": 1,
    }


def test_a_damaged_record_is_named_and_the_next_is_read(tmp_path):
    path = written(tmp_path / "a.warc.gz", GOOD)
    places = [a.warc_offset for a in read(path)[0]]
    content = bytearray(path.read_bytes())
    for number in (1, 4):
        middle = (places[number] + places[number + 1]) // 2
        content[middle : middle + 40] = bytes(40)
    path.write_bytes(bytes(content))
    found, tally = read(path)
    assert [a.url for a in found] == [url for n, (url, *_) in enumerate(GOOD) if n not in (1, 4)]
    assert [where for where, _ in tally.faults] == [f"{path}: byte {places[n]:,}" for n in (1, 4)]


def test_a_file_that_ends_in_the_middle_of_a_record_gives_the_others(tmp_path):
    path = written(tmp_path / "a.warc.gz", GOOD)
    path.write_bytes(path.read_bytes()[:-100])
    found, tally = read(path)
    assert len(found) == len(GOOD) - 1
    assert tally.faults[0][1] == "a damaged record is passed over: the file ends in the middle of it"


def test_a_record_that_is_too_large_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(members, "LARGEST", 100_000)
    film = answer(99, bytes(200_000))
    found, tally = read(written(tmp_path / "a.warc.gz", [GOOD[0], film, GOOD[1]]))
    assert len(found) == 2
    assert tally.faults[0][1] == "a record of more than 100,000 bytes is passed over"


def test_what_is_no_warc_file_is_named(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(b"no archive")
    assert read(tmp_path)[1].counts[BROKEN] == 1


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """(data folder, articles) of two runs on the samples that were collected and not loaded."""
    home = tmp_path_factory.mktemp("runs") / "home"
    opml, served = home.parent / "feeds.opml", PACKAGE / "beats" / "dprk_russia" / "samples"
    as_of = Beat.load("dprk_russia").settings["samples"]["as_of"]
    settings = Settings(home=home, feeds=opml, as_of=as_of, semantic="off", **ON_LOOPBACK)
    articles: list[Article] = []
    with serving(served, opml):
        ids = [feed for chunk in pipeline.plan(settings, force=True) for feed in chunk]
        for batch in ("20250731T120000Z-00000001", "20250731T121500Z-00000002"):
            pipeline.collect(settings, batch, 0, ids)
            staged = staging.read(home, batch, "collect-0000")["articles"]
            articles += columns.instances(Article, staged)
    return home, articles


def test_our_own_archive_gives_the_articles_of_its_runs_once(collected):
    home, articles = collected
    found, tally = read(home / "warc", home=home)
    first = {(a.article_id, a.content_sha256): a for a in reversed(articles)}
    assert {(a.article_id, a.content_sha256): a for a in found} == first
    assert tally.counts[REPEATS] == len(articles) - len(first) > 0
    assert tables.ARTICLES.arrow(found).num_rows == len(first)
