"""Days are given in one way, whatever the command."""

import pytest
from tests.commands.registry import COMMANDS, MEDIA_MONITOR

from media_monitor.commands.options import day

DAYS = [
    (name, option)
    for name, command in COMMANDS.items()
    for option in command.params
    if option.name.endswith(("since", "until")) and name != "sql"  # values of a query, whatever they are
]


def test_every_option_for_a_day_is_the_same_one_and_says_which_day():
    assert {"articles search", "backfill", "claims", "trends coverage"} <= {name for name, _ in DAYS}
    assert [name for name, option in DAYS if option.metavar != day("").metavar or not option.help] == []


def test_articles_and_archives_are_chosen_by_the_same_words():
    searched, read = ({o.name: o.help for name, o in DAYS if name == one} for one in ("articles search", "backfill"))
    assert all(searched[name] == read[name] for name in ("since", "until"))


@pytest.mark.parametrize("given", ["2025-13-01", "2025-04-28T10:00", "yesterday"])
def test_what_is_no_day_is_named(given):
    with pytest.raises(Exception, match=f"'{given}' does not match the format '%Y-%m-%d'"):
        MEDIA_MONITOR.main(["backfill", "--alerts-since", given, "archive"], standalone_mode=False)
