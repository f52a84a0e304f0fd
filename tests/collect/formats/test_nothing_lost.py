"""Well-formed documents of any shape lose no entry: counted by Expat, read by the reader of feeds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from media_monitor.collect.formats.census import count
from media_monitor.collect.formats.parse import parse

ATOM = "http://www.w3.org/2005/Atom"
TEXT = st.sampled_from(
    ["", "Ferry", "&lt;item>", "&lt;/item>", "<![CDATA[<item>]]>", "<![CDATA[</rss></channel>]]>", "<!-- <item/> -->",
     "<!-- </channel></rss> -->", "<?pi <item> ?>", "&#x41;", "<b>x</b>", "여객선", "\n\t", "<x:y/>",
     "<media:description a='b'>c</media:description>", "<media:description/>", "&amp;lt;entry&amp;gt;", "]]&gt;"]
)  # fmt: skip
FIELD = st.sampled_from(
    ["title", "link", "description", "guid", "pubDate", "content", "summary", "id", "source", "image", "author", "body",
     "x:item", "x:entry", "media:group", "media:title", "textInput", "channel2", "items2", "div", "svg", "published"]
)  # fmt: skip
ATTRIBUTE = st.sampled_from(
    ["", " type='xhtml'", " type='html'", " xml:base='/b/'", " a='&lt;item>'", " x:b='>'", " mode='xml'"]
)
FIELDS = st.tuples(FIELD, ATTRIBUTE, st.lists(TEXT, max_size=3)).map(
    lambda f: f"<{f[0]}{f[1]}>{''.join(f[2])}</{f[0]}>"
)


def wrapped(name: str):
    inner = st.lists(FIELDS | TEXT, max_size=5).map("".join)
    whole = inner.map(lambda content: f"<{name}>{content}</{name}>")
    return st.lists(whole | whole | FIELDS | st.just(f"<{name}/>"), max_size=6).map("".join)


SPACES = "xmlns:x='urn:x' xmlns:media='http://search.yahoo.com/mrss/'"
RSS = st.tuples(wrapped("item"), wrapped("item")).map(
    lambda parts: f"<rss version='2.0' {SPACES}><channel>{parts[0]}</channel>{parts[1]}</rss>"
)
FEED = wrapped("entry").map(lambda parts: f"<feed xmlns='{ATOM}' {SPACES}>{parts}</feed>")
PREFIXED = wrapped("a:entry").map(lambda parts: f"<a:feed xmlns:a='{ATOM}' {SPACES}>{parts}</a:feed>")
RDF = wrapped("item").map(
    lambda parts: (
        "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        f"xmlns='http://purl.org/rss/1.0/' {SPACES}><channel/>{parts}</r:RDF>"
    )
)
HEAD = st.sampled_from(
    ["", "<?xml version='1.0'?>", "<!-- <rss><item> -->", "<?xml-stylesheet href='<item>'?>\n", "\n"]
)


@settings(max_examples=400, deadline=None)
@given(HEAD, RSS | FEED | PREFIXED | RDF)
def test_every_entry_of_a_well_formed_document_is_read(head, document):
    body = (head + document).encode()
    counted = count(body)
    assert counted is not None
    assert len(parse(body, "", "https://a.example/").entries) >= counted
