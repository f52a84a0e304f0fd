"""Names in all the forms that running text puts them in: by a morphology for Russian, by rules and tables otherwise."""

from collections.abc import Iterator
from functools import cache

import pymorphy3

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
# Of the names below, by first word: those of women; all others that are people's are men's.
WOMEN = {"Мария", "Валентина", "Камала", "Урсула", "Кая", "Анна", "Ольга", "Карин", "Сабрина", "Санаэ"}

RUSSIAN = {
    "andrei_belousov": "Андрей Белоусов",
    "andrei_kartapolov": "Андрей Картаполов",
    "andrei_rudenko": "Андрей Руденко",
    "andrii_sybiha": "Андрей Сибига",
    "alexander_kozlov": "Александр Козлов",
    "alexander_lukashenko": "Александр Лукашенко",
    "alexander_matsegora": "Александр Мацегора",
    "alexander_novak": "Александр Новак",
    "anna_evstigneeva": "Анна Евстигнеева",
    "antonio_guterres": "Антониу Гутерреш",
    "antony_blinken": "Энтони Блинкен",
    "belarus": "Белоруссия",
    "belgorod": "Белгород",
    "bryansk": "Брянск",
    "buryatia": "Бурятия",
    "china": "Китай",
    "crimea": "Крым",
    "dmitry_medvedev": "Дмитрий Медведев",
    "dmitry_peskov": "Дмитрий Песков",
    "dmytro_kuleba": "Дмитрий Кулеба",
    "donald_trump": "Дональд Трамп",
    "emmanuel_macron": "Эмманюэль Макрон",
    "european_commission": "Еврокомиссия",
    "european_parliament": "Европарламент",
    "european_union": "Евросоюз",
    "finland": "Финляндия",
    "france": "Франция",
    "fumio_kishida": "Фумио Кисида",
    "germany": "Германия",
    "iran": "Иран",
    "japan": "Япония",
    "joe_biden": "Джо Байден",
    "kazan": "Казань",
    "kharkiv": "Харьков",
    "kremlin": "Кремль",
    "kursk": "Курск",
    "kyrylo_budanov": "Кирилл Буданов",
    "leonid_slutsky": "Леонид Слуцкий",
    "lloyd_austin": "Ллойд Остин",
    "maria_zakharova": "Мария Захарова",
    "mark_rutte": "Марк Рютте",
    "marco_rubio": "Марко Рубио",
    "mikhail_mishustin": "Михаил Мишустин",
    "nikolai_patrushev": "Николай Патрушев",
    "north_korea": "Северная Корея",
    "odesa": "Одесса",
    "olaf_scholz": "Олаф Шольц",
    "oleksandr_syrskyi": "Александр Сырский",
    "pentagon": "Пентагон",
    "pete_hegseth": "Пит Хегсет",
    "poland": "Польша",
    "roscosmos": "Роскосмос",
    "rosatom": "Росатом",
    "russia": "Россия",
    "sergei_lavrov": "Сергей Лавров",
    "sergei_naryshkin": "Сергей Нарышкин",
    "sergei_ryabkov": "Сергей Рябков",
    "sergei_shoigu": "Сергей Шойгу",
    "siberia": "Сибирь",
    "south_korea": "Южная Корея",
    "state_department": "госдепартамент",
    "state_duma": "Государственная дума",
    "sweden": "Швеция",
    "taiwan": "Тайвань",
    "turkey": "Турция",
    "ukraine": "Украина",
    "united_kingdom": "Великобритания",
    "valentina_matviyenko": "Валентина Матвиенко",
    "valery_gerasimov": "Валерий Герасимов",
    "verkhovna_rada": "Верховная рада",
    "vietnam": "Вьетнам",
    "viktor_orban": "Виктор Орбан",
    "vladimir_putin": "Владимир Путин",
    "vladivostok": "Владивосток",
    "volodymyr_zelensky": "Владимир Зеленский",
    "vyacheslav_volodin": "Вячеслав Володин",
    "wonsan": "Вонсан",
    "yuri_ushakov": "Юрий Ушаков",
}
# Names of one or two syllables a word: only the last one is declined, by the rule of its last letter.
KOREAN_IN_RUSSIAN = {
    "kim_jong_un": "Ким Чен Ын",
    "kim_yo_jong": "Ким Ё Чжон",
    "no_kwang_chol": "Но Гван Чхоль",
    "kim_yong_bok": "Ким Ён Бок",
    "yoon_suk_yeol": "Юн Сок Ёль",
    "lee_jae_myung": "Ли Чжэ Мён",
    "shin_won_sik": "Син Вон Сик",
    "kim_yong_hyun": "Ким Ён Хён",
    "cho_tae_yul": "Чо Тхэ Юль",
    "xi_jinping": "Си Цзиньпин",
}

UKRAINIAN = {
    "vladimir_putin": "Володимир Путін|Володимира Путіна|Володимиру Путіну|Володимиром Путіним|Володимирові Путіну",
    "volodymyr_zelensky": "Володимир Зеленський|Володимира Зеленського|Володимиру Зеленському|Володимиром Зеленським",
    "kim_jong_un": "Кім Чен Ин|Кім Чен Ина|Кім Чен Ину|Кім Чен Ином|Кім Чен Инові",
    "sergei_lavrov": "Сергій Лавров|Сергія Лаврова|Сергію Лаврову|Сергієм Лавровим",
    "sergei_shoigu": "Сергій Шойгу|Сергія Шойгу|Сергієм Шойгу",
    "dmitry_peskov": "Дмитро Пєсков|Дмитра Пєскова|Дмитру Пєскову|Дмитром Пєсковим",
    "maria_zakharova": "Марія Захарова|Марії Захарової|Марію Захарову|Марією Захаровою",
    "andrii_sybiha": "Андрій Сибіга|Андрія Сибіги|Андрію Сибізі|Андрієм Сибігою",
    "kyrylo_budanov": "Кирило Буданов|Кирила Буданова|Кирилу Буданову|Кирилом Будановим",
    "oleksandr_syrskyi": "Олександр Сирський|Олександра Сирського|Олександру Сирському|Олександром Сирським",
    "valery_gerasimov": "Валерій Герасимов|Валерія Герасимова|Валерію Герасимову|Валерієм Герасимовим",
    "mark_rutte": "Марк Рютте|Марка Рютте|Марком Рютте",
    "donald_trump": "Дональд Трамп|Дональда Трампа|Дональду Трампу|Дональдом Трампом",
    "russia": "Росія|Росії|Росію|Росією|росія|росії|росію|росією|РФ|рф",
    "ukraine": "Україна|України|Україні|Україну|Україною",
    "north_korea": "Північна Корея|Північної Кореї|Північній Кореї|Північну Корею|Північною Кореєю|КНДР",
    "south_korea": "Південна Корея|Південної Кореї|Південній Кореї|Південну Корею|Південною Кореєю",
    "united_states": "Сполучені Штати|Сполучених Штатів|Сполученим Штатам|Сполученими Штатами|США",
    "china": "Китай|Китаю|Китаєм|Китаї",
    "japan": "Японія|Японії|Японію|Японією",
    "kremlin": "Кремль|Кремля|Кремлю|Кремлем|Кремлі|кремль|кремлі",
    "state_duma": "Держдума|Держдуми|Держдумі|Держдуму|Держдумою|держдума",
    "pentagon": "Пентагон|Пентагону|Пентагоном|Пентагоні",
    "state_department": "Держдепартамент|Держдепартаменту|Держдепартаментом|Держдеп|Держдепі",
    "kursk": "Курськ|Курська|Курську|Курськом|Курщина|Курщині|Курщину",
    "vladivostok": "Владивосток|Владивостока|Владивостоку|Владивостоком",
}


@cache
def morphology() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")


def russian(name: str) -> set[str]:
    """The name in all cases; words that are not declined stay as they are."""
    words = name.split()
    gender = "femn" if words[0] in WOMEN else "masc"
    return {" ".join(_cased(word, case, gender, len(words) > 1) for word in words) for case in CASES}


def _cased(word: str, case: str, gender: str, person: bool) -> str:
    parses = [p for p in morphology().parse(word) if "nomn" in p.tag and "sing" in p.tag]
    if person:
        named = [p for p in parses if {"Name", "Surn"} & set(p.tag.grammemes) and gender in p.tag]
        parses = named or parses
    inflected = parses[0].inflect({case}) if parses else None
    return inflected.word[: len(inflected.word)].replace(inflected.word[0], word[0], 1) if inflected else word


def korean_in_russian(name: str) -> Iterator[str]:
    stem = name.removesuffix("ь")
    yield name
    yield from (stem + ending for ending in (("я", "ю", "ем", "е") if stem != name else ("а", "у", "ом", "е")))
