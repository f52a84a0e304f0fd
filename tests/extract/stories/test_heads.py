"""Vectors of heads are made where articles are extracted, and taken from there."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.backfill import archive
from tests.stories import labelled
from tests.test_linking import ROWS, facts

from media_monitor import pipeline, tables
from media_monitor.backfill import run
from media_monitor.backfill.request import Request
from media_monitor.backfill.run import Summary
from media_monitor.config import Settings
from media_monitor.engines.processes import Processes
from media_monitor.extract.semantic import encoder
from media_monitor.extract.semantic.model import chosen
from media_monitor.extract.stories.heads import HEADS, heads, known, with_vectors
from media_monitor.extract.stories.report import reports
from media_monitor.extract.stories.rows import packed
from media_monitor.extract.stories.weights import shipped
from media_monitor.warehouse import lake, staging

pytestmark = pytest.mark.skipif(encoder.missing() is not None, reason=str(encoder.missing()))
OTHER = packed(np.ones(384))


def altered(rows: pa.Table) -> pa.Table:
    """The heads with a vector that no text has."""
    return rows.set_column(rows.schema.get_field_index("vector"), HEADS.schema.field("vector"), [[OTHER] * len(rows)])


def test_each_head_once_of_relevant_articles_alone() -> None:
    one, other = (labelled.article(row) for row in ROWS[:2])
    again = replace(one, article_id="again", url="https://else.example/again")
    found = facts([one, other, again])["articles"]
    assert found["relevant"].to_pylist() == [True] * 3
    assert heads(found, "on")["article_id"].to_pylist() == [one.article_id, other.article_id]
    aside = found.set_column(found.schema.get_field_index("relevant"), found.schema.field("relevant"), [[False] * 3])
    assert heads(aside, "on").num_rows == heads(found, "off").num_rows == 0


def test_they_are_what_would_be_made_later_and_are_taken_where_they_are_known() -> None:
    found = facts(labelled.article(row) for row in ROWS[:20])
    told, made = reports(found), heads(found["articles"], "on")
    model = chosen("on")
    alone = [one.vector for one in with_vectors(told, model, shipped())]
    assert [one.vector for one in with_vectors(told, model, shipped(), known(made))] == alone
    half = known(altered(made).slice(0, 7))
    mixed = [one.vector for one in with_vectors(told, model, shipped(), half)]
    assert mixed.count(OTHER) == 7
    assert set(mixed) - {OTHER} < set(alone)


def test_a_run_validates_with_the_vectors_of_its_extraction(tmp_path: Path) -> None:
    settings, batch = Settings(home=tmp_path, semantic="on"), pipeline.new_batch()
    articles = tables.ARTICLES.arrow(labelled.article(row) for row in ROWS[:5])
    staging.write(tmp_path, batch, "settle", {"fetches": tables.FETCHES.empty()})
    staging.write(tmp_path, batch, "settle-0000", {"articles": articles})
    assert set(pipeline.extract(settings, batch, 0)) == {"articles", *(table.name for table in tables.FACTS)}
    staged = staging.read(tmp_path, batch, "extract-0000")
    staging.write(tmp_path, batch, "extract-0000", staged | {"heads": altered(staged["heads"])})
    pipeline.validate(settings, batch, 1)
    passed = staging.read(tmp_path, batch, "validate")
    assert "heads" not in passed
    assert set(passed["stories"]["vector"].to_pylist()) == {OTHER}


def test_a_backfill_loads_the_vectors_of_its_parts_for_revisions_too(tmp_path: Path) -> None:
    rows = archive.rows(8)
    later = rows[0] | {"title": rows[0]["title"] + ", corrected"}
    request = Request((str(archive.lines(tmp_path / "some.jsonl", [*rows, later])),))
    settings, summary = replace(archive.settings(tmp_path / "home"), semantic="on"), Summary("")
    with run.record_of(settings, request).running():
        run.extract(settings, request, run.plan(settings, request), Processes(1), summary)
    (path,) = (settings.home / "backfill").glob("*/spool/*/heads.parquet")
    spooled = parquet.read_table(path)
    relevant = parquet.read_table(path.with_name("articles.parquet")).to_pylist()
    assert sorted(spooled["article_id"].to_pylist()) == sorted(row["article_id"] for row in relevant if row["relevant"])
    parquet.write_table(altered(spooled), path)
    run.load(settings, request, summary)
    vectors = lake.read(settings.home, "stories")["vector"].to_pylist()
    assert set(vectors) == {OTHER}
    assert {row["revision"] for row in lake.read(settings.home, "articles").to_pylist()} == {1, 2}
