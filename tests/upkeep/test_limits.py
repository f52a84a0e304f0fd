"""The limits: what can be limited, by the setting and by default."""

import pytest

from media_monitor import tables
from media_monitor.errors import SettingError
from media_monitor.upkeep import evidence, limits
from media_monitor.upkeep.limits import KINDS


def test_every_table_is_limited_or_kept_for_ever_and_says_what_stays() -> None:
    assert set(limits.TABLES) | set(limits.RESTING) == set(tables.BY_NAME)
    assert set(limits.TABLES) < KINDS.keys()
    assert evidence.STAYING.keys() == set(limits.TABLES)
    assert all(kind.doc and (kind.default is None or kind.default >= kind.least) for kind in KINDS.values())


def test_what_the_ledger_rests_on_and_the_archive_are_kept_for_ever_by_default() -> None:
    found = limits.limits(())
    assert {name for name, days in found.items() if days is not None} == {"fetches", "checks", "messages", "batches"}


def test_the_setting_changes_a_limit_and_leaves_the_others() -> None:
    found = limits.limits(("fetches=200", "checks=forever", "warc=730"))
    assert found == limits.limits(()) | {"fetches": 200, "checks": None, "warc": 730}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fetch=90", "did you mean 'fetches'?"),
        ("zebra=90", "known are fetches, checks"),
        ("fetches", "give a number of days or forever, such as fetches=400"),
        ("fetches=-1", "give a number of days"),
        ("fetches=1", "at least 90 days of fetches are needed"),
        *((f"{name}=400", "kept for ever") for name in limits.RESTING),
    ],
)
def test_a_limit_that_cannot_be_is_refused_by_name(text: str, told: str) -> None:
    with pytest.raises(SettingError, match="setting retention_days: ") as refused:
        limits.limits((text,))
    assert text in str(refused.value)
    assert told in str(refused.value)
