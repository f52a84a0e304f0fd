"""Events of title and lead."""

from datetime import date

import pytest

from media_monitor.beat import Beat
from media_monitor.extract import reading
from media_monitor.extract.document import Document
from media_monitor.extract.events.build import MOST, events
from media_monitor.extract.statements.build import statements
from media_monitor.model import Event

# A later paragraph that ties the two sides together: only such a text is read.
CONTEXT = {
    "en": "North Korea sent troops to Russia for the war.",
    "ar": "أرسلت كوريا الشمالية قوات إلى روسيا للمشاركة في الحرب.",
}


@pytest.fixture(scope="module")
def beat() -> Beat:
    return Beat.load("dprk_russia")


def made(title: str, text: str, language: str, beat: Beat) -> list[Event]:
    seen = reading.read(Document("x", title, text, language, date(2025, 4, 28)), beat)
    return events(seen, statements(seen, beat), beat)


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        ("en", "Kim Jong Un visits Russia", ("CONSULT", "KP", "RU")),
        ("en", "Lavrov meets Kim Jong Un", ("CONSULT", "KP", "RU")),
        ("en", "North Korea sends troops to Russia", ("AID", "KP", "RU")),
        ("en", "Ukraine captures North Korean soldiers in Kursk", ("COERCE", "UA", "KP")),
        ("en", "North Korea unveils monument to soldiers killed in Kursk", ("SUPPORT", "KP", "KP")),
        ("en", "Japan imposes sanctions on North Korea", ("SANCTION", "JP", "KP")),
        ("en", "Putin thanks Kim Jong Un", ("SUPPORT", "RU", "KP")),
        ("ar", "بوتين يشكر كيم جونغ أون", ("SUPPORT", "RU", "KP")),
        ("ar", "لافروف يلتقي كيم جونغ أون", ("CONSULT", "KP", "RU")),
    ],
)
def test_type_actor_and_recipient(language: str, title: str, expected: tuple[str, str, str], beat: Beat) -> None:
    found = made(title, "-\n" + CONTEXT[language], language, beat)
    assert expected in [(e.type, e.actor_party, e.recipient_party) for e in found]


def test_a_denial_is_a_rejection_of_the_accuser(beat: Beat) -> None:
    text = "Kyiv says North Korea supplies Russia with shells. The Kremlin denied this."
    assert ("REJECT", "RU", "UA") in [(e.type, e.actor_party, e.recipient_party) for e in made("War", text, "en", beat)]


@pytest.mark.parametrize(
    ("title", "expected", "absent"),
    [
        ("Kim Jong Un receives greetings from Putin", ("SUPPORT", "RU", "KP"), "CONSULT"),
        ("Kim Jong Un thanked by Putin", ("SUPPORT", "RU", "KP"), "AID"),
        ("Seoul: North Korea has sent 3,000 soldiers to Russia", ("ACCUSE", "KR", "KP"), "AID"),
        ("North Korea has sent 3,000 soldiers to Russia, says Seoul", ("AID", "KP", "RU"), "CONSULT"),
        ("Pentagon confirms that North Korea sent troops to Russia", ("AID", "KP", "RU"), "ACCUSE"),
        ("Kremlin denies that North Korean troops are in Russia", ("REJECT", "RU", "OTHER"), "AID"),
        ("Putin hails North Korean soldiers who fought in Kursk", ("SUPPORT", "RU", "KP"), "ASSAULT"),
        ("Japan imposes sanctions on Russia and North Korea", ("SANCTION", "JP", "RU"), "AID"),
    ],
)
def test_turned_round_alleged_denied_and_honoured(
    title: str, expected: tuple[str, str, str], absent: str, beat: Beat
) -> None:
    found = [(e.type, e.actor_party, e.recipient_party) for e in made(title, "-\n" + CONTEXT["en"], "en", beat)]
    assert expected in found
    assert absent not in [kind for kind, _, _ in found]


def test_what_only_may_be_is_no_event(beat: Beat) -> None:
    assert made("Kim Jong Un may visit Russia", "", "en", beat) == []


def test_only_title_and_first_paragraph_count(beat: Beat) -> None:
    assert made("News", "Nothing.\nKim Jong Un met Putin.", "en", beat) == []


def test_codes_numbers_dates_and_spans(beat: Beat) -> None:
    title = "North Korea sends 3,000 troops to Kursk"
    (event,) = [e for e in made(title, "", "en", beat) if e.type == "AID"]
    assert (event.cameo, event.quad_class, event.goldstein) == ("07", 2, 7.0)
    assert (event.quantity, event.unit) == (3000.0, "troops")
    assert (event.event_date, event.date_precision) == (date(2025, 4, 28), "day")
    assert (event.place, event.actor) == ("kursk", "north_korea")
    assert title[event.start : event.end] == event.surface


def test_never_more_than_three(beat: Beat) -> None:
    text = "Putin met Kim Jong Un, thanked North Korea, accused the US, warned Japan and urged China to support Russia."
    assert len(made("Putin meets Kim Jong Un", text, "en", beat)) <= MOST


@pytest.mark.parametrize(
    ("language", "title", "quantity"),
    [
        ("en", "North Korea sends 12 thousand soldiers to Russia", 12_000.0),
        ("de", "Nordkorea schickt 10.000 Soldaten nach Russland", 10_000.0),
        ("fr", "La Corée du Nord envoie 10 000 soldats en Russie", 10_000.0),
        ("es", "Corea del Norte envía 11 mil soldados a Rusia", 11_000.0),
        ("ru", "КНДР направила в Россию 12 тысяч солдат", 12_000.0),
        ("uk", "КНДР відправила до Росії 12 тисяч солдатів", 12_000.0),
        ("ar", "كوريا الشمالية ترسل نحو 12 ألف جندي إلى روسيا", 12_000.0),
        ("ko", "북한, 러시아에 1만1000명 병력 파병", 11_000.0),
        ("ja", "北朝鮮、ロシアに約1万人の兵士を派遣", 10_000.0),
        ("zh", "朝鲜向俄罗斯派遣1.2万名士兵", 12_000.0),
    ],
)
def test_how_many_soldiers_were_sent(language: str, title: str, quantity: float, beat: Beat) -> None:
    (event,) = [e for e in made(title, "", language, beat) if e.type == "AID"]
    assert (event.quantity, event.unit) in {(quantity, "troops"), (quantity, "troops_sent")}


def keys(title: str, text: str, beat: Beat) -> set[tuple[str, str, str]]:
    return {(e.type, e.actor_party, e.recipient_party) for e in made(title, text + "\n" + CONTEXT["en"], "en", beat)}


def test_a_party_that_admits_the_fight_reports_its_aid_too(beat: Beat) -> None:
    found = keys("Pyongyang confirms that North Korean soldiers fought in Kursk", "-", beat)
    assert {("AID", "KP", "RU"), ("ASSAULT", "KP", "UA")} <= found


def test_losses_are_no_news_beside_prisoners_or_after_other_news(beat: Beat) -> None:
    captured = keys("Ukraine captures wounded North Korean soldiers in Kursk", "-", beat)
    later = keys("Lavrov meets Kim Jong Un", "North Korean soldiers were killed in Kursk.", beat)
    title = keys("North Korean soldiers killed in Kursk", "-", beat)
    loss = ("ASSAULT", "UA", "KP")
    assert loss in title
    assert loss not in captured | later


def test_what_is_condemned_or_asked_is_no_fact_of_its_own(beat: Beat) -> None:
    aid = ("AID", "KP", "RU")
    assert aid not in keys("Poland condemns the deployment of North Korean troops to Russia", "-", beat)
    assert aid not in keys("Did North Korea send troops to Russia?", "-", beat)
