"""The pages that a reader follows: their files make what they say, their commands run, and print what they show."""

import pytest
from tests.docs.running import follow


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One folder for all pages on the samples, so that they are read once."""
    return tmp_path_factory.mktemp("reader")


def test_a_beat_is_made_from_the_page_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert len(follow("own-beat.md", monkeypatch)) > 5
    assert (tmp_path / "harbour" / "samples" / "courier.xml").is_file()


@pytest.mark.parametrize("page", ["tutorial.md", "own-sql.md", "backup.md", "alerts-howto.md", "upkeep.md"])
def test_the_page_does_what_it_says(folder, monkeypatch, page):
    monkeypatch.chdir(folder)
    monkeypatch.setenv("MEDIA_MONITOR_SEMANTIC", "off")
    assert follow(page, monkeypatch)
