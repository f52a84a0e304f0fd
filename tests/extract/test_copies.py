"""Reprints are found in ten languages, and reports in other words are not taken for them."""

import csv
import json
import time
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from media_monitor.collect.reading import Document, read
from media_monitor.collect.web.domains import registrable
from media_monitor.extract.copies import Text, likeness, origins
from media_monitor.sources import Feed

NOON = datetime(2025, 4, 28, 12, tzinfo=UTC)
SHARED = Path(__file__).resolve().parents[3] / "shared"

# ruff: noqa: E501
# By language: dateline and text of a wire, the same event in other words, and the text of another day in the same form.
TEXTS = {
    "en": ("SEOUL, April 28 (Yonhap) -- ",
           "The ferry between the two border towns resumed service on Monday after a pause of 14 months, the port authority said, adding that two boats a day would carry up to 120 passengers each until the end of autumn.",
           "Boats are crossing the river again: passengers at the border can board twice daily from this week, more than a year after the line had been shut, officials at the harbour told reporters."),
    "de": ("Moskau (dpa) - ",
           "Die Fähre zwischen den beiden Grenzorten hat am Montag nach einer Pause von 14 Monaten den Betrieb wieder aufgenommen, teilte die Hafenbehörde mit. Bis zum Herbst sollen täglich zwei Boote mit je 120 Fahrgästen verkehren.",
           "Wer über den Fluss will, kann seit dieser Woche wieder ein Schiff nehmen. Mehr als ein Jahr war die Verbindung eingestellt, nun legen zweimal am Tag Boote ab, wie aus dem Hafen verlautete."),
    "fr": ("MOSCOU, 28 avr (AFP) - ",
           "Le ferry entre les deux villes frontalières a repris lundi son service après une pause de 14 mois, a annoncé l'autorité portuaire, précisant que deux bateaux par jour transporteraient jusqu'à 120 passagers chacun jusqu'à la fin de l'automne.",
           "On traverse de nouveau le fleuve en bateau : fermée depuis plus d'un an, la ligne a rouvert cette semaine avec deux départs quotidiens, selon des responsables du port interrogés sur place."),
    "es": ("Moscú, 28 abr (EFE).- ",
           "El transbordador entre las dos ciudades fronterizas reanudó el lunes el servicio tras una pausa de 14 meses, informó la autoridad portuaria, que añadió que dos barcos diarios llevarán hasta 120 pasajeros cada uno hasta finales de otoño.",
           "Los viajeros vuelven a cruzar el río en barco. Cerrada durante más de un año, la línea abrió esta semana con dos salidas al día, según contaron empleados del puerto."),
    "ru": ("МОСКВА, 28 апреля. /ТАСС/. ",
           "Паром между двумя пограничными городами возобновил работу в понедельник после перерыва в 14 месяцев, сообщила администрация порта, уточнив, что до конца осени два судна в день будут перевозить до 120 пассажиров каждое.",
           "Через реку снова ходят суда: линия, закрытая больше года, открылась на этой неделе, рейсы выполняются дважды в сутки, рассказали журналистам сотрудники порта."),
    "uk": ("КИЇВ, 28 квітня. /Укрінформ/. ",
           "Пором між двома прикордонними містами відновив роботу в понеділок після перерви в 14 місяців, повідомила адміністрація порту, уточнивши, що до кінця осені два судна на день перевозитимуть до 120 пасажирів кожне.",
           "Через річку знову ходять судна: лінія, яку закрили понад рік тому, цього тижня запрацювала з двома рейсами на добу, розповіли журналістам портовики."),
    "ar": ("موسكو (أ ف ب) - ",
           "استأنفت العبارة بين المدينتين الحدوديتين عملها يوم الاثنين بعد توقف دام 14 شهرا، بحسب ما أعلنت سلطة الميناء التي أضافت أن قاربين سينقلان كل يوم ما يصل إلى 120 راكبا لكل منهما حتى نهاية الخريف.",
           "عاد المسافرون إلى عبور النهر على متن القوارب، فقد افتتح الخط هذا الأسبوع برحلتين في اليوم بعدما ظل مغلقا أكثر من سنة، وفق ما قال موظفون في المرفأ للصحفيين."),
    "ko": ("(서울=연합뉴스) 홍길동 기자 = ",
           "두 접경 도시를 잇는 여객선이 14개월 만에 월요일 운항을 재개했다고 항만 당국이 밝혔다. 당국은 가을이 끝날 때까지 하루 두 척이 각각 최대 120명의 승객을 태우고 강을 건널 예정이라고 덧붙였다.",
           "강을 오가는 배가 다시 뜬다. 일 년 넘게 끊겼던 노선이 이번 주부터 하루 두 차례 열려 국경을 찾은 여행객들이 이용할 수 있게 됐다고 항구 직원들은 기자들에게 전했다."),
    "ja": ("【モスクワ時事】",
           "国境の二つの町を結ぶ渡し船が月曜日、14カ月ぶりに運航を再開したと港湾当局が発表した。秋の終わりまで一日二隻がそれぞれ最大120人の乗客を運ぶ予定だという。",
           "川を渡る船が戻ってきた。一年以上も休んでいた航路は今週から一日二往復で開かれ、旅行者が利用できるようになったと、港の職員は記者団に語った。"),
    "zh": ("新华社莫斯科4月28日电 ",
           "港务局宣布，连接两座边境城市的渡轮在停航14个月之后于星期一恢复运营，并表示在秋季结束之前每天将有两艘船往返，每艘最多可搭载120名乘客过河。",
           "江面上又有了客船。停了一年多的航线本周重新开放，每日两班，前往口岸的旅客可以乘坐，码头工作人员这样告诉记者，船票在售票处购买。"),
}  # fmt: skip


def text(number: str, body: str, family: str, language: str, minutes: int = 0, title: str = "") -> Text:
    return Text(number, family, language, NOON + timedelta(minutes=minutes), title or f"Title of {number}", body)


def wire(language: str) -> Text:
    return text("wire", "".join(TEXTS[language][:2]), "wire_family", language)


@pytest.mark.parametrize("language", TEXTS)
def test_a_reprint_is_found_with_or_without_credit_cut_or_with_words_before_it(language):
    _, body, _ = TEXTS[language]
    short = body[: len(body) * 2 // 3]
    found = origins([
        wire(language),
        text("plain", body, "paper", language, 20),
        text("cut", short, "radio", language, 30),
        text("framed", f"{TEXTS[language][2]} {body}", "weekly", language, 40),
    ])  # fmt: skip
    assert found == {"plain": "wire", "cut": "wire", "framed": "wire"}


@pytest.mark.parametrize("language", TEXTS)
def test_a_report_in_other_words_is_an_origin_of_its_own(language):
    assert origins([wire(language), text("own", TEXTS[language][2], "paper", language, 20)]) == {}


@pytest.mark.parametrize("language", TEXTS)
def test_the_form_of_another_day_is_no_copy(language):
    later = TEXTS[language][1].replace("14", "17").replace("120", "95")
    assert origins([wire(language), text("later", later, "paper", language, 2000)]) == {}


def test_a_quote_that_both_print_makes_no_copy():
    quote = "“We carried every passenger across this river for fourteen months without a single accident, and we shall do so again”"
    one = text("a", f"The harbour master spoke on Monday. {quote}, he said at the pier in the morning.", "p", "en")
    other = text("b", f"{quote}: with these words an official reopened the crossing to travellers today.", "q", "en")
    assert origins([one, other]) == {}


def test_an_outlets_own_repost_needs_a_headline_that_is_alike():
    body = TEXTS["en"][1]
    first = text("first", body, "paper", "en", 0, "Ferry between border towns resumes")
    again = text("again", body, "paper", "en", 90, "Ferry between border towns resumes service")
    column = text("column", body, "paper", "en", 90, "What our readers cook")
    assert origins([first, again, column]) == {"again": "first"}


def test_after_a_week_what_is_alike_is_an_anniversary():
    assert likeness(wire("en"), replace(wire("en"), article_id="x", family="p", at=NOON + timedelta(days=8))) == 0


def test_the_earliest_is_the_origin_whatever_the_order_and_no_copy_has_copies():
    body = TEXTS["ru"][1]
    texts = [text(name, body, f"family {name}", "ru", minutes) for minutes, name in enumerate("abcde")]
    assert origins(texts) == origins(texts[::-1]) == dict.fromkeys("bcde", "a")


def test_what_is_stored_is_the_origin_of_what_comes():
    known = [text("stored", TEXTS["ko"][1], "paper", "ko", 500)]
    assert origins([wire("ko")], known) == {"wire": "stored"}
    assert origins([replace(wire("ko"), article_id="stored")], []) == {}


def test_texts_too_short_to_tell_are_origins():
    assert origins([text("a", "Continue reading", "p", "en"), text("b", "Continue reading", "q", "en")]) == {}


def test_boilerplate_that_a_thousand_articles_share_costs_little():
    footer = "read on in our digital edition, which subscribers get on every device for a fair price each month " * 3
    texts = [text(f"n{n}", f"{' '.join(f'w{n}x{k}' for k in range(80))} {footer}", "p", "en", n) for n in range(1000)]
    start = time.process_time()
    assert origins(texts) == {}
    assert time.process_time() - start < 20


OUTCOMES = {"found": (True, True), "missed": (True, False), "wrong": (False, True), "kept apart": (False, False)}


def labelled() -> list[tuple[Text, Text, bool]]:
    """The pairs of copies.tsv as texts: (one, other, whether one is a copy)."""
    lines = [line for line in (Path(__file__).parent / "copies.tsv").read_text().splitlines() if line[0] != "#"]
    texts = {text.article_id: text for text in (*_news(), *_feeds())}
    rows = csv.DictReader(lines, delimiter="\t")
    return [(texts[row["one"]], texts[row["other"]], row["label"] == "copy") for row in rows]


def _news() -> list[Text]:
    found = []
    for path in sorted((SHARED / "news").glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            at = datetime.fromisoformat(row["published"]) if row["published"] else NOON
            at = at if at.tzinfo else at.replace(tzinfo=UTC)
            found.append(Text(row["id"], row["outlet"], path.stem, at, row["title"] or "", row["text"] or ""))
    return found


def _feeds() -> list[Text]:
    found = []
    now = datetime(2022, 8, 2, tzinfo=UTC)
    for path in sorted((SHARED / "feeds" / "knews-rss-reserialised").glob("*/*.xml")):
        feed = Feed(path.stem, f"https://{path.stem}.kr/rss", path.stem, path.stem, "ko")
        for a in read(Document(feed, path.read_bytes(), "text/xml", "", now)).articles:
            family = registrable(a.url or "http://none/")
            found.append(Text(a.article_id, family, "ko", a.published_at or now, a.title, a.text or ""))
    return found


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared")
def test_on_labelled_pairs_precision_and_recall_hold():
    counted: dict[str | None, Counter[tuple[bool, bool]]] = defaultdict(Counter)
    for one, other, is_copy in labelled():
        for group in (one.language, "all"):
            counted[group][is_copy, bool(origins([one, other]))] += 1
    for group, found in counted.items():
        print(group, *(f"{found[outcome]} {what}" for what, outcome in OUTCOMES.items()), sep=", ")
    assert _share(counted["all"], False) >= 0.95
    assert _share(counted["all"], True) >= 0.9


def _share(found: Counter[tuple[bool, bool]], missed: bool) -> float:
    """Of the copies found and those missed, or those found wrongly, the share that was found."""
    wrong = found[True, False] if missed else found[False, True]
    return found[True, True] / max(1, found[True, True] + wrong)
