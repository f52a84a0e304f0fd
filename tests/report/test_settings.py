"""The page of settings is what the settings say."""

from pathlib import Path

from media_monitor.report.settings import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


def test_the_page_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m media_monitor.report.settings > docs/settings.md"
