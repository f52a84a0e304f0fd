"""docs/exports.md: its table is that of the fields, its examples hold, its commands are those that there are."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from media_monitor.cli import app
from media_monitor.columns import DAY, FLAG, INT, TEXT, TEXTS, TIME
from media_monitor.exports.fields import TABLE
from media_monitor.exports.identity import uuid

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
TYPES = {
    TEXT: "text", TEXTS: "texts", INT: "whole number", FLAG: "true or false", DAY: "day", TIME: "time, UTC",
}  # fmt: skip
COMMANDS = re.findall(r"^media-monitor (export .*)$", PAGE, re.MULTILINE)


def test_the_table_is_that_of_the_fields():
    told = re.findall(r"^\| `(\w+)` \| ([^|]+) \| (yes|) ?\| (.+) \|$", PAGE.partition("\n## Atom")[0], re.MULTILINE)
    assert told == [(c.name, TYPES[c.type], "yes" if c.null else "", c.doc) for c in TABLE.columns]


def test_the_example_of_csv_begins_with_the_fields():
    header = re.search(r"^(alert_id,.*),…$", PAGE, re.MULTILINE)[1].split(",")
    assert header == list(TABLE.names[: len(header)])


def test_the_id_of_the_example_is_made_as_the_page_says():
    alert_id = re.search(r"^([0-9a-f]{16}),dprk_russia", PAGE, re.MULTILINE)[1]
    assert uuid("confirmation", "dprk_russia", alert_id).urn in PAGE


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_is_understood(command, tmp_path):
    """There is no warehouse to export, which is the first thing that the command says after reading its options."""
    words = shlex.split(command.partition(">")[0])
    done = CliRunner().invoke(app, ["--home", str(tmp_path), *words])
    assert "has no warehouse yet" in str(done.exception)
    assert not isinstance(done.exception, typer.Exit)
