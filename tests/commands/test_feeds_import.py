"""`media-monitor feeds import` and `export`: lists of three reader programs, and back, without loss."""

import json

import pytest

from media_monitor.beat import Beat
from media_monitor.collect.lists.feeds import load_feeds
from media_monitor.collect.lists.opml import read_opml
from media_monitor.collect.lists.subscriptions import Subscriptions
from media_monitor.errors import BeatError
from media_monitor.sources import Feed

# One folder deep, every attribute, a category path: hosted readers.
HOSTED = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>subscriptions in a cloud</title></head><body>
<outline text="Asia" title="Asia">
<outline type="rss" text="Harbour News" title="Harbour News"
 xmlUrl="https://www.harbour.example/rss" htmlUrl="https://www.harbour.example"/>
<outline type="rss" text="부두 신문" title="부두 신문"
 xmlUrl="https://quay.example/feed" htmlUrl="https://quay.example" category="/news,/ko"/>
</outline>
<outline text="Wires" title="Wires">
<outline type="rss" text="Harbour News" title="Harbour News"
 xmlUrl="https://www.harbour.example/rss" htmlUrl="https://www.harbour.example"/>
</outline></body></opml>"""
# Flat, attribute names in another case, no titles, an encoding of its own: programs on a desk.
DESKTOP = """<?xml version="1.0" encoding="windows-1251"?>
<opml version="1.1"><head/><body>
<outline TEXT="Маяк" xmlURL="http://mayak.example/rss.xml" language="ru-RU"/>
<outline xmlUrl="feed://pier.example/atom" version="RSS"/>
<outline text="a note to myself"/>
</body></opml>"""
# Folders in folders, a subscription that holds others, OPML 2.0 with a namespace of somebody else's.
NESTED = """<opml version="2.0" xmlns:app="https://reader.example/ns"><head><dateCreated>today</dateCreated></head><body>
<outline text="World"><outline text="Europe">
<outline text="Phare" type="rss" xmlUrl="https://phare.example/rss?a=1&amp;b=2" app:order="3"/></outline>
<outline text="Lighthouse" type="rss" xmlUrl="https://lighthouse.example/" language="en-us">
<outline text="Its comments" type="rss" xmlUrl="https://lighthouse.example/comments"/></outline></outline></body></opml>"""
OPML = '<opml xmlns:mm="urn:media-monitor:opml"><body>\n{}</body></opml>'
STYLES = {"hosted": HOSTED.encode(), "desktop": DESKTOP.encode("cp1251"), "nested": NESTED.encode()}


@pytest.fixture
def listed(tmp_path):
    return lambda path: load_feeds(Beat(tmp_path, "harbour", {}), path)


@pytest.mark.parametrize("style", STYLES)
def test_a_reader_programs_list_comes_in_and_goes_out_without_loss(tmp_path, told, run, listed, style):
    source, mine, out = tmp_path / "reader.opml", tmp_path / "mine.opml", tmp_path / "out.opml"
    source.write_bytes(STYLES[style])
    merged = told("feeds", "import", source, "--opml", mine)
    assert len(merged["added"]) == len(listed(source)) == len(listed(mine))
    assert listed(mine) == listed(source)
    assert run("feeds", "export", out, "--opml", mine).returncode == 0
    beat = Beat.load("dprk_russia")
    assert load_feeds(beat, out) == load_feeds(beat, mine)
    assert [o.page for o in read_opml(out)] == [o.page for o in read_opml(mine)]
    assert told("feeds", "import", out, "--opml", mine)["added"] == []


def test_folders_are_kept_and_joined(tmp_path, run):
    mine = tmp_path / "mine.opml"
    for style, content in STYLES.items():
        (tmp_path / f"{style}.opml").write_bytes(content)
        assert run("feeds", "import", tmp_path / f"{style}.opml", "--opml", mine).returncode == 0
    more = HOSTED.replace("https://quay.example/feed", "https://quay.example/more")
    (tmp_path / "more.opml").write_text(more)
    done = run("feeds", "import", tmp_path / "more.opml", "--opml", mine)
    assert done.stdout == f"{mine}: 1 added, 0 completed, 2 known\n"
    text = mine.read_text()
    assert text.count('<outline text="Asia"') == 1
    assert "Wires" not in text
    assert text.index('text="World"') < text.index('text="Europe"') < text.index("phare.example")
    assert 'category="/news,/ko"' in text
    assert 'order="3"' in text


def test_our_attributes_are_kept_and_added_but_never_replaced(tmp_path, told, listed):
    mine, source = tmp_path / "mine.opml", tmp_path / "theirs.opml"
    row = OPML.format('<outline text="Harbour" xmlUrl="{}" {}/>')
    mine.write_text(row.format("https://harbour.example/rss", 'mm:tier="2" mm:note="mine"'))
    before = listed(mine)[0]
    source.write_text(
        row.format("http://www.harbour.example/rss/", 'mm:id="h" mm:tier="1" mm:country="KR" mm:note="theirs"')
    )
    merged = told("feeds", "import", source, "--opml", mine)
    assert merged["completed"] == ["http://www.harbour.example/rss/"]
    (after,) = listed(mine)
    assert after == Feed(before.feed_id, before.url, "Harbour", before.publisher, None, "KR", tier=2, note="mine")


def test_the_shipped_list_is_the_same_feeds_after_export_and_import(tmp_path, run, told):
    out, mine = tmp_path / "out.opml", tmp_path / "mine.opml"
    beat = Beat.load("dprk_russia")
    count = len(load_feeds(beat, None))
    assert run("feeds", "export", out).stdout == f"{out}: {count} feeds\n"
    assert len(told("feeds", "import", out, "--opml", mine)["added"]) == count
    assert load_feeds(beat, mine) == load_feeds(beat, out) == load_feeds(beat, None)
    assert [o.page for o in read_opml(mine)] == [o.page for o in read_opml(beat.folder / "feeds.opml")]


def test_part_of_a_list_is_exported_with_what_it_takes_from_the_beat(tmp_path, run):
    out = tmp_path / "wires.opml"
    assert run("feeds", "export", out, "--language", "ko", "--language", "ja", "--affiliation", "wire").returncode == 0
    feeds = load_feeds(Beat.load("dprk_russia"), out)
    assert {(f.language, f.affiliation) for f in feeds} == {("ko", "wire"), ("ja", "wire")}
    assert "English" not in out.read_text()
    before = out.read_bytes()
    done = run("feeds", "export", out)
    assert (done.returncode, done.stderr) == (1, f"error: {out}: is there already; --force replaces it\n")
    assert out.read_bytes() == before
    assert run("feeds", "export", out, "--force").returncode == 0
    none = run("feeds", "export", tmp_path / "none.opml", "--language", "xx")
    assert (none.returncode, none.stderr.endswith("feeds.opml: has no such feed; nothing is written\n")) == (1, True)
    assert not (tmp_path / "none.opml").exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "reader.opml: cannot be read: No such file or directory"),
        ("<opml><body>", "reader.opml:1: is not XML: no element found"),
        ("<rss/>", "reader.opml:1: is not OPML; its root is <rss>"),
        ('<!DOCTYPE opml [<!ENTITY a "x">]><opml>&a;</opml>', "reader.opml:1: declares the entity 'a'"),
        ("<opml><head/></opml>", "reader.opml: has no <body>"),
        (
            OPML.format('<outline xmlUrl="http://x.example" mm:tier="0"/>'),
            "reader.opml:2: mm:tier '0' must be a number",
        ),
    ],
)
def test_a_faulty_list_is_named_with_its_line(tmp_path, content, told):
    source = tmp_path / "reader.opml"
    if content is not None:
        source.write_text(content)
    with pytest.raises(BeatError) as raised:
        Subscriptions(tmp_path / "mine.opml").merge(source)
    assert str(raised.value).startswith(f"{tmp_path}/{told}")


def test_a_fault_changes_nothing(tmp_path, run):
    mine, source = tmp_path / "mine.opml", tmp_path / "reader.opml"
    mine.write_text(OPML.format('<outline xmlUrl="https://harbour.example/rss" mm:id="h"/>'))
    source.write_text(OPML.format('<outline xmlUrl="http://x.example/2" mm:id="h"/>'))
    before = mine.read_bytes()
    done = run("feeds", "import", source, "--opml", mine)
    assert done.returncode == 1
    assert done.stderr == f"error: {source}:2: mm:id 'h' is that of https://harbour.example/rss in {mine}\n"
    assert mine.read_bytes() == before


def test_options_before_a_command_are_not_lost_in_silence(run):
    done = run("feeds", "--opml", "x.opml", "health")
    assert done.returncode == 2
    assert "give options after the command: feeds health" in done.stderr


def test_plain_feeds_and_feeds_list_say_the_same(run):
    plain, listed = run("feeds", "--json"), run("feeds", "list", "--json")
    assert json.loads(plain.stdout) == json.loads(listed.stdout)
    assert len(json.loads(plain.stdout)) == len(load_feeds(Beat.load("dprk_russia"), None))
