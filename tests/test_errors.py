"""Errors name culprit and reason in one line, survive pickling, and know whether trying again can help."""

import inspect
import pickle

import pytest

from media_monitor import errors

TREE = [e for _, e in inspect.getmembers(errors, inspect.isclass) if issubclass(e, errors.MediaMonitorError)]


@pytest.mark.parametrize("kind", TREE)
def test_an_error_is_one_line_and_survives_pickling(kind):
    again = pickle.loads(pickle.dumps(kind("feed x", "is empty")))
    assert type(again) is kind
    assert str(again) == "feed x: is empty"
    assert (again.culprit, again.reason) == ("feed x", "is empty")


@pytest.mark.parametrize("kind", [e for e in TREE if e is not errors.MediaMonitorError])
def test_every_error_is_transient_or_terminal_and_drawn_in_the_tree(kind):
    assert issubclass(kind, errors.TransientError) != issubclass(kind, errors.TerminalError)
    assert kind.__name__ in errors.__doc__
