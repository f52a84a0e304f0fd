import json

import pytest

from media_monitor.collect.formats.census import count

ATOM = "http://www.w3.org/2005/Atom"


@pytest.mark.parametrize(
    ("body", "entries"),
    [
        ("<rss><channel><item/><item><title>x</title></item></channel></rss>", 2),
        ("<rss><channel/></rss>", 0),
        (f'<a:feed xmlns:a="{ATOM}"><a:entry/><a:entry/></a:feed>', 2),
        (f'<entry xmlns="{ATOM}"/>', 1),
        ("<RDF><channel/><item/></RDF>", 1),
        ("<rss><channel><item><item/></item><x><item/></x></channel></rss>", 1),
        ("<rss><channel><item><description>&lt;item/></description></item></channel></rss>", 1),
        ("<rss><channel><!-- <item/> --><item><d><![CDATA[<item/>]]></d></item></channel></rss>", 1),
        ("<urlset><url><news><title>a</title></news></url><url><news><title> </title></news></url><url/></urlset>", 1),
        ("<catalog><item/></catalog>", None),
        ("<rss><channel><item></channel></rss>", None),
        ("<rss><channel><item>&nbsp;</item></channel></rss>", None),
        ("", None),
        ("no feed", None),
    ],
)
def test_entries_are_counted_by_name_and_place(body, entries):
    assert count(body.encode()) == entries


@pytest.mark.parametrize("charset", ["euc-kr", "shift_jis", "gb18030", "big5", "windows-1251", "utf-16", "utf-8-sig"])
def test_charsets_that_expat_does_not_know_are_counted_too(charset):
    body = f'<?xml version="1.0" encoding="{charset}"?><rss><channel><item><title>海</title></item></channel></rss>'
    assert count(body.replace("海", "м" if "125" in charset else "海").encode(charset)) == 1


def test_bytes_that_are_not_what_they_declare_are_not_well_formed():
    assert count(b'<?xml version="1.0" encoding="euc-kr"?><rss><channel><item>\xff</item></channel></rss>') is None


@pytest.mark.parametrize(
    ("feed", "entries"),
    [
        ({"version": "https://jsonfeed.org/version/1.1", "items": [{}, {}]}, 2),
        ({"version": "https://jsonfeed.org/version/1", "items": 3}, None),
        ({"version": "2", "items": []}, None),
    ],
)
def test_items_of_json_are_counted(feed, entries):
    assert count(json.dumps(feed).encode()) == entries
    assert count(json.dumps(feed).encode()[:-1]) is None
