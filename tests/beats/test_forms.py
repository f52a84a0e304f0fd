"""Every name is found in the forms that running text puts it in, and words that only look like one are left alone."""

from collections.abc import Iterator

import pytest
from tests.beats.declined import KOREAN_IN_RUSSIAN, RUSSIAN, UKRAINIAN, korean_in_russian, russian

from media_monitor.beat import Alias, Beat
from media_monitor.extract.reading import gazetteer
from media_monitor.extract.text.boundaries import script
from media_monitor.extract.text.normalise import normalise

BEAT = Beat.load("dprk_russia")
CLITICS = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فل")
# After a consonant, after a vowel.
PARTICLES = [
    ("은", "는"),
    ("이", "가"),
    ("을", "를"),
    ("과", "와"),
    ("으로", "로"),
    ("이라고", "라고"),
    ("이며", "며"),
] + [(p, p) for p in ("의", "에", "에서", "에게", "도", "만", "까지", "부터", "측은", "에는", "에도")]
KANA_PARTICLES = ("は", "が", "を", "に", "の", "と", "も", "で", "から", "へ", "への", "側", "氏は")


def named(language: str, text: str) -> set[tuple[str, ...]]:
    """The targets of the aliases found in the text."""
    return {f.alias.targets for f in gazetteer(BEAT, language).find(normalise(text)) if f.alias.targets}


def entities(language: str, text: str) -> set[str]:
    return {e for targets in named(language, text) for e in targets}


def plain(language: str, *kinds: str) -> Iterator[Alias]:
    """The aliases of a language in one fixed form, of the kinds."""
    yield from (a for a in BEAT.aliases if a.language == language and a.kind in kinds and "*" not in a.alias)


@pytest.mark.parametrize(("entity", "name"), RUSSIAN.items())
def test_russian_cases(entity: str, name: str) -> None:
    forms = russian(name)
    assert len(forms) > 1 or name.split()[-1][-1] in "оуеи"
    assert [form for form in sorted(forms) if entity not in entities("ru", f"Сегодня {form} и другие")] == []


@pytest.mark.parametrize(("entity", "name"), KOREAN_IN_RUSSIAN.items())
def test_russian_cases_of_names_of_three_syllables(entity: str, name: str) -> None:
    forms = korean_in_russian(name)
    assert [form for form in forms if entity not in entities("ru", f"Сегодня {form} и другие")] == []


@pytest.mark.parametrize(("entity", "forms"), UKRAINIAN.items())
def test_ukrainian_cases_and_small_letters(entity: str, forms: str) -> None:
    assert [f for f in forms.split("|") if entity not in entities("uk", f"Сьогодні {f} та інші")] == []


def test_arabic_names_with_each_clitic() -> None:
    missed = []
    for alias in plain("ar", "name", "metonym", "adjective"):
        for clitic in CLITICS if script(alias.alias[0]) == "arabic" else ():
            to_the = clitic.endswith("ل") and alias.alias.startswith("ال")
            word = f"{clitic}ل{alias.alias[2:]}" if to_the else clitic + alias.alias
            if alias.targets not in named("ar", f"قالوا {word} هنا"):
                missed.append(word)
    assert missed == []


def test_korean_names_with_each_particle() -> None:
    missed = []
    for alias in plain("ko", "name", "metonym"):
        if not "가" <= alias.alias[-1] <= "힣":
            continue
        coda = (ord(alias.alias[-1]) - ord("가")) % 28
        for after_consonant, after_vowel in PARTICLES:
            smooth = after_consonant == "으로" and coda == 8  # after ㄹ
            particle = after_consonant if coda and not smooth else after_vowel
            if alias.targets not in named("ko", f"이날 {alias.alias}{particle} 말이다."):
                missed.append(alias.alias + particle)
    assert missed == []


def test_japanese_names_with_each_particle() -> None:
    missed = [
        alias.alias + particle
        for alias in plain("ja", "name", "metonym")
        for particle in KANA_PARTICLES
        if alias.targets not in named("ja", f"きょう、{alias.alias}{particle}そうだ。")
    ]
    assert missed == []


@pytest.mark.parametrize("ending", ["'s", "’s", "'", ",", "-led", ":"])
def test_english_names_with_what_follows_a_word(ending: str) -> None:
    missed = [
        alias.alias
        for alias in plain("en", "name", "metonym")
        if not alias.alias.endswith(("'s", "s'"))
        and alias.targets not in named("en", f"Today {alias.alias}{ending} it")
    ]
    assert missed == []


def test_german_genitives_of_people_and_countries() -> None:
    missed = []
    for alias in plain("de", "name"):
        entity = BEAT.entities[alias.targets[0]]
        if len(alias.targets) > 1 or entity.kind not in ("person", "country") or not alias.alias[-1].islower():
            continue
        form = alias.alias + ("’" if alias.alias[-1] in "sxzß" else "s")
        if entity.entity_id not in entities("de", f"Heute {form} Wort"):
            missed.append(form)
    assert missed == []


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("le président d’Ukraine", "ukraine"),
        ("l'Ukraine attend", "ukraine"),
        ("l’Iran aussi", "iran"),
        ("ceux d'Emmanuel Macron", "emmanuel_macron"),
        ("qu’Olaf Scholz refuse", "olaf_scholz"),
        ("l’ONU s’inquiète", "united_nations"),
        ("l’Otan s’inquiète", "nato"),
        ("l'Union européenne", "european_union"),
        ("L’Allemagne et l’Italie", "germany"),
        ("aux États-Unis", "united_states"),
        ("des Etats-Unis", "united_states"),
    ],
)
def test_french_elision(text: str, entity: str) -> None:
    assert entity in entities("fr", text)


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("las tropas norcoreanas", "north_korea"),
        ("los norcoreanos", "north_korea"),
        ("el gobierno surcoreano", "south_korea"),
        ("la cancillería rusa", "russia"),
        ("del Kremlin", "kremlin"),
        ("al Pentágono", "pentagon"),
        ("EE. UU. y EE.UU.", "united_states"),
    ],
)
def test_spanish_agreement_and_contraction(text: str, entity: str) -> None:
    assert entity in entities("es", text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Prussia fell; give us a turkey dinner and Russian roulette"),
        ("en", "Kim Kardashian came to Moscow, Idaho, and wrote to the Rome Statute committee"),
        ("en", "In North America they took Sputnik V and ate a chicken Kiev"),
        ("ru", "Думайте, говорили москвичи и киевляне на русском языке"),
        ("ru", "На Курской дуге, в Приднестровье и у Тихого океана"),
        ("ru", "У трамплина стоял Ким Кардашьян у Курского вокзала"),
        ("uk", "Думайте, казали кияни біля трампліна в Північній Осетії"),
        ("uk", "Трава була по росі, тут згадали Курську битву"),
        ("de", "Preußen, Südamerika und Lateinamerika aßen Russisch Brot"),
        ("de", "Die Moskauer Zeit gilt in Chinatown, sagte die Deutsche Welle"),
        ("fr", "Des poupées russes et une salade russe en Amérique du Sud"),
        ("fr", "À l’heure de Paris, roulette russe en Amérique latine"),
        ("es", "La montaña rusa de América del Sur y la ensaladilla rusa"),
        ("es", "Jugaban a la ruleta rusa en América Latina"),
        ("ar", "درسوا الكيمياء في المدينة المنورة وعلى بحر الصين وعند نهر موسكو"),
        ("ar", "غنت كيم كارداشيان في الكوريدور"),
        ("ko", "북극과 북유럽, 인도네시아의 조선소와 노트북"),
        ("ko", "평양냉면을 먹고 한강을 따라 러닝을 했다"),
        ("zh", "发展中国家在印度洋，北京时间早上，朝着朝阳学俄语"),
        ("zh", "王朝与朝代，俄亥俄的朝鲜冷面"),
        ("ja", "北海道と東北の朝食、露店の平壌冷麺"),
        ("ja", "ロケットとロボット、韓国語とロシア語の朝刊"),
    ],
)
def test_words_that_only_look_like_names_are_left_alone(language: str, text: str) -> None:
    assert named(language, text) == set()
