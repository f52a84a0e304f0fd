"""Names of media, and the family of each."""

from media_monitor.beat import Beat
from media_monitor.warehouse import media

ROWS = {row["name"]: row for row in media.families(Beat.load("dprk_russia"))}


def test_a_medium_is_known_by_outlet_credit_entity_and_foreign_name() -> None:
    assert {ROWS[name]["family"] for name in ("yonhap", "연합뉴스", "韓聯社", "يونهاب", "ёнхап")} == {"yonhap"}
    assert {ROWS[name]["family"] for name in ("afp", "agence france-presse", "فرانس برس", "法新社")} == {"afp"}


def test_the_organs_of_the_beat_are_state_media_of_one_family() -> None:
    organs = ("kcna", "rodong_sinmun", "korean central news agency", "조선중앙통신")
    told = {(ROWS[n]["family"], ROWS[n]["party"], ROWS[n]["affiliation"]) for n in organs}
    assert told == {("dprk_state_media", "KP", "state")}
    assert ROWS["korean_central_television"]["affiliation"] == "state"


def test_a_private_medium_of_a_party_is_no_organ_of_it() -> None:
    assert (ROWS["kommersant"]["party"], ROWS["kommersant"]["affiliation"]) == ("RU", None)


def test_a_medium_that_no_family_lists_is_a_family_of_its_own() -> None:
    assert (ROWS["astra"]["family"], ROWS["astra"]["party"]) == ("astra", "RU")


def test_every_medium_of_the_registry_has_a_row_by_its_id() -> None:
    beat = Beat.load("dprk_russia")
    assert {e.entity_id for e in beat.entities.values() if e.sector == media.SECTOR} <= ROWS.keys()
