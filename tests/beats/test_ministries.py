"""A ministry named without its country is that of whoever stands beside it or speaks in its sentence."""

from datetime import date

import pytest

from media_monitor.beat import Beat
from media_monitor.extract import reading
from media_monitor.extract.document import Document

BEAT = Beat.load("dprk_russia")
OPENINGS = {
    "ar": "كوريا الشمالية وروسيا.",
    "de": "Nordkorea und Russland.",
    "en": "North Korea and Russia.",
    "es": "Corea del Norte y Rusia.",
    "fr": "La Corée du Nord et la Russie.",
    "ja": "北朝鮮とロシア。",
    "ko": "북한과 러시아.",
    "ru": "КНДР и Россия.",
    "uk": "КНДР і Росія.",
    "zh": "朝鲜和俄罗斯。",
}


def ministries(language: str, sentence: str) -> set[str]:
    document = Document("x", OPENINGS[language], sentence, language, date(2025, 4, 28), "")
    named = {e for hit in reading.read(document, BEAT).named for e in hit.entities}
    return named & {office for (_, title), office in BEAT.offices.items() if title.endswith("_ministry")}


@pytest.mark.parametrize(
    ("language", "sentence", "named"),
    [
        ("en", "The Foreign Ministry of the Democratic People's Republic of Korea spoke.", "dprk_foreign_ministry"),
        ("en", "Peskov declined to comment and sent reporters to the Defense Ministry.", "russian_defence_ministry"),
        ("de", "Peskow verwies auf das Verteidigungsministerium.", "russian_defence_ministry"),
        ("fr", "Dmitri Peskov renvoie au ministère de la défense.", "russian_defence_ministry"),
        ("es", "Peskov remitió las preguntas al ministerio de Defensa.", "russian_defence_ministry"),
        ("ru", "Госсекретарь МИД Георгий Тихий высказался.", "ukrainian_foreign_ministry"),
        ("ru", "Песков посоветовал спросить военное ведомство.", "russian_defence_ministry"),
        ("uk", "Пєсков порадив запитати міністерство оборони.", "russian_defence_ministry"),
        ("ar", "أحال بيسكوف الأسئلة إلى وزارة الدفاع.", "russian_defence_ministry"),
        ("ja", "ザハロワ氏は、問いは国防省に向けるべきだと述べた。", "russian_defence_ministry"),
        ("ja", "ドイツ外務省は非難した。", "german_foreign_office"),
        ("ja", "外務省は非難した。", "japanese_foreign_ministry"),
        ("ko", "팻 라이더 국방부 대변인은 말했다.", "pentagon"),
        ("ko", "크렘린궁은 질문을 러시아 국방부로 돌렸고, 국방부는 답하지 않았다.", "russian_defence_ministry"),
        ("ko", "국방부는 답하지 않았다.", "kr_defence_ministry"),
        ("zh", "毛宁说，外交部已表明立场。", "chinese_foreign_ministry"),
    ],
)
def test_whose_ministry_it_is(language: str, sentence: str, named: str) -> None:
    assert ministries(language, sentence) == {named}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Zelensky met the Peruvian foreign ministry's envoy."),
        ("en", "The foreign ministry declined to comment."),
        ("de", "Selenskyj sprach mit dem peruanischen Außenministerium."),
        ("uk", "Зеленський звернувся до перуанського міністерства оборони."),
        ("ja", "ゼレンスキー氏はペルー国防省を訪れた。"),
        ("ar", "زيلينسكي زار وزارة الدفاع البيروفية."),
    ],
)
def test_a_ministry_of_nobody_known_is_none(language: str, sentence: str) -> None:
    assert ministries(language, sentence) == set()
