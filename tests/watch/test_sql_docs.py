"""The section on the ledger in docs/sql.md: its examples run and find something, its columns are those of the views."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs" / "sql.md"
SECTION = DOCS.read_text(encoding="utf-8").partition("\n## The claim ledger\n")[2].partition("\n## ")[0]
EXAMPLES = re.findall(r"```sql\n(.*?)```", SECTION, re.S)


@pytest.fixture
def told(desk, beat):
    """The real claims, and a party that declines, denies and then confirms."""
    rows = [
        {"claim": c.claim_id, "title": c.title, "parties": c.parties, "implies": c.implies}
        for c in beat.claims.values()
    ]
    desk.claims = pa.Table.from_pylist(rows, schema=desk.claims.schema)
    for party in ("KP", "RU"):
        desk.says(desk.article("2024-10-24"), party, "deny", "troops_in_combat")
        desk.says(desk.article("2025-04-28"), party, "confirm", "troops_in_combat", said_on=date(2025, 4, 26))
    desk.says(desk.article("2025-04-28"), "KR", "deny", "troops_in_combat")
    corrected = desk.article("2025-04-28")
    desk.says(corrected, "RU", "confirm", "treaty")
    desk.articles.append(replace(corrected, revision=2, content_sha256="2" * 64))
    return desk


def test_the_section_has_examples():
    assert len(EXAMPLES) >= 6


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_runs_and_finds_something(told, example):
    assert told.ask(example)


@pytest.mark.parametrize(
    "view",
    [
        "claim_status",
        "claim_timeline",
        "confirmations",
        "corroboration",
        "ledger_steps",
        "disputes",
        "withdrawn_statements",
        "source_trees",
        "exported_confirmations",
    ],
)
def test_the_columns_are_those_of_the_view(told, view):
    paragraph = SECTION.partition(f"\n### {view}\n")[2].strip().partition("\n\n")[0]
    documented = re.findall(r"`(\w+)`", paragraph.partition(": ")[2].partition(".")[0])
    assert documented == list(told.ask(f"FROM {view}")[0])


def test_every_view_of_the_ledger_is_named(told):
    sql = "SELECT view_name FROM duckdb_views() WHERE NOT internal AND view_name NOT LIKE 'anew_%'"
    views = [row["view_name"] for row in told.ask(sql)]
    assert [view for view in views if not re.search(rf"(`|### ){view}\b", SECTION)] == []
