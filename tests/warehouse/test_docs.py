"""The pages on tables and SQL say what is there."""

import re
from pathlib import Path

import pytest
from tests.warehouse import example

from media_monitor import tables
from media_monitor.warehouse import docs, query, rollup, trends

PAGE = example.PAGE.read_text(encoding="utf-8")
MADE = re.findall(r"CREATE OR REPLACE (VIEW|MACRO) (\w+)", "\n".join(trends.scripts()))
MADE += [("ROLLUP", name) for name in rollup.selects()]
SECTIONS = {m[1]: m[0] for m in re.finditer(r"^##+ (\w+).*?(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    example.build(folder)
    return folder


def test_the_page_of_tables_is_up_to_date() -> None:
    page = example.PAGE.with_name("tables.md").read_text(encoding="utf-8")
    assert page == docs.page(), "run `python -m media_monitor.warehouse.docs > docs/tables.md`"


@pytest.mark.parametrize("found", list(example.EXAMPLE.finditer(PAGE)), ids=lambda m: " ".join(m["sql"].split())[:50])
def test_each_example_gives_what_the_page_shows(home: Path, found: re.Match[str]) -> None:
    assert found["output"] == example.shown(query.run(home, found["sql"])), "run `python -m tests.warehouse.example`"


@pytest.mark.parametrize(("kind", "name"), MADE)
def test_each_view_and_macro_is_described_with_its_columns(home: Path, kind: str, name: str) -> None:
    section = SECTIONS[name]
    shown = example.EXAMPLE.search(section)
    assert shown is not None, f"{name} has no example"
    assert name in shown["sql"]
    described = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    inherited = re.search(r"The columns of \[`(\w+)`\]", section)
    if inherited:
        described = [*tables.BY_NAME[inherited[1]].names, *described]
    source = shown["sql"] if kind == "MACRO" else f"FROM {name}"
    assert described == query.run(home, source).column_names


def test_a_macro_is_described_with_its_arguments() -> None:
    declared = re.findall(r"CREATE OR REPLACE MACRO (\w+\(.*?\)) AS TABLE", "\n".join(trends.scripts()))
    headings = re.findall(r"^##+ (\w+\(.*\))$", PAGE, re.MULTILINE)
    assert set(declared) <= set(headings)
