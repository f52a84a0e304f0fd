"""The page on extraction shows what `explain` prints."""

from tests import extraction_page


def test_the_example_is_what_the_command_prints() -> None:
    page = extraction_page.PAGE.read_text(encoding="utf-8")
    (example,) = (e for e in extraction_page.EXAMPLE.finditer(page) if "explain" in e["commands"])
    assert example["output"] == extraction_page.printed(example["commands"]), "run `python -m tests.extraction_page`"
