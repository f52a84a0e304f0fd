"""The page of the feeds says what the files say."""

import re
from pathlib import Path

from media_monitor.beat import Beat
from media_monitor.collect.lists import feed_page
from media_monitor.collect.lists.feeds import load_feeds

PAGE = Path(__file__).parents[3] / "docs" / "feeds.md"


def test_the_page_is_fresh():
    fresh = PAGE.read_text(encoding="utf-8") == feed_page.page()
    assert fresh, "run `python -m media_monitor.collect.lists.feed_page > docs/feeds.md`"


def test_every_feed_has_a_row_with_its_address_and_a_link_to_where_that_was_seen():
    rows = {row[1]: row[0] for row in re.finditer(r"^\| `([\w-]+)` \|.*\|$", PAGE.read_text(encoding="utf-8"), re.M)}
    feeds = load_feeds(Beat.load("dprk_russia"), None)
    assert list(rows) == [feed.feed_id for feed in feeds]
    for feed in feeds:
        assert f"<{feed.url}>".replace("|", "\\|") in rows[feed.feed_id]
        assert re.search(r"\]\(https?://\S+\)(?: \([\d-]+\))? \|$", rows[feed.feed_id])


def test_the_number_of_feeds_is_told_truly():
    count = len(load_feeds(Beat.load("dprk_russia"), None))
    for path, told in (("README.md", f"[{count} feeds]"), ("docs/collecting.md", f"beat has {count} feeds")):
        assert told in (PAGE.parents[1] / path).read_text(encoding="utf-8")
    assert f"{count} feeds in ten languages" in (PAGE.parents[1] / "CHANGELOG.md").read_text(encoding="utf-8")
