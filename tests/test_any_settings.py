"""Settings of any text: a value that the program can work with, or one line that names the setting."""

from dataclasses import fields
from datetime import UTC
from math import isfinite
from unittest import mock

import pytest
from fuzz.targets import one_line
from hypothesis import example, given
from hypothesis import strategies as st

from media_monitor.config import PREFIX, Settings, variables
from media_monitor.errors import SettingError

NAMES = [setting.name for setting in fields(Settings)]
ODD = [
    "nan",
    "inf",
    "-inf",
    "1e400",
    "0",
    "-1",
    "1_000",
    "٣",
    "9" * 5_000,
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:00:00-14:00",
    "~nobody-of-that-name/x",
    " ",
    "\t",
    "10.0.0.0/8 ::1/129",
    "0.0.0.0/0",
    "70000",
    "none",
    "auto",
    "15 15",
    "2025-01-01",
]
TEXTS = st.text(max_size=20) | st.sampled_from(ODD)


@given(st.sampled_from(NAMES), TEXTS)
@example("timeout_seconds", "nan")
@example("feeds", "\x00")
@example("exports", " ")
@example("timeout_seconds", "inf")
@example("as_of", "0001-01-01T00:00:00+14:00")
@example("home", "~nobody-of-that-name/x")
@example("longest_interval_minutes", " ")
@example("ports", "70000")
def test_any_text(name, text):
    try:
        loaded = Settings.load({name: text})
    except SettingError as error:
        one_line(error, f"setting {name}")
        return
    value = getattr(loaded, name)
    for number in value if isinstance(value, tuple) else (value,):
        if isinstance(number, float | int) and not isinstance(number, bool):
            assert isfinite(number)
            assert number >= 0
    assert loaded.now().tzinfo is UTC
    assert loaded.longest_interval_minutes
    assert all(port < 65_536 for port in loaded.ports)
    again = variables({name: value})
    with mock.patch.dict("os.environ", again):
        assert getattr(Settings.load(), name) == value


@given(st.text(max_size=30).filter(lambda name: name not in NAMES))
def test_any_other_name(name):
    with pytest.raises(SettingError, match="unknown"):
        Settings.load({name: "x"})


def test_the_prefix_is_that_of_the_environment():
    assert all(key.startswith(PREFIX) for key in variables({"home": "x"}))
