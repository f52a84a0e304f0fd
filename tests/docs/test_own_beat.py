"""The page on a beat of one's own: its files make a beat, its commands run, and they print what it shows."""

from tests.docs.running import follow


def test_a_beat_is_made_from_the_page_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = follow("own-beat.md", monkeypatch)
    assert len(ran) > 5
    assert (tmp_path / "harbour" / "samples" / "courier.xml").is_file()
