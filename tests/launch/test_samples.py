"""The server of sample feeds, and the settings of a run on them."""

import urllib.request
from pathlib import Path

from media_monitor.beat import Beat
from media_monitor.config import PACKAGE
from media_monitor.launch import once
from media_monitor.launch.samples import serving

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
