"""Somebody who is not in the registry speaks for the party of the title or nationality beside the name."""

from datetime import date

import pytest

from media_monitor.beat import Beat
from media_monitor.extract.document import Document
from media_monitor.extract.facts import facts
from media_monitor.extract.reading import read

BEAT = Beat.load("dprk_russia")


@pytest.mark.parametrize(
    ("language", "text", "party", "said"),
    [
        (
            "en",
            "Russian deputy energy minister Pavel Sorokinov confirmed that North Korean troops are fighting in Kursk.",
            "RU",
            ("confirm", "troops_in_combat"),
        ),
        (
            "en",
            "Park Min-ho, a South Korean lawmaker, said more North Korean troops had been sent to Russia.",
            "KR",
            ("allege", "troops_deployed"),
        ),
        (
            "en",
            "Ukrainian military officer Ivan Petrenko said North Korean soldiers had been killed in Kursk.",
            "UA",
            ("allege", "troop_casualties"),
        ),
        (
            "ru",
            "Замминистра энергетики России Павел Сорокинов подтвердил, что солдаты КНДР воюют в Курской области.",
            "RU",
            ("confirm", "troops_in_combat"),
        ),
        (
            "ru",
            "Депутат украинского парламента Иван Петренко заявил, что КНДР направила солдат в Россию.",
            "UA",
            ("allege", "troops_deployed"),
        ),
        (
            "uk",
            "Заступник міністра енергетики Росії Павло Сорокінов підтвердив, що війська КНДР воюють на Курщині.",
            "RU",
            ("confirm", "troops_in_combat"),
        ),
        (
            "uk",
            "Південнокорейський депутат Пак Мін Хо повідомив, що КНДР відправила нових солдатів до Росії.",
            "KR",
            ("allege", "more_troops"),
        ),
        (
            "de",
            "Der russische Vizeminister Pawel Sorokinow bestätigte, dass nordkoreanische Soldaten in Kursk kämpfen.",
            "RU",
            ("confirm", "troops_in_combat"),
        ),
        (
            "de",
            "Der südkoreanische Abgeordnete Park Min-ho sagte, Nordkorea habe Soldaten nach Russland geschickt.",
            "KR",
            ("allege", "troops_deployed"),
        ),
        (
            "fr",
            "Le député sud-coréen Park Min-ho a déclaré que la Corée du Nord avait envoyé des soldats en Russie.",
            "KR",
            ("allege", "troops_deployed"),
        ),
        (
            "es",
            "El viceministro ruso de Energía Pável Sorokínov confirmó que soldados norcoreanos combaten en Kursk.",
            "RU",
            ("confirm", "troops_in_combat"),
        ),
        (
            "ar",
            "أكد نائب وزير الطاقة الروسي بافيل سوروكينوف أن جنوداً كوريين شماليين يقاتلون في كورسك.",
            "RU",
            ("confirm", "troops_in_combat"),
        ),
        (
            "ar",
            "قال النائب الكوري الجنوبي بارك مين هو إن كوريا الشمالية أرسلت مزيداً من الجنود إلى روسيا.",
            "KR",
            ("allege", "more_troops"),
        ),
        (
            "ko",
            "박민호 한국 국회의원은 북한이 러시아에 병력을 추가로 파병했다고 밝혔다.",
            "KR",
            ("allege", "more_troops"),
        ),
        (
            "zh",
            "俄罗斯能源部副部长帕维尔·索罗金诺夫证实，朝鲜士兵正在库尔斯克作战。",
            "RU",
            ("confirm", "troops_in_combat"),
        ),
        ("zh", "韩国国会议员朴民浩表示，朝鲜向俄罗斯增派了军队。", "KR", ("allege", "troops_deployed")),
        ("ja", "韓国の朴民浩議員は、北朝鮮がロシアに兵士を追加派遣したと述べた。", "KR", ("allege", "more_troops")),
    ],
)
def test_an_unlisted_person_speaks_for_a_party(language: str, text: str, party: str, said: tuple[str, str]) -> None:
    reading = read(Document("d", "", text, language, date(2025, 8, 1)), BEAT)
    assert not any(BEAT.entities[e].kind == "person" for h in reading.mentions for e in h.entities)
    statements, _ = facts(reading, BEAT)
    mine = [s for s in statements if s.party == party]
    assert said in {(s.stance, s.claim) for s in mine}
    assert {s.role for s in mine} == {"official"}
    assert {BEAT.entities[s.speaker_id].kind for s in mine if s.speaker_id} <= {"organisation"}


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        (
            "en",
            "The South Korean lawmaker Park Min-ho said more North Korean troops had been sent to Russia.",
            "South Korean lawmaker Park Min-ho",
        ),
        (
            "de",
            "Der südkoreanische Abgeordnete Park Min-ho sagte, Nordkorea habe Soldaten nach Russland geschickt.",
            "südkoreanische Abgeordnete Park Min-ho",
        ),
        (
            "uk",
            "Південнокорейський депутат Пак Мін Хо повідомив, що КНДР відправила нових солдатів до Росії.",
            "Південнокорейський депутат Пак Мін Хо",
        ),
        ("en", "The South Korean lawmaker said that North Korea sent troops to Russia.", "South Korean lawmaker"),
    ],
)
def test_the_name_of_an_unlisted_speaker_is_told(language: str, text: str, speaker: str) -> None:
    statements, _ = facts(read(Document("d", "", text, language, date(2025, 8, 1)), BEAT), BEAT)
    assert {s.speaker for s in statements if s.party == "KR"} == {speaker}
