"""What an article tells: numbers and days however they are written, names and deeds of the head alone."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from tests.stories import labelled

from media_monitor.extract.stories.report import HEAD, Report, reports
from media_monitor.extract.stories.rows import packed, unpacked
from media_monitor.extract.stories.weights import shipped

AT = datetime(2024, 10, 18, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "12,000 soldiers on 13 October"), ("de", "12.000 Soldaten am 13. Oktober"), ("ko", "지난 13일 1만2천명"),
        ("ru", "12 тысяч солдат 13 октября"), ("zh", "10月13日1万2千名士兵"), ("ja", "13日に兵士1万2千人"),
        ("ar", "12 ألف جندي في 13 أكتوبر"), ("fr", "12.000 soldats le 13 octobre"),
        ("es", "12.000 soldados el 13 de octubre"), ("uk", "12 тисяч солдатів 13 жовтня"),
    ],
)  # fmt: skip
def test_a_number_and_a_day_are_the_same_in_every_language(language: str, title: str) -> None:
    one = Report("a", 1, AT, language, title, "")
    assert one.numbers == {12_000}
    assert one.days == {date(2024, 10, 13)}


def test_in_an_unknown_language_there_are_words_alone() -> None:
    one = Report("a", 1, AT, "fi", "12 000 sotilasta", "")
    assert (one.numbers, one.days) == (frozenset(), frozenset())
    assert "sotilasta" in one.words


def test_what_stands_after_the_head_tells_nothing() -> None:
    row = {
        "id": "a",
        "language": "en",
        "published": "2024-10-18T12:00:00Z",
        "title": "Troops from North Korea in Russia",
    }
    [one] = reports(labelled.facts([{**row, "text": "Nothing is known. " * 40 + "Sergei Lavrov spoke of 9,000 men."}]))
    assert len(one.text) > HEAD
    assert "sergei_lavrov" not in one.entities
    assert 9_000 not in one.numbers
    assert {"north_korea", "russia"} <= one.titled <= one.entities


def test_a_row_keeps_its_direction_in_a_column() -> None:
    row = np.random.default_rng(1).normal(size=384).astype(np.float32)
    assert float(unpacked(packed(row)) @ row / np.linalg.norm(row)) > 0.999
    assert len(packed(row)) == 512
    assert not unpacked(packed(np.zeros(384, np.float32))).any()


def test_weights_are_of_all_ten_languages_and_rare_names_weigh_more() -> None:
    weights = shipped()
    assert set(weights.means) == set(weights.words) == {"ar", "de", "en", "es", "fr", "ja", "ko", "ru", "uk", "zh"}
    assert (
        weights.entities.weight("north_korea") < weights.entities.weight("vladivostok") < weights.entities.weight("?")
    )
    rows = np.stack([weights.means["ko"], weights.means["ko"]])
    assert np.abs(weights.centred(rows, ["ko", None])).sum(axis=1)[0] == 0
