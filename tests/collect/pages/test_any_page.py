"""Article pages of any markup and any structured data: text, or an outcome with a reason; facts that can be stored."""

import json
from datetime import UTC, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from media_monitor.collect.formats.parsed import NOT_XML
from media_monitor.collect.lists.discover import names
from media_monitor.collect.pages.maintext import main_text
from media_monitor.collect.pages.pagereading import PageDocument

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
URL = "https://harbour.example/1"
SENTENCE = "<p>The ferry across the bay opened on Monday, and every ticket of the first day was sold.</p>"
PIECES = st.sampled_from(
    [
        SENTENCE,
        "<article>",
        "</article>",
        "<div class='comments menu'>",
        "</div>",
        "<br>",
        "<table><tr><td>",
        "</table>",
        "<svg>",
        "<math>",
        "<template>",
        "<noscript>",
        "<iframe>",
        "<plaintext>",
        "<textarea>",
        "<!--",
        "-->",
        "<p hidden>",
        "<p style='display:none'>",
        "&#1;",
        "&#xFFFF;",
        "&#x110000;",
        "\x0b",
        "\ud800",
        "<h1>",
        "<a href='//['>",
        "<base href='//['>",
        "<link rel=alternate type=application/rss+xml href='http://[::1'>",
        "<meta charset=utf-7>",
        "<time datetime='0001-01-01'>",
        "<meta name=description content='The ferry across the bay opened'>",
        "<link rel=canonical href='x:y'>",
        "<html lang='%%'>",
        "<meta property='article:published_time' content='9999-12-31T23:59:59-14:00'>",
        "<form>",
        "<select><option>",
        "<body>",
    ]
) | st.text(st.characters(codec=None), max_size=5)
MARKUP = st.lists(PIECES, max_size=25).map("".join)
TOLD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=10)
    | st.sampled_from(["NewsArticle", "False", "http://[", "2025-13-01"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "@type",
                    "@graph",
                    "author",
                    "name",
                    "headline",
                    "datePublished",
                    "isAccessibleForFree",
                    "url",
                    "inLanguage",
                    "mainEntity",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


def read(html: str, content_type: str = "text/html; charset=utf-8"):
    body = html.encode("utf-8", "surrogatepass")
    found = PageDocument(body, content_type, URL, URL, "Ferry", "The ferry across the bay opened", NOON).read()
    assert (found.outcome == "text") == bool(found.text)
    assert found.outcome == "text" or found.reason
    assert not NOT_XML.search(found.text)
    return found


@settings(max_examples=150, deadline=None)
@given(MARKUP)
@example(SENTENCE * 5 + "<svg>&#1;</svg>")
@example("<body>" + SENTENCE + "\x01" + SENTENCE)
def test_any_markup_is_read(markup):
    read(f"<html><body>{markup}")
    assert all(one.url.startswith(("http://", "https://")) for one in names(markup, URL))


@settings(max_examples=100, deadline=None)
@given(TOLD)
def test_any_structured_data(told):
    script = json.dumps(told).replace("<", "\\u003c")
    read(f"<html><head><script type='application/ld+json'>{script}</script></head><body>{SENTENCE * 5}")


def test_structured_data_of_any_depth():
    assert read(f"<html><script type='application/ld+json'>{'[' * 100_000}</script><body>{SENTENCE * 5}").text


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from(["", "text/html", "text/html; charset=utf-16", 'text/html; charset="', "image/png"]),
)
def test_any_bytes_are_a_page_or_none(body, content_type):
    found = PageDocument(b"<html>" + body, content_type, URL, URL, "", "", NOON).read()
    assert found.outcome == "text" or found.reason


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([SENTENCE, SENTENCE.replace("Monday", "Tuesday")]), min_size=4, max_size=8), MARKUP)
def test_the_text_is_words_of_the_page(sentences, beside):
    html = f"<html><body><article>{''.join(sentences)}</article><aside>{beside}</aside>"
    shown = "".join(main_text(html).split())
    assert "".join(SENTENCE[3:-4].split()) in shown or "Tuesday" in shown
