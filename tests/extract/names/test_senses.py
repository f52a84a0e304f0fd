"""What names mean where they stand: capitals, datelines, family names; and soldiers without a name."""

import pytest

from media_monitor.beat import Alias, Entity
from media_monitor.extract.names import agencies, armies, senses
from media_monitor.extract.names.gazetteer import Gazetteer, Hit
from media_monitor.extract.text.affixes import affixes
from media_monitor.extract.text.normalise import normalise

ENTITIES = {
    e.entity_id: e
    for e in (
        Entity("russia", "country", "RU", "GOV", None, "Russia"),
        Entity("north_korea", "country", "KP", "GOV", None, "North Korea"),
        Entity("moscow", "place", None, None, None, "Moscow"),
        Entity("ivanov", "person", "RU", "GOV", None, "Ivan Ivanov"),
        Entity("ri", "person", "KP", "GOV", None, "Pak Chol"),
        Entity("kim", "person", "KP", "GOV", None, "Kim"),
        Entity("army", "organisation", "KP", "MIL", None, "Army"),
        Entity("tass", "organisation", "RU", "MED", None, "TASS"),
    )
}
CAPITALS = {
    "en": "Moscow",
    "de": "Moskau",
    "fr": "Moscou",
    "es": "Moscú",
    "ar": "موسكو",
    "ko": "모스크바",
    "zh": "莫斯科",
    "ja": "モスクワ",
}
ALIASES = [
    *(Alias(name, ("russia", "moscow"), "metonym", language) for language, name in CAPITALS.items()),
    *(Alias(form, ("russia", "moscow"), "metonym", "ru") for form in ("Москва", "Москве", "Москву", "Москвы")),
    Alias("Москві", ("russia", "moscow"), "metonym", "uk"),
    Alias("Brussels", ("north_korea",), "metonym", "en"),
    Alias("Ivan Ivanov", ("ivanov",), "name", "en"),
    Alias("Pak Chol", ("ri",), "name", "en"),
    Alias("Kim", ("kim",), "short", "en"),
    Alias("TASS", ("tass",), "name", "en"),
    Alias("North Korea", ("north_korea",), "name", "en"),
    Alias("Russia", ("russia",), "name", "en"),
    Alias("КНДР", ("north_korea",), "name", "ru"),
    Alias("росси*", ("russia",), "name", "ru"),
    Alias("북한", ("north_korea",), "name", "ko"),
]


def hits(text: str, language: str) -> list[Hit]:
    normal = normalise(text)
    gazetteer = Gazetteer.compile(ALIASES, language)
    found = gazetteer.find(normal)
    return list(senses.hits(found, normal, gazetteer, agencies.signature(normal.text), ENTITIES))


@pytest.mark.parametrize(
    ("language", "text", "meaning"),
    [
        ("en", "Moscow denied the report", "russia"),
        ("en", "He arrived in Moscow", "moscow"),
        ("en", "the capital, Moscow", "moscow"),
        ("en", "a Moscow-based expert", "moscow"),
        ("en", "ties with Moscow", "russia"),
        ("de", "Moskau bestritt das", "russia"),
        ("de", "Er reiste nach Moskau", "moscow"),
        ("fr", "Moscou a démenti", "russia"),
        ("fr", "en visite à Moscou", "moscow"),
        ("es", "Moscú lo negó", "russia"),
        ("es", "llegó a Moscú", "moscow"),
        ("ru", "Москва опровергла", "russia"),
        ("ru", "Он прибыл в Москву", "moscow"),
        ("ru", "В Москве заявили о другом", "russia"),
        ("uk", "Переговори у Москві", "moscow"),
        ("ar", "نفت موسكو ذلك", "russia"),
        ("ar", "وصل إلى موسكو", "moscow"),
        ("ar", "لقاء بموسكو", "moscow"),
        ("ko", "모스크바에 도착했다", "moscow"),
        ("ko", "모스크바 당국이 밝혔다", "russia"),
        ("zh", "莫斯科否认", "russia"),
        ("zh", "他抵达莫斯科", "moscow"),
        ("ja", "モスクワは否定した", "russia"),
        ("ja", "モスクワで会談した", "moscow"),
    ],
)
def test_a_capital_is_government_or_place(language: str, text: str, meaning: str) -> None:
    assert [h.entities for h in hits(f"\n{text}", language)] == [(meaning,)]


def test_a_capital_whose_place_is_not_listed_means_nothing_as_a_place() -> None:
    assert hits("\nThey met in Brussels", "en") == []
    assert [h.entities for h in hits("\nBrussels spoke", "en")] == [("north_korea",)]


def test_dateline_and_credit_are_no_mentions_but_a_quoted_agency_is_one() -> None:
    found = hits("Title\nMOSCOW, May 5. /TASS/. Russia spoke, TASS said. (TASS)", "en")
    assert [h.surface for h in found] == ["Russia", "TASS"]


def test_a_family_name_after_the_full_name_is_the_person() -> None:
    found = hits(
        "\nIvanov came. Ivan Ivanov spoke. Ivanov's aide and Ivanova left. Pak Chol sat; Pak rose; Chol?", "en"
    )
    assert [(h.surface, h.entities[0], h.rule) for h in found] == [
        ("Ivan Ivanov", "ivanov", "name"),
        ("Ivanov", "ivanov", "surname"),
        ("Pak Chol", "ri", "name"),
        ("Pak", "ri", "surname"),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("\nThen Kim spoke", 1),
        ("\nThen minister Kim Min-ho spoke at length", 0),
        ("\nThen deputies Kim Ivanov and others spoke", 0),
        ("Ministers Praise Kim During Visit\n", 1),
        ("\nThey met Kim. Later they left again", 1),
    ],
)
def test_a_family_name_before_another_given_name_is_somebody_else(text: str, count: int) -> None:
    assert len(hits(text, "en")) == count


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "North Korea honoured its soldiers", ["soldiers"]),
        ("en", "Russia honoured its soldiers", []),
        ("en", "North Korea and Russia honoured soldiers", []),
        ("en", "Soldiers marched in North Korea", []),
        ("en", "North Korea spoke.\nSoldiers marched", []),
        ("ru", "КНДР отправила солдат", ["солдат"]),
        ("ru", "КНДР лечит солдат России", []),
        ("ru", "КНДР показала боеголовки", []),
        ("ko", "북한은 병력을 보냈다", ["병력"]),
        ("xx", "North Korea soldiers", []),
    ],
)
def test_soldiers_belong_to_the_party_named_before(language: str, text: str, found: list[str]) -> None:
    normal = normalise(text)
    mentions = hits(text, language)
    made = armies.troops(normal, mentions, affixes(language), {"KP": "army"}, ENTITIES)
    assert [h.surface for h in made] == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "They spoke of soldiers, and of more soldiers", ["soldiers"]),
        ("en", "They spoke of Russia soldiers", []),
        ("en", "They spoke of Russia, Soldiers first", ["Soldiers"]),
        ("en", "They spoke", []),
        ("xx", "They spoke of soldiers", []),
    ],
)
def test_soldiers_without_a_name_beside_them_are_the_only_army_that_is_meant(
    language: str, text: str, found: list[str]
) -> None:
    made = armies.anybodys(normalise(text), hits(text, language), affixes(language), "army")
    assert [(h.surface, h.entities) for h in made] == [(surface, ("army",)) for surface in found]
