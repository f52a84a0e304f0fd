"""Stories in the warehouse: what assignment reads of it, what views make of merges, splits, copies and wires."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.warehouse import example, rows

from media_monitor.model import Article
from media_monitor.tables.stories import STORIES, STORY_CHANGES, Story, StoryChange
from media_monitor.warehouse import index, lake, query, stories, trends

DAY = "2025-04-28"
NOON = rows.moment(DAY)


def told(name: str, story: str, hours: float = 0, **changes: Any) -> Article:
    return rows.article(name, DAY, story_id=story, published_at=NOON + timedelta(hours=hours), **changes)


def founded(by: Article, story: str) -> Story:
    assert by.published_at
    return Story(
        story,
        by.article_id,
        by.revision,
        by.published_at,
        by.fetched_at,
        by.language,
        ("russia",),
        (),
        (),
        None,
        "rules 1",
    )


def merged(younger: str, older: str, name: str = "m") -> StoryChange:
    return StoryChange(f"{name}{younger}", "merge", younger, older, "a", 1, NOON, 0.5, "an article matches both")


def build(home: Path, articles: list[Article], changes: tuple[StoryChange, ...] = (), *more: object) -> None:
    firsts = {a.story_id: a for a in reversed(articles) if a.story_id}
    found = {"stories": STORIES.arrow(founded(a, story) for story, a in firsts.items() if story)}
    lake.merge(home, rows.batch(*articles, *more) | found | {"story_changes": STORY_CHANGES.arrow(changes)})
    index.sync(home, trends.scripts(), example.REFERENCE)


def ask(home: Path, sql: str) -> list[dict[str, Any]]:
    return query.rows(home, sql)


def test_merged_stories_lead_to_the_last_over_any_number_of_merges(tmp_path: Path) -> None:
    names = ("a", "b", "c", "d")
    build(
        tmp_path, [told(n, f"s{n}") for n in names], (merged("sb", "sa"), merged("sc", "sb"), merged("sb", "sd", "x"))
    )
    roots = {row["story_id"]: row["root"] for row in ask(tmp_path, "FROM story_roots")}
    assert roots == {"sa": "sa", "sb": "sa", "sc": "sa", "sd": "sd"}
    [one] = ask(tmp_path, "FROM stories_latest WHERE story_id = 'sa'")
    assert (one["articles"], one["merged"]) == (3, ["sb", "sc"])


def test_the_wire_counts_as_first_and_copies_are_their_origins(tmp_path: Path) -> None:
    build(tmp_path, [
        told("paper", "s", 0, agency="Yonhap", publisher="paper", outlet="The Paper"),
        told("wire", "s", 1, agency="Yonhap", publisher="yonhap", outlet="Yonhap"),
        told("copy", "s", 2, copy_of="paper", publisher="radio"),
        told("own", "s", 3, publisher="weekly"),
    ])  # fmt: skip
    [first] = ask(tmp_path, "FROM first_to_report")
    assert (first["reporter"], first["by_wire"], first["outlet"], first["carriers"]) == ("Yonhap", True, "The Paper", 3)
    reporters = {row["article_id"]: row["reporter"] for row in ask(tmp_path, "FROM story_articles")}
    assert reporters == {"paper": "Yonhap", "wire": "Yonhap", "copy": "Yonhap", "own": "weekly"}


def test_lags_count_from_the_first_report_though_it_came_late(tmp_path: Path) -> None:
    founder, late = told("founder", "s", 0), told("late", "s", -2, language="ru")
    build(tmp_path, [founder, told("arabic", "s", 4, language="ar"), late])
    lags = {row["language"]: row["hours"] for row in ask(tmp_path, "FROM lag_by_language")}
    assert lags == {"ru": 0.0, "en": 2.0, "ar": 6.0}
    [one] = ask(tmp_path, "FROM stories_latest")
    assert (one["article_id"], one["languages"]) == ("founder", ["ru", "en", "ar"])


def test_a_revision_counts_from_when_it_was_first_printed_and_where_it_is_now(tmp_path: Path) -> None:
    first = told("a", "old", 0)
    second = replace(first, revision=2, published_at=NOON + timedelta(hours=9), story_id="new")
    build(tmp_path, [told("founder", "new", 1), first, second, told("other", "old", 2)])
    found = {row["article_id"]: (row["story_id"], row["printed_at"]) for row in ask(tmp_path, "FROM story_articles")}
    assert found["a"] == ("new", NOON)
    assert found["other"][0] == "old"


def test_a_language_is_missing_only_where_a_feed_in_it_was_read_since(tmp_path: Path) -> None:
    fetches = [
        rows.fetch("volga", "b", DAY, fetched_at=NOON + timedelta(hours=6)),
        rows.fetch("nile", "b", DAY, fetched_at=NOON - timedelta(hours=6)),
        rows.fetch("courier-ko", "b", DAY, fetched_at=NOON + timedelta(hours=6), error="timed out"),
        rows.fetch("harbour", "b", DAY, fetched_at=NOON + timedelta(hours=6)),
    ]
    build(tmp_path, [told("a", "s", 0)], (), *fetches)
    assert ask(tmp_path, "FROM languages_missing") == [
        {"story_id": "s", "language": "ru", "feeds": 1, "silent_hours": 6.0}
    ]


def test_founders_are_read_with_their_words_then_and_where_they_go_on(tmp_path: Path) -> None:
    first = told("a", "sa", 0, title="As it was")
    second = replace(first, revision=2, title="As it is")
    build(tmp_path, [first, second, told("b", "sb", 1)], (merged("sb", "sa"),))
    found = {
        row["story_id"]: row for row in stories.founders(tmp_path, date(2025, 4, 23), date(2025, 5, 3)).to_pylist()
    }
    assert (found["sa"]["title"], found["sa"]["entities"], found["sa"]["root"]) == ("As it was", ["russia"], "sa")
    assert (found["sb"]["root"], found["sb"]["root_at"]) == ("sa", NOON)
    assert stories.founders(tmp_path, date(2025, 5, 1), date(2025, 5, 3)).num_rows == 0


def test_where_articles_are_is_read_by_id(tmp_path: Path) -> None:
    first = told("a", "sa")
    build(tmp_path, [first, replace(first, revision=2, story_id="sc"), told("b", "sb")])
    assert stories.kept(tmp_path, ["a", "z"]).to_pylist() == [{"article_id": "a", "revision": 2, "story_id": "sc"}]
    assert stories.kept(tmp_path, []).num_rows == 0


@pytest.mark.parametrize(
    "read", [lambda home: stories.founders(home, date.min, date.max), lambda home: stories.kept(home, ["a"])]
)
def test_before_the_first_run_there_is_nothing(tmp_path: Path, read: Any) -> None:
    assert read(tmp_path).num_rows == 0
