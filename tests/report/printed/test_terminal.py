"""Nothing that is printed gives orders to the terminal, whoever wrote it."""

import io
import json

import pytest
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from media_monitor.report.printed.terminal import Terminal, written
from media_monitor.report.printed.values import print_json

ORDERS = {
    "a colour": "\x1b[31m",
    "a window's title": "\x1b]0;mine\x07",
    "the clipboard": "\x1b]52;c;cm0gLXJm\x1b\\",
    "a link": "\x1b]8;;https://bad.example\x1b\\",
    "a colour in one character": "\x9b31m",
    "back over what stands there": "\r\x08\x08",
    "the direction of writing": "\u202e\u2067\u061c",
    "lines of other kinds": "\x0b\x0c\x85\u2028\u2029",
}
FORBIDDEN = {*map(chr, (*range(10), *range(11, 32), *range(127, 160))), *"\u202e\u2067\u061c\u2028\u2029"}


def printed(*things: object, **how: object) -> str:
    """What a terminal without colours gets."""
    console = Terminal(file=io.StringIO(), width=60, force_terminal=True, color_system=None)
    console.print(*things, **how)
    return console.file.getvalue()


def table(cell: str) -> Table:
    found = Table("Outlet", cell, title=cell, caption=cell)
    found.add_row(Text(cell, overflow="fold"), "next")
    return found


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
@pytest.mark.parametrize(
    "made", [str, Text, table, lambda text: Panel(text, title=text), lambda text: table(f"여객선 {text} عبّارة")]
)
def test_no_order_reaches_the_terminal(order, made):
    shown = printed(made(f"Quay {order} News"), markup=False)
    assert not FORBIDDEN & set(shown)
    assert "Quay" in shown
    assert "News" in shown


def test_a_table_stays_straight():
    lines = printed(table("Quay \x1b\x9b\u202eNews")).splitlines()
    assert len({len(line) for line in lines if "│" in line or "━" in line}) == 1


def test_rich_keeps_its_own_colours():
    console = Terminal(file=io.StringIO(), force_terminal=True, color_system="standard")
    console.print(Text("Quay", style="red"))
    assert console.file.getvalue() == "\x1b[31mQuay\x1b[0m\n"


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_json_holds_the_characters_as_escapes(order, capsys):
    print_json({"outlet": f"Quay {order} News"})
    text = capsys.readouterr().out
    assert not FORBIDDEN & set(text)
    assert json.loads(text) == {"outlet": f"Quay {order} News"}


def test_what_is_ordinary_is_written_as_it_is():
    assert written('{\n  "a": "여객선 «عبّارة»"\n}') == '{\n  "a": "여객선 «عبّارة»"\n}'
