"""While expectations are judged each has one configuration; before and afterwards Great Expectations is as it was."""

import pytest

from media_monitor.validate import judge
from media_monitor.validate.remembered import remembering


@pytest.fixture(scope="module")
def expectation():
    judge.ready()
    from great_expectations.expectations import ExpectColumnValuesToBeInSet

    return lambda *values: ExpectColumnValuesToBeInSet(column="status", value_set=list(values))


def test_it_is_made_once_for_each(expectation):
    one, other = expectation(200, 304), expectation(404)
    with remembering():
        assert one.configuration is one.configuration
        assert (one.configuration.kwargs, other.configuration.kwargs) == (
            {"column": "status", "value_set": [200, 304]},
            {"column": "status", "value_set": [404]},
        )


def test_it_is_made_anew_afterwards(expectation):
    one = expectation(200)
    with remembering():
        during = one.configuration
    one.value_set = [304]
    assert (during.kwargs["value_set"], one.configuration.kwargs["value_set"]) == ([200], [304])
    with remembering():
        assert one.configuration.kwargs["value_set"] == [304]
