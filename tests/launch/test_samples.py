"""The server of sample feeds, and the settings of a run on them."""

import urllib.request
from pathlib import Path

import pytest

from media_monitor.beat import Beat
from media_monitor.config import PACKAGE, Settings
from media_monitor.errors import BeatError
from media_monitor.launch import once
from media_monitor.launch.samples import on_samples, serving

SAMPLES = PACKAGE / "beats" / "dprk_russia" / "samples"


def test_the_opml_names_the_address_and_the_server_answers_conditionally(tmp_path):
    with serving(SAMPLES, tmp_path / "feeds.opml") as address:
        assert address.startswith("http://127.0.0.1:")
        opml = (tmp_path / "feeds.opml").read_text()
        assert "{base}" not in opml
        assert f"{address}/northgate-wire.xml" in opml
        with urllib.request.urlopen(f"{address}/northgate-wire.xml") as answer:
            assert answer.headers["Content-Type"] == "application/xml"
            assert answer.headers["Last-Modified"]


def test_samples_run_at_the_time_of_their_story_and_apart_from_live_data(tmp_path):
    on_samples, on_feeds = once._settings(None, tmp_path), once._settings(Path("my.opml"), tmp_path)
    assert on_samples.as_of == Beat.load("dprk_russia").settings["samples"]["as_of"]
    assert on_feeds.as_of is None
    assert on_samples.home != on_feeds.home


def test_the_samples_of_another_beat_have_a_folder_of_their_own(tmp_path, monkeypatch):
    assert once._settings(None, tmp_path).home == tmp_path / "samples"
    monkeypatch.setenv("MEDIA_MONITOR_BEAT", "nord_stream")
    other = once._settings(None, tmp_path)
    assert other.home == tmp_path / "samples-nord_stream"
    assert other.as_of == Beat.load("nord_stream").settings["samples"]["as_of"]


def test_a_beat_without_samples_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("MEDIA_MONITOR_BEAT", str(tmp_path))
    (tmp_path / "beat.toml").write_text('title = "T"\nlanguages = ["en"]\n', encoding="utf-8")
    with pytest.raises(BeatError, match="the beat has no samples"), on_samples(Settings.load(home=tmp_path / "home")):
        pass
