"""The page of settings is what the settings say."""

from pathlib import Path

from media_monitor.report.printed.settings import page

PAGE = Path(__file__).resolve().parents[3] / "docs" / "settings.md"


def test_the_page_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "python -m media_monitor.report.printed.settings > docs/settings.md"
    )
