"""What a domain asked for holds for every process of the data folder, at once."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from media_monitor.collect.politeness import patience
from media_monitor.collect.web.fetch import fetch_all
from media_monitor.errors import StorageError

NOON = datetime(2025, 4, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_other_chunks_of_a_run_leave_the_domain_alone_too(server, settings):
    (told,) = fetch_all([server.feed("/429")], {}, settings)
    (spared,) = fetch_all([server.feed("/good")], {}, settings)
    assert told.retry_after == 2 * HOUR
    assert spared.error.startswith("is not asked: 127.0.0.1 asks to wait 7")
    assert [path for path, _ in server.asked] == ["/429"]


def test_of_two_moments_the_later_holds_and_no_other_domain_is_forgotten(tmp_path):
    patience.remember(tmp_path, {"a.example": NOON + 2 * HOUR, "b.example": NOON + HOUR}, NOON)
    patience.remember(tmp_path, {"a.example": NOON + HOUR, "c.example": NOON + 3 * HOUR}, NOON)
    assert patience.blocked(tmp_path, NOON) == {
        "a.example": NOON + 2 * HOUR,
        "b.example": NOON + HOUR,
        "c.example": NOON + 3 * HOUR,
    }
    assert set(patience.blocked(tmp_path, NOON + HOUR)) == {"a.example", "c.example"}


def test_nobody_is_left_alone_for_longer_than_a_day(tmp_path):
    patience.remember(tmp_path, {"a.example": NOON + 1000 * HOUR, "b.example": NOON - HOUR}, NOON)
    assert patience.blocked(tmp_path, NOON) == {"a.example": NOON + 24 * HOUR}


def test_what_many_are_told_at_once_is_kept_whole(tmp_path):
    domains = [f"d{n}.example" for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda domain: patience.remember(tmp_path, {domain: NOON + HOUR}, NOON), domains))
    assert set(patience.blocked(tmp_path, NOON)) == set(domains)


@pytest.mark.parametrize("damage", ["", "{", "[1]", '{"a.example": 5}', '{"a.example": "2025-04-28T13:00:00"}'])
def test_a_damaged_file_keeps_nobody_from_being_asked_and_is_made_anew(tmp_path, damage):
    patience.remember(tmp_path, {"a.example": NOON + HOUR}, NOON)
    (file,) = (tmp_path / "politeness").glob("*.json")
    file.write_text(damage)
    assert patience.blocked(tmp_path, NOON) == {}
    patience.remember(tmp_path, {"b.example": NOON + HOUR}, NOON)
    assert json.loads(file.read_text()) == {"b.example": (NOON + HOUR).isoformat()}


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "politeness").write_text("a file")
    with pytest.raises(StorageError, match="politeness"):
        patience.remember(tmp_path, {"a.example": NOON + HOUR}, NOON)
