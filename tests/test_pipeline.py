"""The pipeline on a dead feed: what holds of stages whatever they carry."""

from dataclasses import replace

import pytest

from media_monitor import pipeline
from media_monitor.config import Settings
from media_monitor.errors import BeatError, StorageError

OPML = '<opml version="2.0"><body><outline text="Dead" xmlUrl="http://127.0.0.1:1/rss"/></body></opml>'


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "feeds.opml").write_text(OPML)
    return Settings(home=tmp_path / "home", feeds=tmp_path / "feeds.opml")


def test_a_batch_whose_stages_are_cleared_away_can_be_loaded_again(settings):
    batch, loaded = pipeline.run(settings)
    assert loaded.rows["fetches"] == 1
    assert pipeline.plan(settings) == []  # it clears away what is loaded, and the failed feed is not due yet
    again = pipeline.load(settings, batch)
    assert (again.rows, again.confirmations) == ({}, ())
    assert "loaded before" in again.messages[0]


def test_a_batch_that_nobody_validated_cannot_be_loaded(settings):
    with pytest.raises(StorageError, match="run that stage first"):
        pipeline.load(settings, "never")


def test_batches_sort_by_time_and_depend_on_moment_and_run_alone(settings):
    now = settings.now()
    assert pipeline.batch_id(now, "a") == pipeline.batch_id(now, "a") != pipeline.batch_id(now, "b")
    assert pipeline.new_batch() != pipeline.new_batch()


def test_a_fault_in_the_alert_rules_is_told_before_anything_is_fetched(settings, tmp_path):
    rules = tmp_path / "alerts.toml"
    rules.write_text('[[rule]]\nid = "desk"\non = "denail"\n')
    with pytest.raises(BeatError, match=r"alerts.toml: rule desk: on: 'denail' is unknown; did you mean 'denial'"):
        pipeline.plan(replace(settings, alerts=rules))
