"""Where a capital of the beat is the place and where its government, beyond a preposition before it."""

from datetime import date

import pytest

from media_monitor.beat import Beat
from media_monitor.extract.document import Document
from media_monitor.extract.reading import read

BEAT = Beat.load("dprk_russia")


def named(language: str, title: str, text: str = "") -> set[str]:
    found = read(Document("d", title, text, language, date(2025, 8, 1)), BEAT)
    assert found.relevant
    return {e for hit in found.named for e in hit.entities}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "First direct flight between Moscow and Pyongyang takes off"),
        ("de", "Erster Direktflug zwischen Moskau und Pjöngjang gestartet"),
        ("fr", "Premier vol direct entre Moscou et Pyongyang"),
        ("es", "Despega el primer vuelo directo entre Moscú y Pyongyang"),
        ("ru", "Первый прямой рейс между Москвой и Пхеньяном"),
        ("uk", "Перший рейс між Москвою та Пхеньяном"),
        ("ja", "モスクワと平壌を結ぶ直行便が就航"),
        ("ko", "모스크바와 평양을 잇는 직항편 취항"),
    ],
)
def test_capitals_that_a_journey_joins_are_places(language: str, title: str) -> None:
    assert named(language, title) >= {"moscow", "pyongyang"}


@pytest.mark.parametrize(
    ("language", "title", "government", "place"),
    [
        ("en", "Cooperation: Moscow thanks Pyongyang", "north_korea", "pyongyang"),
        ("fr", "Séoul hausse le ton face à Moscou et à la Corée du Nord", "russia", "moscow"),
        ("es", "La cooperación entre Moscú y Pyongyang crece", "russia", "moscow"),
        ("ru", "Сотрудничество между Москвой и Пхеньяном растет", "russia", "moscow"),
    ],
)
def test_elsewhere_they_are_governments(language: str, title: str, government: str, place: str) -> None:
    found = named(language, title)
    assert government in found
    assert place not in found


def test_places_of_both_sides_tie_them() -> None:
    assert named("fr", "A Pyongyang, un musée à la gloire des « héros de Koursk »") == {"pyongyang", "kursk"}


def test_a_dateline_of_kcna_is_no_place() -> None:
    assert "pyongyang" not in named("ko", "로씨야에 사의를 표하였다", "(평양 4월 28일발) 북한과 로씨야는 협력한다.")
