"""The page on extraction shows what `explain` prints."""

import re

from tests import extraction_page

# The facts themselves; which words make a claim changes with every form that a lexicon gains.
FACT = re.compile(r"[SE]\d|     (words|speaker|said on|rule|who|when) ")


def facts(output: str) -> list[str]:
    return [line for line in output.splitlines() if FACT.match(line)]


def test_the_example_has_the_facts_that_the_command_prints() -> None:
    page = extraction_page.PAGE.read_text(encoding="utf-8")
    (example,) = (e for e in extraction_page.EXAMPLE.finditer(page) if "explain" in e["commands"])
    printed = extraction_page.printed(example["commands"])
    assert facts(example["output"]) == facts(printed) != [], "run `python -m tests.extraction_page`"
