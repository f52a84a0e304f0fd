"""What a stranger writes into any field of a feed is text, or nothing, on the page that is sent to a colleague."""

from datetime import UTC, datetime
from html import escape

import pytest
from selectolax.lexbor import LexborHTMLParser

from media_monitor.beat import Beat
from media_monitor.collect.reading import Document, read
from media_monitor.explain.build import explain
from media_monitor.explain.page import page
from media_monitor.extract.batch import document_of
from media_monitor.sources import Feed

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "<a href='javascript:alert(1)'>here</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "</title></style></textarea><script>alert(1)</script>",
    "<bdo dir=rtl>\u202ealert\u2066</bdo>",
    "<math><mtext></p><style><img src onerror=alert(1)></style></mtext></math>",
)
NEWS = "The Kremlin confirmed on Monday that North Korean troops fought in Kursk"


def feed(attack: str, wrap) -> bytes:
    said = wrap(f"{NEWS} {attack} {NEWS}.")
    bad = wrap(attack)
    return f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{bad}</title><link>{bad}</link><item><title>{said}</title>
<link>https://outlet.example/a?{escape(attack)}</link><guid>{bad}</guid><author>{bad}</author><dc:creator>{bad}</dc:creator>
<category>{bad}</category><description>{said}</description><content:encoded>{said}</content:encoded>
<source url="javascript:alert(1)">{bad}</source><pubDate>Mon, 28 Apr 2025 09:00:00 +0000</pubDate></item></channel>
</rss>
""".encode()


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("wrap", [escape, lambda t: escape(escape(t)), lambda t: f"<![CDATA[{t}]]>"])
def test_no_field_of_a_feed_becomes_markup_on_the_page(attack, wrap):
    moment = datetime(2025, 4, 28, 12, tzinfo=UTC)
    outlet = Feed("f", "https://outlet.example/rss", attack, attack, language="en")
    (article,) = read(Document(outlet, feed(attack, wrap), "application/rss+xml", outlet.url, moment)).articles
    assert article.title.startswith("The Kremlin confirmed")
    shown = page(explain(document_of(article), Beat.load("dprk_russia")))
    tree = LexborHTMLParser(shown)
    assert tree.css("script, img, svg, iframe, math, object, embed, form, base, link, bdo") == []
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on")
            assert name not in ("src", "srcdoc", "action")
            assert name != "href" or (value or "").startswith("#")
    assert "\u202e" not in shown
    assert article.url is None or article.url.startswith("https://outlet.example/")
