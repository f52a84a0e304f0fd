"""Stories over batches: as runs load them, again, killed before the load, and replayed."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.stories import labelled
from tests.warehouse.rows import plain

from media_monitor import columns, consistency, linking, tables
from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.extract.batch import extract
from media_monitor.model import Article
from media_monitor.report.asked.articles import story as report
from media_monitor.warehouse import lake

ROWS = [json.loads(line) for line in (labelled.HERE / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
TABLES = ("articles", "stories", "story_changes")


def of(*names: str) -> list[dict[str, Any]]:
    return [row for row in ROWS if row["story"] in names]


def settings(home: Path) -> Settings:
    return Settings.load(home=home, semantic="off")


def facts(articles: Iterable[Article]) -> dict[str, Any]:
    return extract(tables.ARTICLES.arrow(articles), Beat.load(labelled.BEAT))


def load(home: Path, articles: Iterable[Article]) -> dict[str, Any]:
    found = facts(articles)
    good = found | linking.told(settings(home), found)
    lake.merge(home, good)
    consistency.refresh(settings(home))
    return good


def stored(home: Path) -> list[Any]:
    return [plain(lake.read(home, name), tables.BY_NAME[name].key) for name in TABLES]


@pytest.fixture
def batches() -> list[list[Article]]:
    """Two batches of two happenings that are easily taken for each other."""
    articles = [labelled.article(row) for row in of("nis_1500", "nis_3000")]
    articles.sort(key=lambda article: article.fetched_at)
    return [articles[:4], articles[4:]]


def test_batches_give_stories_and_a_replay_gives_the_same(tmp_path: Path, batches: list[list[Article]]) -> None:
    for batch in batches:
        load(tmp_path / "one", batch)
    for batch in batches:
        linking.told(settings(tmp_path / "two"), facts(batch))  # of a run that was killed before its load
        load(tmp_path / "two", batch)
    load(tmp_path / "two", batches[-1])  # of one that was loaded again
    assert stored(tmp_path / "one") == stored(tmp_path / "two")
    happenings = {row["id"]: row["story"] for row in ROWS}
    found = {row["article_id"]: row["story_id"] for row in stored(tmp_path / "one")[0]}
    assert len(set(found.values())) == 2
    assert len({(story, happenings[article]) for article, story in found.items()}) == 2


def test_a_correction_moves_one_article_and_no_id(tmp_path: Path, batches: list[list[Article]]) -> None:
    load(tmp_path, [article for batch in batches for article in batch])
    before = {row["article_id"]: row["story_id"] for row in stored(tmp_path)[0]}
    moved, model = batches[0][1], labelled.article(of("wonsan_ministers")[0])
    corrected = replace(moved, revision=2, title=model.title, text=model.text, language=model.language)
    load(tmp_path, [corrected])
    articles, _, changes = stored(tmp_path)
    now = {
        row["article_id"]: row["story_id"]
        for row in articles
        if row["revision"] == 1 + (row["article_id"] == moved.article_id)
    }
    assert {key for key in before if before[key] != now[key]} == {moved.article_id}
    assert [(row["kind"], row["article_id"], row["revision"]) for row in changes] == [("split", moved.article_id, 2)]
    told = report.one(settings(tmp_path), before[moved.article_id][:10])
    assert moved.article_id not in {row["article_id"] for row in told["printed"]}
    assert [row["kind"] for row in told["changes"]] == ["split"]


def test_articles_that_are_not_relevant_have_no_story(tmp_path: Path) -> None:
    other = labelled.article({**ROWS[0], "id": "x", "title": "Harvest festival", "text": "Apples and pears."})
    good = load(tmp_path, [other])
    assert columns.instances(Article, good["articles"])[0].story_id is None
    assert good["stories"].num_rows == 0
    assert linking.told(settings(tmp_path), {**facts([]), "articles": tables.ARTICLES.empty()}) == {}
