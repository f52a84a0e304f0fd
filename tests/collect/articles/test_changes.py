"""What changed is told in few words, whatever the language and however long the texts."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_monitor.collect.articles.article import article
from media_monitor.collect.articles.changes import MOST_CHARACTERS, Content, described, described_change, word_diff
from media_monitor.sources import Entry, Feed

FEED = Feed("f", "https://a.example/rss", "Outlet", "a.example")
BASE = article(
    Entry("Two killed", "https://a.example/1", None, "At least two.", None), FEED, datetime(2025, 4, 28, tzinfo=UTC)
)


@pytest.mark.parametrize(
    ("before", "now", "diff"),
    [
        ("Two killed at the river", "Three killed at the river", "[-Two-]{+Three+} killed at the river"),
        ("Fire at port", "Fire at the port", "Fire at {+the+} port"),
        (
            "Fire at the port, police say",
            "Fire at the port",
            "Fire at the port [-, police say-]",
        ),
        ("Порт закрыт на час", "Порт закрыт на день", "Порт закрыт на [-час-]{+день+}"),
        ("다리 두 곳 폐쇄", "다리 세 곳 폐쇄", "다리 [-두-]{+세+} 곳 폐쇄"),
        ("大桥关闭两天", "大桥关闭三天", "大桥关闭 [-两-]{+三+} 天"),
        ("إغلاق جسرين", "إغلاق ثلاثة جسور", "إغلاق [-جسرين-]{+ثلاثة جسور+}"),
        ("One  two", "One two", "spacing only"),
        ("", "New", "{+New+}"),
    ],
)
def test_the_changed_words_are_marked(before, now, diff):
    assert word_diff(before, now) == diff


def test_far_from_a_change_words_are_left_out():
    text = "a b c d e f g h i j k l m n o p q r s t"
    assert word_diff(text, text.replace("j", "J")) == "… f g h i [-j-]{+J+} k l m n …"


def test_title_and_text_have_a_line_each():
    before, now = Content("Two killed", "At least two died."), Content("Three killed", "At least three died.")
    assert described_change(before, now) == "title: [-Two-]{+Three+} killed\ntext: At least [-two-]{+three+} died."


@pytest.mark.parametrize("before", [Content("T", None), Content("T", "Old words", "page")])
def test_a_text_that_cannot_be_compared_is_not(before):
    assert described_change(before, Content("T", "New", "feed")) == "text: not compared"
    assert described_change(before, Content("U", "New", "feed")) == "title: [-T-]{+U+}"


def test_each_revision_is_told_against_the_one_before():
    second = replace(BASE, revision=2, title="Three killed")
    third = replace(BASE, revision=3, title="Four killed")
    told = described([BASE, second, third], {})
    assert [a.change for a in told] == [None, "title: [-Two-]{+Three+} killed", "title: [-Three-]{+Four+} killed"]
    (stored,) = described([third], {BASE.article_id: Content("Three killed", "At least two.")})
    assert stored.change == "title: [-Three-]{+Four+} killed"
    assert described([third], {})[0].change is None


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (" ".join(f"w{n % 50}" for n in range(200_000)), " ".join(f"w{n % 47}" for n in range(200_000))),
        ("a b " * 1500, "b a c " * 1000),
        ("大桥" * 2000, "桥大关" * 1500),
    ],
    ids=["long", "of few words", "of few characters"],
)
def test_texts_made_to_be_hard_take_no_time_and_little_room(before, now):
    start = time.process_time()
    assert len(word_diff(before, now)) < MOST_CHARACTERS + 40
    assert time.process_time() - start < 5


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_can_be_told_apart(before, now):
    diff = word_diff(before, now)
    assert diff
    assert "\n" not in diff
