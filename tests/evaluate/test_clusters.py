"""BCubed and pairs on clusterings that can be counted by hand."""

import pytest

from media_monitor.evaluate.clusters import bcubed, pairs

LABELS = {"a": "x", "b": "x", "c": "x", "d": "y"}


def test_what_is_right_is_one_and_names_are_nothing() -> None:
    same = {item: label.upper() for item, label in LABELS.items()}
    assert (bcubed(same, LABELS).f1, pairs(same, LABELS).f1) == (1.0, 1.0)


def test_all_in_one_is_right_in_recall_alone() -> None:
    found = bcubed(dict.fromkeys(LABELS, "one"), LABELS)
    assert found.precision == pytest.approx((3 * 0.75 + 0.25) / 4)
    assert found.recall == 1.0
    together = pairs(dict.fromkeys(LABELS, "one"), LABELS)
    assert (together.precision, together.recall) == (0.5, 1.0)


def test_each_alone_is_right_in_precision_alone() -> None:
    alone = {item: item for item in LABELS}
    assert bcubed(alone, LABELS).precision == 1.0
    assert bcubed(alone, LABELS).recall == pytest.approx((3 * (1 / 3) + 1) / 4)
    assert pairs(alone, LABELS).f1 == 0.0


def test_across_languages_only_pairs_of_two_count() -> None:
    found = {"a": "1", "b": "1", "c": "2", "d": "2"}
    across = pairs(found, LABELS, {"a": "en", "b": "en", "c": "ko", "d": "ru"})
    assert (across.precision, across.recall) == (0.0, 0.0)
    assert pairs(found, LABELS).recall == pytest.approx(1 / 3)
