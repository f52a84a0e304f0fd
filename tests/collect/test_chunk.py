"""Good and hostile feeds collected together: each bad one has its reason, and the good ones do not notice."""

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from media_monitor import tables
from media_monitor.collect.chunk import collect
from media_monitor.collect.settle import settle
from media_monitor.collect.warc.archive import read_body
from media_monitor.errors import StorageError
from media_monitor.model import Article, stable_id
from media_monitor.sources import Feed, Fetch, FetchState

NOON = datetime(2025, 4, 28, 12, tzinfo=UTC)
REASONS = {
    "/html": r"is an HTML page, not a feed; it names a feed at /rss\.xml",
    "/empty": r"is empty",
    "/json": r"is not a feed \(RSS, Atom, JSON Feed, news sitemap\); it begins with '\{",
    "/60-mb": r"answer is larger than 1,000,000 bytes",
    "/endless": r"answer is larger than 1,000,000 bytes",
    "/gzip-bomb": r"answer is larger than 1,000,000 bytes",
    "/drip": r"answer not complete within 1 s",
    "/circle": r"redirects in a circle: http://.*/circle -> http://.*/circle-2 -> http://.*/circle",
    "/entity-bomb": r"declares nested entities \('b'\)",
    "/missing": r"answered 404 Not Found",
    "/410": r"is gone for good \(410\)",
    "/429": r"answered 429 Too Many Requests",
    "/500": r"answered 500 Internal Server Error",
    "/reset": r"no connection: .+",
    "/broken-off": r"the connection broke off after [\d,]+ bytes",
}
GOOD = ("/good", "/gzip", "/no-items", "/truncated", "/wrong-charset", "/moved")


@pytest.fixture
def run(settings):
    """Collects as batch "b" at noon into the archive of that name; `states` by feed id."""

    def once(feeds: Sequence[Feed], name: str = "0000", **states: FetchState) -> tuple[list[Fetch], list[Article]]:
        warc = settings.home / "warc" / "b" / f"{name}.warc.gz"
        return collect(feeds, states, replace(settings, as_of=NOON), "b", warc)

    return once


def state(fetch: Fetch) -> FetchState:
    return FetchState(**{f.name: getattr(fetch, f.name) for f in fields(FetchState)})


@pytest.fixture
def everything(servers, run):
    """All paths in one chunk, each on a host of its own."""
    return run([servers().feed(path) for path in (*REASONS, *GOOD)])


def test_each_bad_feed_has_its_reason_and_the_good_ones_do_not_notice(everything):
    fetches, articles = everything
    by_id = {fetch.feed_id: fetch for fetch in fetches}
    for path, reason in REASONS.items():
        assert re.fullmatch(reason + ".*", by_id[path].error or ""), (path, by_id[path].error)
        assert "\n" not in (by_id[path].error or "")
        assert by_id[path].failures > 0
        assert by_id[path].body_sha256 is None, path
    for path in GOOD:
        assert by_id[path].error is None, (path, by_id[path].error)
        assert by_id[path].failures == 0
    counts = {path: by_id[path].entries for path in GOOD}
    assert counts == {"/good": 2, "/gzip": 2, "/no-items": 0, "/truncated": 2, "/wrong-charset": 1, "/moved": 2}
    assert [fetch.feed_id for fetch in fetches] == [*REASONS, *GOOD]
    # What had arrived before the connection broke is whole, and kept.
    assert [a.title for a in articles if a.feed_id == "/broken-off"] == ["Whole", "Whole too"]
    assert [a.title for a in articles if a.feed_id == "/wrong-charset"] == ["Мост закрыт на ремонт"]
    assert by_id["/truncated"].note == "2 items; it breaks off; what came before was read"
    assert by_id["/moved"].note.endswith(f"has moved for good to {by_id['/moved'].final_url}")


def test_rows_fit_their_tables_and_point_into_the_archive(everything, settings):
    fetches, articles = everything
    assert tables.FETCHES.arrow(fetches).num_rows == len(fetches)
    assert tables.ARTICLES.arrow(articles).num_rows == len(articles)
    bodies = {}
    for fetch in fetches:
        if fetch.status is not None:
            bodies[fetch.feed_id] = read_body(settings.home / fetch.warc_file, fetch.warc_offset)
    assert b"Ferry line" in bodies["/gzip"]
    for article in articles:
        assert article.title.encode() in bodies[article.feed_id] or article.feed_id == "/wrong-charset"
    assert len(list((settings.home / "warc").rglob("*"))) == 2  # the batch's folder and one file


def test_a_feed_that_hangs_the_parser_is_given_up(server, servers, run):
    hanging = server.feed("/hangs-parser")
    fetches, articles = run([hanging, servers().feed("/good")])
    assert [fetch.error for fetch in fetches] == ["could not be read within 1 s", None]
    assert len(articles) == 2


def test_what_is_not_modified_is_not_read_again(server, run):
    feed = server.feed("/conditional")
    (first,), articles = run([feed])
    (second,), again = run([feed], "0001", **{feed.feed_id: state(first)})
    assert (first.etag, len(articles)) == ('"one"', 2)
    assert (second.status, second.entries, second.note, again) == (304, 0, "unchanged (304)", [])
    assert (second.etag, second.last_modified) == (first.etag, first.last_modified)
    assert second.body_sha256 == first.body_sha256


def test_the_same_body_is_not_read_again(server, run):
    feed = server.feed("/good")
    (first,), _ = run([feed])
    (second,), again = run([feed], "0001", **{feed.feed_id: state(first)})
    assert (second.status, second.note, again) == (200, "unchanged (same body)", [])
    assert second.body_sha256 == first.body_sha256


@pytest.mark.parametrize("path", ["/html", "/500", "/reset", "/broken-off", "/entity-bomb"])
def test_after_a_failure_the_state_is_that_of_the_last_success(server, run, path):
    before = FetchState(path, '"e"', "Mon, 28 Apr 2025 06:00:00 GMT", "f" * 64, None, 1.5)
    (fetch,), _ = run([server.feed(path)], **{path: before})
    assert (fetch.etag, fetch.last_modified, fetch.body_sha256) == ('"e"', before.last_modified, "f" * 64)
    assert fetch.failures > before.failures


def test_failures_add_up_and_a_success_forgets_them(server, run):
    (failed,), _ = run([server.feed("/500")], **{"/500": FetchState("/500", failures=2.0)})
    (cured,), _ = run([server.feed("/good")], "0001", **{"/good": FetchState("/good", failures=2.0)})
    assert failed.failures == 2.5
    assert failed.next_due_at == NOON + timedelta(minutes=60) * 3.5
    assert cured.failures == 0
    assert cured.next_due_at == NOON + timedelta(minutes=60)


def test_a_server_that_asks_for_patience_gets_it(server, run):
    (fetch,), _ = run([server.feed("/429")])
    assert fetch.next_due_at == fetch.blocked_until
    assert timedelta(hours=2) <= fetch.blocked_until - NOON <= timedelta(hours=2, minutes=1)
    assert fetch.note == "asks to wait 7200 s"


def test_articles_carry_what_the_feed_says_of_its_outlet(server, run):
    feed = server.feed("/good", language="ko", country="KR", affiliation="wire")
    _, articles = run([feed])
    first = articles[0]
    assert (first.language, first.country, first.affiliation) == ("ko", "KR", "wire")
    assert (first.outlet, first.publisher, first.feed_id) == (feed.outlet, feed.publisher, feed.feed_id)
    assert first.article_id == stable_id("https://outlet.example/1")
    assert first.published_at == datetime(2025, 4, 28, 6, 1, tzinfo=UTC)
    assert (first.title, first.text) == ("Ferry line opens", "Body of item 1.")


def test_collecting_twice_settles_to_nothing_new(server, run):
    feed = server.feed("/good")
    fetches, articles = run([feed])
    kept, counted = settle(articles, fetches, {})
    assert (len(kept), counted[0].new_entries) == (2, 2)
    fetches, articles = run([feed], "0001")
    known = {article.article_id: {article.content_sha256: article.revision} for article in kept}
    kept, counted = settle(articles, fetches, known)
    assert (kept, counted[0].new_entries, counted[0].entries) == ([], 0, 2)


def test_no_feeds_make_no_archive(run, settings):
    assert run([]) == ([], [])
    assert not settings.home.exists()


def test_a_folder_that_cannot_be_written_is_named_before_anything_is_asked(server, run, settings):
    settings.home.mkdir()
    (settings.home / "warc").write_text("a file where a folder should be")
    with pytest.raises(StorageError, match=r"0000\.warc\.gz: cannot be written: "):
        run([server.feed("/good")])
    assert server.asked == []


def test_a_full_disk_is_named_and_leaves_nothing(server, run, settings):
    folder = settings.home / "warc" / "b"
    folder.mkdir(parents=True)
    (folder / "0000.warc.gz.open").symlink_to(Path("/dev/full"))
    with pytest.raises(StorageError, match=r"0000\.warc\.gz\.open: cannot be written: No space left on device"):
        run([server.feed("/good")])
    assert list(folder.iterdir()) == []


def test_an_archive_that_exists_is_never_written_again(server, run, settings):
    (first,), _ = run([server.feed("/good")])
    body = read_body(settings.home / first.warc_file, first.warc_offset)
    (second,), _ = run([server.feed("/no-items")])
    assert second.warc_file == "warc/b/0000.2.warc.gz"
    assert read_body(settings.home / first.warc_file, first.warc_offset) == body
