"""The page of the expectations is the one that the suites make."""

from pathlib import Path

from media_monitor.config import Settings
from media_monitor.validate import docs

PAGE = Path(__file__).resolve().parents[2] / "docs" / "expectations.md"


def test_the_page_is_up_to_date() -> None:
    page = docs.page(Settings().expectations)
    assert PAGE.read_text(encoding="utf-8") == page, "python -m media_monitor.validate.docs > docs/expectations.md"


def test_rows_of_the_page_have_as_many_cells_as_their_header() -> None:
    cells = 0
    for line in docs.page(Settings().expectations).splitlines():
        if line.startswith("|"):
            found = line.replace("\\|", "").count("|")
            cells = cells or found
            assert found == cells, line
        else:
            cells = 0
