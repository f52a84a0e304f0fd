"""Whoever an office names is who held it on the day of publication, in ten languages and on both sides of a change."""

from datetime import date

import pytest

from media_monitor.beat import Beat
from media_monitor.extract.document import Document
from media_monitor.extract.names.gazetteer import Hit
from media_monitor.extract.names.titles import WORDS, titles
from media_monitor.extract.reading import read

BEAT = Beat.load("dprk_russia")
RELEVANT = {
    "en": "North Korea sent troops to Russia.",
    "ru": "КНДР направила войска в Россию.",
    "uk": "КНДР відправила війська до Росії.",
    "de": "Nordkorea hat Truppen nach Russland entsandt.",
    "fr": "La Corée du Nord a envoyé des troupes en Russie.",
    "es": "Corea del Norte envió tropas a Rusia.",
    "ar": "أرسلت كوريا الشمالية قوات إلى روسيا.",
    "ko": "북한은 러시아에 병력을 파병했다.",
    "zh": "朝鲜向俄罗斯派兵。",
    "ja": "北朝鮮はロシアに兵士を派遣した。",
}


def offices(language: str, text: str, day: str | None) -> list[Hit]:
    """The mentions of office-holders in a relevant document that ends with the text."""
    head = RELEVANT[language]
    found = read(
        Document("d", head, f"{head} {text}", language, date.fromisoformat(day) if day else None),
        BEAT,
    )
    assert found.relevant
    assert found.language == language
    return [h for h in found.mentions if h.rule == "office" and h.start >= 2 * len(head)]


def people(language: str, text: str, day: str | None) -> set[str]:
    return {e for h in offices(language, text, day) for e in h.entities if BEAT.entities[e].kind == "person"}


@pytest.mark.parametrize(
    ("language", "text", "before", "first", "after", "second"),
    [
        ("en", "The South Korean president spoke.", "2024-11-05", "yoon_suk_yeol", "2025-06-04", "lee_jae_myung"),
        ("en", "The president of South Korea spoke.", "2025-04-03", "yoon_suk_yeol", "2025-04-04", "han_duck_soo"),
        ("en", "South Korea's acting president spoke.", "2024-12-20", "han_duck_soo", "2025-01-03", "choi_sang_mok"),
        ("en", "The US defense secretary spoke.", "2025-01-10", "lloyd_austin", "2025-01-25", "pete_hegseth"),
        ("en", "The U.S. secretary of state spoke.", "2025-01-19", "antony_blinken", "2025-01-21", "marco_rubio"),
        ("en", "Moscow's defence minister spoke.", "2024-05-11", "sergei_shoigu", "2024-05-14", "andrei_belousov"),
        ("en", "The NATO chief spoke.", "2024-09-30", "jens_stoltenberg", "2024-10-01", "mark_rutte"),
        ("ru", "Президент Южной Кореи выступил.", "2024-11-05", "yoon_suk_yeol", "2025-06-05", "lee_jae_myung"),
        ("ru", "Южнокорейским президентом сказано.", "2024-11-05", "yoon_suk_yeol", "2025-06-05", "lee_jae_myung"),
        ("ru", "Министр обороны РФ прибыл.", "2024-05-10", "sergei_shoigu", "2024-05-14", "andrei_belousov"),
        ("ru", "Секретарь Совбеза РФ прибыл.", "2024-05-10", "nikolai_patrushev", "2024-05-14", "sergei_shoigu"),
        ("ru", "Глава ГУР заявил об этом.", "2025-12-30", "kyrylo_budanov", "2026-01-02", "oleh_ivashchenko"),
        (
            "uk",
            "Міністр закордонних справ України.",
            "2024-09-04",
            "dmytro_kuleba",
            "2024-09-05",
            "andrii_sybiha",
        ),
        ("uk", "Міністра оборони України запитали.", "2025-07-16", "rustem_umerov", "2025-07-17", "denys_shmyhal"),
        ("de", "Der deutsche Bundeskanzler sprach.", "2025-05-05", "olaf_scholz", "2025-05-06", "friedrich_merz"),
        ("de", "Südkoreas Präsident sprach.", "2024-11-05", "yoon_suk_yeol", "2025-06-04", "lee_jae_myung"),
        ("de", "Der US-Außenminister sprach.", "2025-01-19", "antony_blinken", "2025-01-21", "marco_rubio"),
        (
            "fr",
            "Le ministre ukrainien de la défense.",
            "2025-07-16",
            "rustem_umerov",
            "2025-07-17",
            "denys_shmyhal",
        ),
        ("fr", "Le président sud-coréen parle.", "2024-11-05", "yoon_suk_yeol", "2025-06-04", "lee_jae_myung"),
        (
            "fr",
            "Le ministre de la défense russe.",
            "2024-05-10",
            "sergei_shoigu",
            "2024-05-14",
            "andrei_belousov",
        ),
        ("es", "El ministro ruso de Defensa habló.", "2024-05-10", "sergei_shoigu", "2024-05-14", "andrei_belousov"),
        ("es", "El presidente surcoreano habló.", "2024-11-05", "yoon_suk_yeol", "2025-06-04", "lee_jae_myung"),
        ("ar", "تحدث الرئيس الكوري الجنوبي.", "2024-11-05", "yoon_suk_yeol", "2025-06-04", "lee_jae_myung"),
        ("ar", "وصل وزير الدفاع الروسي.", "2024-05-10", "sergei_shoigu", "2024-05-14", "andrei_belousov"),
        ("ar", "قال وزير الخارجية الأمريكي ذلك.", "2025-01-19", "antony_blinken", "2025-01-21", "marco_rubio"),
        ("ko", "한국 대통령은 이를 규탄했다.", "2024-11-05", "yoon_suk_yeol", "2025-06-04", "lee_jae_myung"),
        ("ko", "러시아 국방장관이 방문했다.", "2024-05-10", "sergei_shoigu", "2024-05-14", "andrei_belousov"),
        ("ko", "국방부 장관이 밝혔다.", "2024-12-04", "kim_yong_hyun", "2025-07-25", "ahn_gyu_back"),
        ("ko", "미 국무장관이 밝혔다.", "2025-01-19", "antony_blinken", "2025-01-21", "marco_rubio"),
        ("zh", "韩国国防部长表示谴责。", "2024-12-04", "kim_yong_hyun", "2025-07-25", "ahn_gyu_back"),
        ("zh", "俄防长抵达。", "2024-05-10", "sergei_shoigu", "2024-05-14", "andrei_belousov"),
        ("zh", "日本首相表示关切。", "2024-09-30", "fumio_kishida", "2025-10-21", "sanae_takaichi"),
        ("ja", "韓国の大統領は非難した。", "2024-11-05", "yoon_suk_yeol", "2025-06-04", "lee_jae_myung"),
        ("ja", "官房長官は懸念を示した。", "2025-10-20", "yoshimasa_hayashi", "2025-10-21", "minoru_kihara"),
        ("ja", "ロシア国防相が訪れた。", "2024-05-10", "sergei_shoigu", "2024-05-14", "andrei_belousov"),
    ],
)
def test_an_office_is_its_holder_of_that_day(
    language: str, text: str, before: str, first: str, after: str, second: str
) -> None:
    assert people(language, text, before) == {first}
    assert people(language, text, after) == {second}
    assert people(language, text, None) == set()


@pytest.mark.parametrize(
    ("language", "text", "held"),
    [
        ("ru", "Главнокомандующий ВСУ заявил об этом.", "oleksandr_syrskyi"),
        ("uk", "Головнокомандувач ЗСУ повідомив.", "oleksandr_syrskyi"),
        ("en", "Ukraine's top commander spoke.", "oleksandr_syrskyi"),
        ("en", "A Kremlin spokesperson spoke.", "dmitry_peskov"),
        ("en", "The head of Ukrainian military intelligence spoke.", "kyrylo_budanov"),
        ("fr", "Le chef de la diplomatie ukrainienne parle.", "andrii_sybiha"),
        ("es", "El canciller ucraniano habló.", "andrii_sybiha"),
        ("de", "Der Nato-Generalsekretär sprach.", "mark_rutte"),
        ("ar", "قال رئيس هيئة الأركان الروسي ذلك.", "valery_gerasimov"),
        ("zh", "美国国务卿表示关切。", "marco_rubio"),
    ],
)
def test_offices_of_2025_in_other_words(language: str, text: str, held: str) -> None:
    assert people(language, text, "2025-03-03") == {held}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A former South Korean president spoke."),
        ("en", "South Korea's former president spoke."),
        ("en", "The South Korean deputy foreign minister spoke."),
        ("en", "Ex-Russian defence minister seen."),
        ("en", "South Korean President Moon Jae-in spoke then."),
        ("en", "The president of Roscosmos in Russia spoke."),
        ("ru", "Экс-президент Южной Кореи выступил."),
        ("ru", "Замминистра иностранных дел Южной Кореи выступил."),
        ("ru", "Бывший министр обороны РФ выступил."),
        ("uk", "Заступник міністра закордонних справ рф Руденко сказав."),
        ("de", "Der frühere südkoreanische Präsident sprach."),
        ("de", "Südkoreas Präsident Moon sprach damals."),
        ("fr", "L'ancien président sud-coréen parle."),
        ("es", "El expresidente surcoreano habló."),
        ("ar", "قال نائب وزير الخارجية الروسي ذلك."),
        ("ar", "تحدث الرئيس الكوري الجنوبي السابق."),
        ("ko", "한국 전 대통령은 말했다."),
        ("ko", "한국 대통령실은 말했다."),
        ("zh", "韩国前总统表示。"),
        ("zh", "韩国总统府表示。"),
        ("ja", "韓国の前大統領は述べた。"),
        ("ja", "韓国大統領府は述べた。"),
    ],
)
def test_former_holders_deputies_and_unlisted_names_are_somebody_else(language: str, text: str) -> None:
    assert people(language, text, "2025-08-01") == set()


@pytest.mark.parametrize(
    ("language", "text", "held"),
    [
        ("en", "The defence ministers of Russia and North Korea met.", {"andrei_belousov", "no_kwang_chol"}),
        ("ru", "Говорили на встрече министров обороны России и КНДР.", {"andrei_belousov", "no_kwang_chol"}),
        ("ko", "한·중 정상이 경주에서 만났다.", {"lee_jae_myung", "xi_jinping"}),
        ("zh", "俄朝两国外长会晤。", {"sergei_lavrov", "choe_son_hui"}),
    ],
)
def test_several_countries_share_a_title(language: str, text: str, held: set[str]) -> None:
    assert people(language, text, "2025-11-03") == held


def test_its_minister_is_that_of_the_one_country_before_and_in_a_headline_of_its_subject() -> None:
    def headline(title: str) -> set[str]:
        found = read(Document("d", title, RELEVANT["en"], "en", date(2025, 10, 27)), BEAT)
        return {e for h in found.mentions if h.rule == "office" for e in h.entities}

    assert headline("North Korea backs Russia, says its foreign minister") == {"choe_son_hui"}
    assert headline("Russia is content, says its foreign minister") == {"sergei_lavrov"}
    assert people("en", "Here South Korea agreed, and its president spoke.", "2025-10-27") == set()


def test_a_minister_is_not_the_ministry_but_a_spokesman_names_whom_he_speaks_for() -> None:
    (minister,) = offices("ko", "국방부 장관이 밝혔다.", "2025-08-01")
    assert minister.entities == ("ahn_gyu_back",)
    day = date(2025, 8, 1)
    named = read(Document("d", "", f"{RELEVANT['ko']} 조현 외교부 장관이 밝혔다.", "ko", day), BEAT).mentions
    assert {"cho_hyun"} == {e for h in named for e in h.entities} & {"cho_hyun", "kr_foreign_ministry"}
    speaker = read(Document("d", "", f"{RELEVANT['en']} The Kremlin spokesman spoke.", "en", day), BEAT).mentions
    assert [h.entities for h in speaker[-2:]] == [("kremlin",), ("dmitry_peskov",)]


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "It happened in the North Korean capital.", "pyongyang"),
        ("ru", "Это было в российской столице.", "moscow"),
        ("uk", "Це було в російській столиці.", "moscow"),
        ("de", "Es geschah in der nordkoreanischen Hauptstadt.", "pyongyang"),
        ("fr", "Cela s'est passé dans la capitale nord-coréenne.", "pyongyang"),
        ("es", "Ocurrió en la capital norcoreana.", "pyongyang"),
        ("ar", "حدث ذلك في العاصمة الكورية الشمالية.", "pyongyang"),
        ("zh", "事情发生在朝鲜首都。", "pyongyang"),
        ("ja", "北朝鮮の首都で起きた。", "pyongyang"),
    ],
)
def test_a_capital_may_be_named_by_its_country(language: str, text: str, place: str) -> None:
    assert place in {e for h in offices(language, text, "2025-03-03") for e in h.entities}


def test_a_document_that_is_not_relevant_is_left_as_it_was() -> None:
    found = read(Document("d", "", "The South Korean president opened a school.", "en", date(2025, 8, 1)), BEAT)
    assert [h.rule for h in found.mentions] == ["adjective"]


@pytest.mark.parametrize("language", BEAT.languages)
def test_every_title_of_a_language_is_one_of_the_beat(language: str) -> None:
    words = titles(language)
    assert words is not None
    known = {title for _, title in BEAT.offices} | {"block"} | WORDS
    used = {title for senses in words.senses.values() for title, _ in senses}
    assert used - known <= {"vice_president", "secretary", "presidential_spokesman", "speaker"}
    needed = {"president", "prime_minister", "foreign_minister", "defence_minister", "commander", "head", "capital"}
    assert needed - used == set()


@pytest.mark.parametrize(
    ("language", "text", "body"),
    [
        ("ar", "قالت هيئة رؤساء الأركان المشتركة في كوريا الجنوبية.", "kr_joint_chiefs"),
        ("de", "Der südkoreanische Generalstab sprach.", "kr_joint_chiefs"),
        ("en", "The Office of the President of Ukraine spoke.", "ukrainian_presidential_office"),
        ("en", "South Korea's Joint Chiefs of Staff spoke.", "kr_joint_chiefs"),
        ("es", "La Junta de Jefes de Estado Mayor de Corea del Sur habló.", "kr_joint_chiefs"),
        ("fr", "L'état-major interarmées sud-coréen parle.", "kr_joint_chiefs"),
        ("ja", "韓国大統領室が述べた。", "kr_presidential_office"),
        ("ja", "ウクライナ大統領府が述べた。", "ukrainian_presidential_office"),
        ("ko", "우크라이나 대통령실은 밝혔다.", "ukrainian_presidential_office"),
        ("ru", "Сообщил Объединённый комитет начальников штабов Республики Корея.", "kr_joint_chiefs"),
        ("ru", "Сообщил Офис президента Украины.", "ukrainian_presidential_office"),
        ("uk", "Повідомив Об'єднаний комітет начальників штабів Південної Кореї.", "kr_joint_chiefs"),
        ("uk", "Повідомив Офіс президента України.", "ukrainian_presidential_office"),
        ("zh", "韩国总统室表示。", "kr_presidential_office"),
    ],
)
def test_a_body_named_after_an_office_is_not_its_holder(language: str, text: str, body: str) -> None:
    head = RELEVANT[language]
    named = read(Document("d", head, text, language, date(2025, 3, 3)), BEAT).named
    found = [BEAT.entities[e] for hit in named for e in hit.entities]
    assert body in {e.entity_id for e in found}
    assert not [e.entity_id for e in found if e.kind == "person" and e.party in ("KR", "UA")]
