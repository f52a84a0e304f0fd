"""While expectations are judged each has one configuration, and each condition its rows; before and afterwards Great
Expectations is as it was."""

from datetime import UTC, datetime

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
        assert one.configuration.to_domain_obj() is one.configuration.to_domain_obj()
        assert one._get_runtime_kwargs({"result_format": "BASIC"})["result_format"]["result_format"] == "BASIC"
        assert one._get_runtime_kwargs({"result_format": "COMPLETE"})["result_format"]["result_format"] == "COMPLETE"
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


def test_the_rows_of_a_condition_are_looked_for_once():
    judge.ready()
    import pandas as pd
    from great_expectations.execution_engine import PandasExecutionEngine

    engine, frame = PandasExecutionEngine(), pd.DataFrame({"status": [200, 304, 404]})

    def rows(condition: str, of: pd.DataFrame) -> pd.DataFrame:
        return engine._apply_row_condition_filter(of, condition, {"condition_parser": "pandas"})

    with remembering():
        found = rows("status < 400", frame)
        assert rows("status < 400", frame) is found
        assert list(found["status"]) == [200, 304]
        assert list(rows("status > 400", frame)["status"]) == [404]
        assert list(rows("status < 400", frame[1:])["status"]) == [304]
    assert rows("status < 400", frame) is not found


def test_frames_are_hashed_outside_alone():
    judge.ready()
    import pandas as pd
    from great_expectations.execution_engine import pandas_execution_engine as engines

    frame = pd.DataFrame({"status": [200, 304, 404]})
    with remembering():
        assert engines.hash_pandas_dataframe(frame) == ""
    assert engines.hash_pandas_dataframe(frame) == engines.hash_pandas_dataframe(frame.copy()) != ""


def test_ids_are_those_of_great_expectations():
    judge.ready()
    from great_expectations.core.id_dict import IDDict

    given = [
        {},
        {"column": "day"},
        {"column": "day", "value_set": ["ä", "б", 1.5, None, True], "of": {"b": 1, "a": [2]}},
        {"column": "day", "min_value": datetime(2025, 4, 28, tzinfo=UTC)},
        {"column": "day", "value_set": {1}},
    ]
    usual = [IDDict(one).to_id() for one in given]
    with remembering():
        assert [IDDict(one).to_id() for one in given] == usual
        assert IDDict(given[2]).to_id(id_keys={"column", "of"}) != usual[2]
    assert len(set(usual)) == len(given)
