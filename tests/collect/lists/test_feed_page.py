"""The pages of the feeds say what the files say."""

import re
from pathlib import Path

import pytest

from media_monitor.beat import Beat, shipped
from media_monitor.collect.lists import feed_page
from media_monitor.collect.lists.feeds import load_feeds

ROOT = Path(__file__).parents[3]


def written(beat: str) -> str:
    return (ROOT / "docs" / feed_page.file(beat)).read_text(encoding="utf-8")


@pytest.mark.parametrize("beat", shipped())
def test_the_page_is_fresh_and_in_the_navigation(beat):
    assert written(beat) == feed_page.page(beat), f"run `{feed_page.command(beat)}`"
    assert f": {feed_page.file(beat)}\n" in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("beat", shipped())
def test_every_feed_has_a_row_with_its_address_and_a_link_to_where_that_was_seen(beat):
    rows = {row[1]: row[0] for row in re.finditer(r"^\| `([\w-]+)` \|.*\|$", written(beat), re.M)}
    feeds = load_feeds(Beat.load(beat), None)
    assert list(rows) == [feed.feed_id for feed in feeds]
    for feed in feeds:
        assert f"<{feed.url}>".replace("|", "\\|") in rows[feed.feed_id]
        assert re.search(r"\]\(https?://\S+\)(?: \([\d-]+\))? \|$", rows[feed.feed_id])


def test_the_number_of_feeds_is_told_truly():
    count = len(load_feeds(Beat.load("dprk_russia"), None))
    for path, told in (("README.md", f"[{count} feeds]"), ("docs/collecting.md", f"beat has {count} feeds")):
        assert told in (ROOT / path).read_text(encoding="utf-8")
    assert f"{count} feeds in ten languages" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
