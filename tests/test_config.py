"""Settings: origins, precedence, and errors that name the setting."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from media_monitor.config import Settings, documented
from media_monitor.errors import SettingError


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    import os

    for name in [n for n in os.environ if n.startswith("MEDIA_MONITOR_")]:
        monkeypatch.delenv(name)


def test_defaults_need_no_environment():
    assert Settings.load() == Settings()


def test_environment_wins_over_section_and_override_over_both(monkeypatch):
    monkeypatch.setenv("MEDIA_MONITOR_CHUNK_SIZE", "7")
    loaded = Settings.load({"chunk_size": "5", "concurrency": "3", "beat": "other"}, beat="mine")
    assert (loaded.chunk_size, loaded.concurrency, loaded.beat) == (7, 3, "mine")


def test_a_string_given_as_an_override_gets_its_type_too():
    assert Settings.load(feeds="my.opml").feeds == Path("my.opml")


def test_values_get_their_types(monkeypatch):
    monkeypatch.setenv("MEDIA_MONITOR_HOME", "/srv/data")
    monkeypatch.setenv("MEDIA_MONITOR_ALERT_URLS", "json://a  mailto://b")
    monkeypatch.setenv("MEDIA_MONITOR_AS_OF", "2025-04-28T12:00:00+09:00")
    loaded = Settings.load()
    assert loaded.home == Path("/srv/data")
    assert loaded.alert_urls == ("json://a", "mailto://b")
    assert loaded.now() == datetime(2025, 4, 28, 3, tzinfo=UTC)


def test_the_clock_is_utc_and_now():
    assert abs(Settings().now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_an_unknown_name_in_the_environment_is_an_error_with_a_hint(monkeypatch):
    monkeypatch.setenv("MEDIA_MONITOR_CHUNKSIZE", "7")
    with pytest.raises(SettingError, match=r"MEDIA_MONITOR_CHUNKSIZE: unknown; did you mean 'chunk_size'"):
        Settings.load()


def test_an_unknown_name_in_the_section_is_an_error():
    with pytest.raises(SettingError, match=r"\[media_monitor\] colour: unknown; known are home"):
        Settings.load({"colour": "red"})


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("max_bytes", "many", "invalid literal"),
        ("timeout_seconds", "0", "above zero"),
        ("as_of", "2025-04-28T12:00:00", "needs a UTC offset"),
        ("as_of", "yesterday", "Invalid isoformat"),
    ],
)
def test_a_value_of_the_wrong_form_names_the_setting(name, value, reason):
    with pytest.raises(SettingError, match=rf"setting {name}: .*{reason}"):
        Settings.load({name: value})


def test_the_documented_defaults_are_read_as_the_defaults():
    """Airflow hands them out as the section once it knows the provider."""
    assert Settings.load({name: default for name, default, *_ in documented()}) == Settings.load()


def test_an_empty_value_is_the_default():
    assert Settings.load({"feeds": "", "as_of": ""}) == Settings()


def test_every_setting_is_documented():
    for name, _, doc, _ in documented():
        assert doc.endswith("."), name


def test_the_user_agent_is_honest_and_carries_the_contact():
    agent = Settings(contact="desk@example.org").user_agent
    assert agent.startswith("media-monitor/")
    assert "desk@example.org" in agent
