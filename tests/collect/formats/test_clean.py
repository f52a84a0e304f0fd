import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_monitor.collect.formats.clean import LONGEST_TEXT, LONGEST_TITLE, plain_line, plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Ferries &amp; trains", "Ferries & trains"),
        ("<p>One</p><p>Two<br>Three</p>", "One\nTwo\nThree"),
        ("<ul><li>one<li>two</ul>three", "one\ntwo\nthree"),
        ("<table><tr><td>a<td>b</table>", "a\nb"),
        ("<b>Bo</b>ld and <a href='x'>a <i>link</i></a>.", "Bold and a link."),
        ("A<script>alert('x')</script>B<style>p{}</style>C<!-- no -->D", "ABCD"),
        ("<p>wrapped\nin the\n source</p>", "wrapped in the source"),
        ("a&nbsp;&nbsp; b\t c", "a b c"),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("&lt;b&gt; is bold", "<b> is bold"),
        ("line one\r\n\r\nline two", "line one\nline two"),
        ("con\u00adcealed\u200b joi\ufeffns", "concealed joins"),
        ("می\u200cرود", "می\u200cرود"),
        ("\x00\x08\x1b[31mred&#27;&#x7f;", "[31mred"),
        ("lone \ud83d surrogate", "lone surrogate"),
        ("<p>never closed <b>at all", "never closed at all"),
        ("", ""),
        ("<img src=x>", ""),
    ],
)
def test_markup_becomes_text(html, text):
    assert plain_text(html) == text


def test_a_title_is_one_line_without_turns_of_direction():
    assert plain_line("<h1>Ferry\nopens</h1> \u202ereversed\u202c &#x2067;x") == "Ferry opens reversed x"


def test_text_may_keep_marks_of_direction():
    assert plain_text("abc \u200eשלום") == "abc \u200eשלום"


def test_texts_are_bounded():
    assert len(plain_text("word " * 100_000)) <= LONGEST_TEXT
    assert len(plain_text("<p>word</p>" * 100_000)) <= LONGEST_TEXT
    assert len(plain_line("word " * 1000)) <= LONGEST_TITLE


MARKUP = st.lists(
    st.sampled_from(["<p>", "</p>", "<br>", "<b", ">", "<", "&", "&amp;", "&#x202e;", "<script>", "</script>", "<!--",
                     "<![CDATA[", "]]>", "<td>", "<svg>", "<title>", "<body>", "<frameset>", "&#xd800;", "\x00", "\n"])
    | st.text(max_size=5)
).map("".join)  # fmt: skip


@given(MARKUP)
def test_any_markup_gives_clean_text(html):
    text = plain_text(html)
    assert all(unicodedata.category(c) not in ("Cc", "Cs") or c == "\n" for c in text)
    assert "\n\n" not in text
    assert "  " not in text
    assert text == text.strip()
    text.encode("utf-8")


@given(MARKUP)
def test_any_title_is_one_clean_line(html):
    line = plain_line(html)
    assert "\n" not in line
    assert not any(
        unicodedata.bidirectional(c) in ("RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "PDI") for c in line
    )


@given(st.text(st.characters(blacklist_categories=["C", "Z"], blacklist_characters="<&")))
def test_text_without_markup_stays(text):
    assert plain_text(text) == text[:LONGEST_TEXT]


@pytest.mark.parametrize(
    "name", ["iframe", "object", "script", "style", "svg", "title", "textarea", "select", "noscript"]
)
def test_an_element_that_closes_itself_swallows_nothing(name):
    assert plain_text(f"<p>before</p><{name} src='x'/><p>after</p>") == "before\nafter"


@pytest.mark.parametrize("name", ["iframe", "object", "textarea"])
def test_an_element_that_nothing_closes_swallows_nothing(name):
    assert plain_text(f"<p>before</p><{name} a='x'>in</{name}><{name}><p>after</p>") == "before\nafter"


@pytest.mark.parametrize("count", [600, 100_000])
def test_markup_nested_without_end_is_text_all_the_same(count):
    assert plain_text("<div>" * count + "a &amp; b" + "</div>" * count) == "a & b"
    assert plain_text("<div>x</div>" * 600).count("x") == 600
