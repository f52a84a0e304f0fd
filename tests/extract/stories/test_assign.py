"""Articles find their story; ids stay, whatever comes later and in whatever order it comes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from media_monitor.extract.stories.assign import Assigned, Founder, Kept, assign
from media_monitor.extract.stories.report import Report
from media_monitor.extract.stories.vetoes import REACH, veto
from media_monitor.extract.stories.weights import shipped

NOON = datetime(2024, 10, 18, 12, tzinfo=UTC)
SEOUL = frozenset({"national_intelligence_service", "vladivostok", "north_korea", "russia"})
MOSCOW = frozenset({"sergei_lavrov", "choe_son_hui", "russia", "north_korea"})
SHIPS = "Spies in Seoul say ships took 1,500 soldiers to Vladivostok"
TALKS = "Lavrov and Choe hold a strategic dialogue in Moscow"


def report(name: str, title: str, hours: float = 0, language: str = "en", entities: frozenset[str] = SEOUL) -> Report:
    about = (NOON + timedelta(hours=hours), language, title, "")
    return Report(name, 1, *about, entities, entities, frozenset({"troops_deployed:KR:allege"}))


FIRST = report("first", SHIPS)
KOREAN = report("korean", "국정원 북한군 1천500명 블라디보스토크 도착", 2, "ko")
AGAIN = report("again", "Ships took 1,500 soldiers to Vladivostok, spies in Seoul say", 5)
OTHER = report("other", TALKS, 3, entities=MOSCOW)


def put(
    *new: Report,
    known: tuple[Founder, ...] = (),
    kept: dict[str, Kept] | None = None,
    copies: dict[str, str] | None = None,
) -> Assigned:
    return assign(new, known, kept or {}, copies or {}, shipped())


def founders(done: Assigned) -> tuple[Founder, ...]:
    return tuple(done.founded)


def stored(done: Assigned) -> dict[str, Kept]:
    return {article: Kept(1, story) for article, story in done.stories.items()}


def test_one_happening_is_one_story_in_any_language_and_another_is_another() -> None:
    done = put(FIRST, KOREAN, AGAIN, OTHER)
    assert done.stories["first"] == done.stories["korean"] == done.stories["again"] != done.stories["other"]
    assert [one.report.article_id for one in done.founded] == ["first", "other"]


def test_the_order_of_the_input_is_nothing() -> None:
    assert put(OTHER, AGAIN, KOREAN, FIRST) == put(FIRST, KOREAN, AGAIN, OTHER)


def test_what_comes_in_two_batches_gets_the_ids_of_one() -> None:
    once = put(FIRST, KOREAN, OTHER, AGAIN)
    before = put(FIRST, KOREAN)
    after = put(OTHER, AGAIN, known=founders(before), kept=stored(before))
    assert before.stories | after.stories == once.stories


def test_a_late_article_that_was_printed_earlier_joins_and_changes_no_id() -> None:
    before = put(AGAIN)
    late = put(FIRST, known=founders(before), kept=stored(before))
    assert late.stories["first"] == before.stories["again"]
    assert not late.founded


def test_the_same_revision_again_stays_where_it_is() -> None:
    before = put(FIRST, OTHER)
    again = put(FIRST, OTHER, known=founders(before), kept=stored(before))
    assert again.stories == before.stories
    assert not again.founded
    assert not again.changes


def test_a_correction_that_still_fits_stays() -> None:
    before = put(FIRST, KOREAN)
    corrected = replace(KOREAN, revision=2, title=KOREAN.title + " 확인")
    after = put(corrected, known=founders(before), kept=stored(before))
    assert after.stories["korean"] == before.stories["korean"]
    assert not after.changes


def test_a_correction_that_no_longer_fits_leaves_and_the_split_is_recorded() -> None:
    before = put(FIRST, AGAIN, OTHER)
    corrected = replace(AGAIN, revision=2, title=TALKS, entities=MOSCOW, titled=MOSCOW)
    after = put(corrected, known=founders(before), kept=stored(before))
    assert after.stories["again"] == before.stories["other"]
    [split] = after.changes
    assert (split.kind, split.story_id, split.next_story) == ("split", before.stories["first"], before.stories["other"])
    assert "revision 2" in split.reason


def test_a_founder_that_becomes_something_else_leaves_the_story_to_the_others() -> None:
    before = put(FIRST, KOREAN)
    corrected = replace(FIRST, revision=2, title=TALKS, entities=MOSCOW, titled=MOSCOW)
    after = put(corrected, AGAIN, known=founders(before), kept=stored(before))
    assert after.stories["first"] not in before.stories.values()
    assert after.stories["again"] == before.stories["korean"]


def test_two_stories_that_an_article_proves_to_be_one_are_merged_into_the_older() -> None:
    plain = report("plain", "Troop movements in the Far East reported by spies in Seoul", 0)
    apart = report("apart", "1,500 soldiers in Vladivostok after a voyage on ships", 6)
    weak = (replace(plain, entities=SEOUL - {"vladivostok"}), replace(apart, entities=SEOUL - {"north_korea"}))
    known = tuple(Founder(f"s{n}", one, f"s{n}", one.at) for n, one in enumerate(weak))
    link = report("link", "Spies in Seoul: 1,500 soldiers reported in Vladivostok in the Far East after voyage", 3)
    done = put(link, known=known)
    [merge] = done.changes
    assert (merge.kind, merge.story_id, merge.next_story) == ("merge", "s1", "s0")
    assert done.stories["link"] in ("s0", "s1")
    assert not put(link, known=(known[0], replace(known[1], root="s0", root_at=known[0].report.at))).changes


def test_a_copy_is_in_the_story_of_its_origin_whatever_it_says() -> None:
    copied = replace(OTHER, article_id="copy", at=FIRST.at + timedelta(hours=1))
    assert put(FIRST, copied, copies={"copy": "first"}).stories["copy"] == put(FIRST).stories["first"]
    before = put(FIRST)
    later = put(copied, known=founders(before), kept=stored(before), copies={"copy": "first"})
    assert later.stories["copy"] == before.stories["first"]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (report("a", SHIPS, REACH.total_seconds() / 3600 + 1), "time"),
        (report("a", SHIPS.replace("1,500", "3,000"), 30), "number"),
        (report("a", SHIPS, 30), None),
        (replace(report("a", "No soldiers"), deeds=frozenset({"troops_deployed:KR:deny"})), None),
        (replace(report("a", "Soldiers"), deeds=frozenset({"troops_deployed:RU:deny"})), None),
    ],
)
def test_what_keeps_reports_apart_has_a_name(other: Report, reason: str | None) -> None:
    assert veto(FIRST, other) == reason


def test_days_and_opposites_keep_apart() -> None:
    monday = report("a", "Ships left on 14 October 2024")
    friday = report("b", "Ships left on 18 October 2024", 20)
    assert veto(monday, friday) == "day"
    confirmed = replace(FIRST, deeds=frozenset({"troops_deployed:RU:confirm"}))
    denied = replace(FIRST, deeds=frozenset({"troops_deployed:RU:deny"}))
    assert veto(confirmed, denied) == veto(denied, confirmed) == "stance"


def test_a_chain_of_reports_drifts_nowhere() -> None:
    """Each is like the one before; only those like the first are in its story."""
    words = [f"word{n}" for n in range(24)]
    chain = [
        report(f"c{n}", " ".join(words[n * 2 : n * 2 + 8]), n, entities=frozenset({f"e{n}", f"e{n + 1}"}))
        for n in range(8)
    ]
    chain = [replace(one, deeds=frozenset()) for one in chain]
    done = put(*chain)
    assert done.stories["c7"] != done.stories["c0"]
