"""Names in ten languages: edges by script, letter case, blocks, stems, and what wins."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_monitor.beat import Alias
from media_monitor.extract.names.gazetteer import Gazetteer
from media_monitor.extract.text.normalise import normalise

ALIASES = [
    Alias(text, tuple(targets.split()), kind, language)
    for language, text, targets, kind in [
        ("en", "US", "united_states", "short"),
        ("en", "UN", "united_nations", "name"),
        ("en", "Russia", "russia", "name"),
        ("en", "Russian", "russia", "adjective"),
        ("en", "Russian roulette", "", "block"),
        ("en", "South Korea", "south_korea", "name"),
        ("en", "Korea", "korea", "name"),
        ("en", "North Korean soldiers", "north_korea army", "name"),
        ("en", "North Korean", "north_korea", "adjective"),
        ("en", "Turkey", "turkey", "name"),
        ("en", "Seoul", "south_korea seoul", "metonym"),
        ("ru", "КНДР", "north_korea", "name"),
        ("ru", "Путин*", "putin", "name"),
        ("ru", "министерств* обороны росси*", "russian_defence_ministry russia", "name"),
        ("ru", "росси*", "russia", "name"),
        ("uk", "Росія", "russia", "name"),
        ("de", "Nordkorea", "north_korea", "name"),
        ("ar", "روسيا", "russia", "name"),
        ("ar", "الكرملين", "kremlin", "name"),
        ("ar", "بوتين", "putin", "name"),
        ("ar", "كوريا الشمالية", "north_korea", "name"),
        ("ko", "북한", "north_korea", "name"),
        ("ko", "북한산", "", "block"),
        ("ko", "러", "russia", "short"),
        ("ko", "러시아", "russia", "name"),
        ("ko", "北", "north_korea", "short"),
        ("zh", "中国", "china", "name"),
        ("zh", "发展中国家", "", "block"),
        ("zh", "俄", "russia", "short"),
        ("ja", "キム", "kim", "name"),
        ("ja", "ロシア", "russia", "name"),
        ("ja", "北", "hokkaido", "short"),
    ]
]


def names(text: str, language: str | None) -> list[str]:
    normal = normalise(text)
    found = Gazetteer.compile(ALIASES, language).find(normal)
    spans = [normal.span(f.start, f.end) for f in found if f.alias.targets]
    return [text[a:b] for a, b in spans]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Let us ask the US and the UN, not UNESCO or RUSSIANS", ["US", "UN"]),
        ("en", "Russia's plan; pro-Russian; anti‑Russian.", ["Russia", "Russian", "Russian"]),
        ("en", "Prussia and Belorussia", []),
        ("en", "He played Russian roulette with Russia", ["Russia"]),
        ("en", "North Korean soldiers in South Korea", ["North Korean soldiers", "South Korea"]),
        ("en", "a turkey dinner in Turkey", ["Turkey"]),
        ("en", "everything in small letters about russia and the us", ["russia"]),
        ("en", "RUSSIA AND TURKEY TALK", ["RUSSIA", "TURKEY"]),
        ("en", "In #Russia and #Russia_news, not Russia2024", ["Russia", "Russia"]),
        ("en", "🇷🇺Russia🚀Turkey", ["Russia", "Turkey"]),
        ("en", "South\u00a0Korea and South  Korea and South\nKorea", ["South\u00a0Korea", "South  Korea", "Korea"]),
        ("en", "Ru\u200bssia", ["Ru\u200bssia"]),
        ("ru", "КНДР, а не кндр", ["КНДР"]),
        ("ru", "Путину, Путиным, но не путинский и не Путинизмом", ["Путину", "Путиным"]),
        ("ru", "в министерстве обороны России заявили", ["министерстве обороны России"]),
        ("ru", "министерство обороны", []),
        ("uk", "Росія та Nordkorea", ["Росія", "Nordkorea"]),
        ("de", "Nordkoreas Bote", ["Nordkorea"]),
        ("ar", "وروسيا وبروسيا ولروسيا لروسيا", ["روسيا", "روسيا", "روسيا", "روسيا"]),
        ("ar", "للكرملين والكرملين بالكرملين", ["للكرملين", "الكرملين", "الكرملين"]),
        ("ar", "عروسيات وبوتينات", []),
        ("ar", "أعلن بُوتين عن كوريا الشماليّة", ["بُوتين", "كوريا الشماليّة"]),
        ("ko", "북한은 러시아에게, 친러시아 대북한", ["북한", "러시아", "러시아", "북한"]),
        ("ko", "월북한 사람, 북한산에 올라, 북한군인", ["북한"]),
        ("ko", "러, 北에 답해… 그러나 일러두다", ["러", "北"]),
        ("zh", "发展中国家与中国，俄称", ["中国", "俄"]),
        ("ja", "キムチとキム氏、ロシアで", ["キム", "ロシア"]),
        ("ja", "ベラロシアン", []),
        ("pl", "Putin, Путину, Nordkorea, Russia, US", ["Путину", "Nordkorea", "Russia"]),
        ("en", "", []),
    ],
)
def test_finds_names_and_nothing_else(language: str, text: str, expected: list[str]) -> None:
    assert names(text, language) == expected


def test_the_own_language_wins_and_short_forms_stay_at_home() -> None:
    normal = normalise("北 和 北")
    assert [f.alias.targets for f in Gazetteer.compile(ALIASES, "ko").find(normal)] == [("north_korea",)] * 2
    assert [f.alias.targets for f in Gazetteer.compile(ALIASES, "ja").find(normal)] == [("hokkaido",)] * 2
    assert not Gazetteer.compile(ALIASES, "zh").find(normal)


def test_an_alias_of_two_entities_stands_for_both() -> None:
    (found,) = Gazetteer.compile(ALIASES, "en").find(normalise("North Korean soldiers"))
    assert found.alias.targets == ("north_korea", "army")


def test_no_aliases_find_nothing() -> None:
    assert Gazetteer.compile([], "en").find(normalise("Russia")) == []


MIXED = st.lists(
    st.one_of(
        st.sampled_from(
            [a.alias.replace("*", "а") for a in ALIASES] + [" ", "\n", "와", "و", "'s", "\u200f", "\ud83d"]
        ),
        st.text(st.characters(exclude_categories=[]), max_size=8),
    ),
    max_size=20,
).map("".join)


@given(MIXED, st.sampled_from(["en", "ru", "ar", "ko", "zh", "ja", None]))
def test_any_text_gives_names_in_order_inside_it(text: str, language: str | None) -> None:
    normal = normalise(text)
    found = Gazetteer.compile(ALIASES, language).find(normal)
    spans = [normal.span(f.start, f.end) for f in found]
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert spans == sorted(spans)
    assert all(a.end <= b.start for a, b in pairwise(found))
