"""Which wire is credited, by the signs that each language uses; texts of our own."""

import pytest

from media_monitor.extract.names.credits import credited
from media_monitor.extract.text.normalise import normalise

BODIES = [
    ("MOSKAU (dpa) – Text der Meldung folgt hier.", "dpa"),
    ("Moskau/Pjöngjang (APA/dpa) - Text", "APA"),
    ("(ANSA) - ROMA, 28 APR - Il testo", "ANSA"),
    ("Il testo della notizia. (ANSA).", "ANSA"),
    ("텍스트가 있다./연합뉴스", "Yonhap"),
    ("(모스크바 AFP=연합뉴스) 텍스트", "Yonhap"),
    ("[서울=뉴시스]이재훈 기자 = 텍스트", "Newsis"),
    ("【서울=뉴시스】황재희 기자 = 텍스트", "Newsis"),
    ("텍스트가 있다. kim@yna.co.kr", "Yonhap"),
    ("텍스트. [사진=연합뉴스]", None),
    ("(서울=뉴스1) 김기자 기자 = 텍", "News1"),
    ("텍스트 <저작권자(c) 연합뉴스, 무단 전재-재배포 금지>", "Yonhap"),
    ("【モスクワ時事】本文", "Jiji"),
    ("【ソウル共同】本文", "Kyodo"),
    ("【モスクワ＝共同】本文", "Kyodo"),
    ("［モスクワ　２８日　ロイター］ - 本文", "Reuters"),
    ("[モスクワ 28日 ロイター] - 本文", "Reuters"),
    ("本文です。(c)AFP", "AFP"),
    ("本文です（共同）", "Kyodo"),
    ("【4月28日 AFP】本文", "AFP"),
    ("Сеул (Рейтер). Текст", "Reuters"),
    ("МОСКВА, 28 апр - РИА Новости. Текст", "RIA Novosti"),
    ("МОСКВА, 28 апреля. /ТАСС/. Текст", "TASS"),
    ("Москва. 28 апреля. INTERFAX.RU - Текст", "Interfax"),
    ("Текст. Источник: ТАСС", "TASS"),
    ("КИЇВ. 28 квітня. /Укрінформ/. Текст", "Ukrinform"),
    ("Текст. Джерело: Укрінформ", "Ukrinform"),
    ("Київ • УНН. Текст", None),
    ("موسكو (أ ف ب) - نص", "AFP"),
    ("موسكو - رويترز: نص", "Reuters"),
    ("موسكو 28 نيسان (رويترز) - نص", "Reuters"),
    ("نص الخبر. المصدر: رويترز", "Reuters"),
    ("بيونغ يانغ 28 أبريل 2025 (شينخوا) نص", "Xinhua"),
    ("نص (أ ف ب)", "AFP"),
    ("新华社莫斯科4月28日电 正文", "Xinhua"),
    ("新华社北京4月28日电（记者王某）正文", "Xinhua"),
    ("（法新社莫斯科28日电）正文", "AFP"),
    ("中新社北京4月28日电 正文", "CNS"),
    ("中新网4月28日电 正文", "CNS"),
    ("（中央社莫斯科28日綜合外電報導）正文", "CNA"),
    ("据新华社报道，正文", "Xinhua"),
    ("正文。（来源：新华社）", "Xinhua"),
    ("来源：新华社", "Xinhua"),
    ("MOSCOU (AFP) - texte", "AFP"),
    ("Le texte de l'article. (AFP)", "AFP"),
    ("Moscú, 28 abr (EFE).- texto", "EFE"),
    ("MOSCÚ 28 Abr. (EUROPA PRESS) - texto", "Europa Press"),
    ("Texto de la nota (EFE)", "EFE"),
    ("SEOUL (Reuters) - text", "Reuters"),
    ("SEOUL, April 28 (Reuters) - text", "Reuters"),
    ("SEOUL, South Korea (AP) — text", "AP"),
    ("PYONGYANG, April 28 (Xinhua) -- text", "Xinhua"),
    ("Pyongyang, April 28 (KCNA) -- text", "KCNA"),
    ("Text here. Source: AFP", "AFP"),
    ("Text. © 2025 AFP", "AFP"),
    ("Text. Photo: AFP", None),
    ("Text by the reporter. REUTERS/Kim Hong-ji", None),
    ("Text. (with AFP)", "AFP"),
    ("© dpa-infocom, dpa:250428-930-123/1", "dpa"),
    ("Reuters reported that the text went on.", None),
    ("A text that ends by naming Reuters.", None),
]


def of(title: str, body: str, *authors: str, source: str | None = None) -> str | None:
    return credited(normalise(f"{title}\n{body}").text, authors, source)


@pytest.mark.parametrize(("body", "agency"), BODIES)
def test_dateline_and_foot_name_the_wire(body, agency):
    assert of("A title", body) == agency


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("Ferry resumes service - Reuters", "Reuters"),
        ("Ferry resumes service (AFP)", "AFP"),
        ("Паром возобновил работу — ТАСС", "TASS"),
        ("[연합뉴스] 여객선 운항 재개", "Yonhap"),
        ("渡轮恢复运营｜路透", "Reuters"),
        ("Reuters opens an office by the ferry", None),
        ("Ferry resumes, Reuters and AP report from the pier", None),
    ],
)
def test_a_headline_may_sign(title, agency):
    assert of(title, "A text without a credit of its own.") == agency


@pytest.mark.parametrize(
    ("author", "agency"),
    [
        ("Reuters", "Reuters"),
        ("Le Courrier avec AFP", "AFP"),
        ("By Ann Quay, Reuters", "Reuters"),
        ("Ann Quay | AP", "AP"),
        ("연합뉴스", "Yonhap"),
        ("ТАСС", "TASS"),
        ("dpa", "dpa"),
        ("رويترز", "Reuters"),
        ("Укрінформ", "Ukrinform"),
        ("Ann Quay", None),
        ("Ana Pap", None),
    ],
)
def test_a_byline_may_sign(author, agency):
    assert of("A title", "A text without a credit of its own.", author) == agency


def test_a_name_that_the_feed_gives_counts_if_it_is_a_wires():
    assert of("A title", "A text.", source="Reuters") == "Reuters"
    assert of("A title", "A text.", source="Politics desk") is None
    assert of("A title", "A text.", source="CNS") == "CNS"
    assert of("A title", "SEOUL (AFP) - A text.", source="Reuters") == "AFP"
