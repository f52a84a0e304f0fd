"""Names and answers of feeds that give orders to a terminal: no command on feeds passes them on."""

import pytest
from tests.commands.conftest import rss

ORDER = "\x9b31m\u202e"
FORBIDDEN = {*map(chr, (*range(10), *range(11, 32), *range(127, 160))), "\u202e"}
PAGE = '<html><head><link rel="alternate" type="application/rss+xml" title="&#27;]0;x&#7;{n}" href="/&#27;[2J{n}">'


@pytest.fixture
def hostile(site, tmp_path):
    """A list of two feeds with such names: one is a page that names a feed by such an address, one is well."""
    page = site.put("/page", PAGE.format(n=1) + "</head><body>News</body></html>")
    good = site.put("/good", rss("Ferry line opens", title=f"Quay {ORDER} News"), "application/rss+xml")
    path = tmp_path / "mine.opml"
    rows = "".join(
        f'<outline text="Quay {ORDER} News" mm:id="quay-{n}{ORDER}" xmlUrl="{url}" language="{ORDER}"/>\n'
        for n, url in enumerate((page, good))
    )
    head = '<opml version="2.0" xmlns:mm="urn:media-monitor:opml">'
    path.write_text(f"{head}<body>{rows}</body></opml>", encoding="utf-8")
    return path


@pytest.mark.parametrize("more", [(), ("--json",)])
@pytest.mark.parametrize("command", [("list",), ("check",), ("check", "--live", "--all"), ("health",)])
def test_no_order_of_a_feed_reaches_the_terminal(run, hostile, command, more):
    done = run("feeds", *command, "--opml", hostile, *more)
    assert not FORBIDDEN & {*done.stdout, *done.stderr}
    assert "quay" in done.stdout.lower()


def test_no_order_reaches_the_terminal_after_a_run(run, hostile):
    collected = run("run", "--force", MEDIA_MONITOR_FEEDS=str(hostile))
    health = run("feeds", "health", "--opml", hostile)
    assert "it names a feed at /" in health.stdout
    assert not FORBIDDEN & {*collected.stdout, *collected.stderr, *health.stdout, *health.stderr}


def test_what_a_page_names_gives_no_orders_when_it_is_offered(run, site, tmp_path):
    named = PAGE.format(n=1) + PAGE.format(n=2).removeprefix("<html><head>")
    done = run("feeds", "add", site.put("/two", f"{named}</head><body/></html>"), "--opml", tmp_path / "new.opml")
    assert "--pick 1 … 2" in done.stderr
    assert not FORBIDDEN & {*done.stdout, *done.stderr}
