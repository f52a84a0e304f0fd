"""The source tree: who had it from whom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from media_monitor.watch.message.account import Beside
from media_monitor.watch.message.compose import compose
from media_monitor.watch.message.tree import Printed

FIRST = datetime(2025, 4, 28, 6, tzinfo=UTC)


def printed(number, source, *carriers, outlet=None, copy_of=None):
    at = FIRST + timedelta(minutes=number)
    return Printed(f"a{number}", source, carriers, outlet or f"Outlet {number}", at, copy_of)


def sources(alert, beat, *articles):
    text = compose(alert, [], beat, "key", Beside(printed=articles)).text
    return text[text.index("Sources\n") : text.index("\n\n", text.index("Sources\n"))].splitlines()[1:]


def test_one_source_through_several_carriers_is_one_root(alert, beat):
    assert sources(
        alert, beat,
        printed(1, "kcna", "yonhap", "afp"), printed(2, "kcna", "yonhap", "afp", copy_of="a1"),
        printed(3, "kcna", "tass"), printed(4, "kcna"), printed(5, "kremlin"),
    ) == [
        "  from Korean Central News Agency",
        "    via Yonhap",
        "      via Agence France-Presse",
        "        in Outlet 1, 28 April 2025, 06:01 UTC and 1 reprint",
        "    via TASS",
        "      in Outlet 3, 28 April 2025, 06:03 UTC",
        "    in Outlet 4, 28 April 2025, 06:04 UTC",
        "  from The Kremlin",
        "    in Outlet 5, 28 April 2025, 06:05 UTC",
    ]  # fmt: skip


def test_copies_of_copies_and_of_what_we_do_not_have_are_folded(alert, beat):
    assert sources(
        alert, beat,
        printed(3, "kcna", copy_of="a2"), printed(1, "kcna"), printed(2, "kcna", copy_of="a1"),
        printed(5, "kcna", copy_of="gone"), printed(6, "kcna", copy_of="gone"), printed(7, "kcna", copy_of="a7"),
    ) == [
        "  from Korean Central News Agency",
        "    in Outlet 1, 28 April 2025, 06:01 UTC and 2 reprints",
        "    in Outlet 5, 28 April 2025, 06:05 UTC and 1 reprint",
        "    in Outlet 7, 28 April 2025, 06:07 UTC",
    ]  # fmt: skip


def test_a_source_that_prints_it_itself_is_one_line_with_its_reprints(alert, beat):
    own = replace(printed(1, "kcna", outlet="KCNA in English"), own=True)
    assert sources(
        alert, beat, own, printed(2, "kcna", "kcna", outlet="The Echo", copy_of="a1"), printed(3, "kcna", "afp"),
        replace(printed(4, "The Courier", outlet="The Courier"), own=True),
    ) == [
        "  from Korean Central News Agency (KCNA in English), 28 April 2025, 06:01 UTC and 1 reprint",
        "    via Agence France-Presse",
        "      in Outlet 3, 28 April 2025, 06:03 UTC",
        "  from The Courier, 28 April 2025, 06:04 UTC",
    ]  # fmt: skip


def test_what_is_too_much_to_read_is_counted(alert, beat):
    shown = sources(alert, beat, *(printed(number, "kcna") for number in range(20)))
    assert len(shown) == 10
    assert shown[-1] == "    and 12 more outlets"
    assert sources(alert, beat, *(printed(n, f"source {n}") for n in range(7)))[-1] == "  and 1 more primary source"


def test_the_tree_is_the_same_whatever_the_order_of_the_rows(alert, beat):
    articles = [printed(1, "kcna", "afp"), printed(2, "kcna"), printed(3, "kcna", "afp", copy_of="a1")]
    assert sources(alert, beat, *articles) == sources(alert, beat, *reversed(articles))


def test_without_rows_the_chain_of_the_statement_is_the_tree(alert, beat):
    assert sources(alert, beat) == [
        "  from Korean Central News Agency",
        "    via Agence France-Presse",
        "      in The <b>Courier</b>, 28 April 2025, 06:10 UTC",
    ]


def test_html_nests_lists_and_blocks_indent(alert, beat):
    message = compose(alert, [], beat, "key", Beside(printed=(printed(1, "kcna", "afp"),)))
    assert message.html.count("<ul>") == message.html.count("</ul>") == 3
    tree = next(b["text"]["text"] for b in message.blocks if "*Sources*" in str(b))
    assert tree.splitlines() == [
        "*Sources*",
        "• from Korean Central News Agency",
        "\u2003\u2003• via Agence France-Presse",
        "\u2003\u2003\u2003\u2003• in Outlet 1, 28 April 2025, 06:01 UTC",
    ]
