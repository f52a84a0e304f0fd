import pytest

from media_monitor.collect.formats.expectations import headers, holds
from media_monitor.sources import Entry

ENTRY = Entry(
    title="Ferry &amp; train",
    link="https://a.example/1",
    guid="id-1",
    summary_html="<p>It <b>runs</b>.</p>",
    published_raw="Mon, 28 Apr 2025 09:00:00 +0300",
    authors=("Ann Port",),
    source_title="A wire",
    source_url="https://wire.example/rss",
)


def file(expected: str) -> bytes:
    return (
        f"<!--\nHeader: Content-type: text/xml; charset=utf-8\nDescription: x\nExpect:   {expected}\n--><rss/>".encode()
    )


@pytest.mark.parametrize(
    ("expected", "verdict"),
    [
        ("not bozo and entries[0]['title'] == 'Ferry & train'", True),
        ("not bozo and entries[0]['title'] == 'Ferry'", False),
        ("entries[0].title == 'Ferry & train' and entries[0].link == 'https://a.example/1'", True),
        ("entries[0].title == 'Ferry & train' and entries[0].link == 'https://a.example/2'", False),
        ("entries[0]['id'] == 'id-1' and entries[0]['guid'] == 'id-1'", True),
        ("entries[0]['content'][0]['value'] == '<p>It runs.</p>'", True),
        ("entries[0]['description'] == 'It walks.'", False),
        ("entries[0]['published'] == 'Mon, 28 Apr 2025 09:00:00 +0300'", True),
        ("entries[0]['published_parsed'] == (2025, 4, 28, 6, 0, 0, 0, 118, 0)", True),
        ("entries[0]['published_parsed'] == (2025, 4, 28, 9, 0, 0, 0, 118, 0)", False),
        ("entries[0]['updated_parsed'] == (2025, 4, 28, 6, 0, 0, 0, 118, 0)", True),
        ("entries[0]['author_detail']['name'] == u'Ann Port'", True),
        ("entries[0]['source']['title'] == 'A wire' and entries[0].source.href == 'https://wire.example/rss'", True),
        ("len(entries) == 1", True),
        ("len(entries) == 2", False),
        ("entries[1]['title'] == 'x'", False),
        ("not bozo", None),
        ("feed['title'] == 'x' and entries[0]['tags'] == []", None),
        ("entries[0]['title'] == 'Ferry' or bozo", None),
        ("entries[0]['title'] == open('/etc/passwd').read()", None),
        ("__import__('os').system('false') == 0", None),
        ("entries[0][(", None),
        ("(" * 3000, None),
        ("-" * 2900 + "1", None),
    ],
)
def test_what_a_file_expects_is_judged_and_never_run(expected, verdict):
    assert holds(file(expected), [ENTRY]) is verdict


def test_a_file_without_expectation_expects_nothing():
    assert holds(b"<rss/>", [ENTRY]) is None
    assert holds(file("x").replace(b"-->", b"").decode().encode("utf-16"), [ENTRY]) is None


def test_headers_of_a_file():
    assert headers(file("not bozo")) == {"content-type": "text/xml; charset=utf-8"}
    assert headers(b"<rss>\nHeader: x-y: z\n</rss>" * 2) == {"x-y": "z"}
