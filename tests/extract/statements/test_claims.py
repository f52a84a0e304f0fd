"""Claim patterns and what they are matched with."""

from pathlib import Path

import pytest

from media_monitor.beat import Beat
from media_monitor.errors import BeatError
from media_monitor.extract.statements.claims import matched, pattern, recalled, topics


@pytest.fixture(scope="module")
def beat() -> Beat:
    return Beat.load("dprk_russia")


@pytest.mark.parametrize(
    ("features", "fits"),
    [
        ({"troops:KP", "send"}, True),
        ({"troops:?", "arrive"}, True),
        ({"troops:RU", "send"}, False),
        ({"troops:KP"}, False),
        ({"troops:KP", "send", "memorial"}, False),
    ],
)
def test_a_pattern_wants_all_its_conditions(features: set[str], fits: bool) -> None:
    assert pattern("troops:KP send|arrive !memorial").fits(frozenset(features)) is fits


def test_the_general_claim_is_left_out_beside_one_that_implies_it(beat: Beat) -> None:
    seen = frozenset({"troops", "troops:KP", "send", "fight", "@KP", "@RU"})
    assert [c.claim_id for c in matched(topics(beat), seen)] == ["troops_in_combat"]


def test_praise_of_the_fallen_is_of_their_fight(beat: Beat) -> None:
    seen = frozenset({"dead", "dead:KP", "troops:KP", "@KP"})
    assert [c.claim_id for c in matched(topics(beat), seen, "praised")] == ["troops_in_combat"]


def test_few_words_are_enough_once_it_was_spoken_of(beat: Beat) -> None:
    seen = frozenset({"dead", "dead:?"})
    assert [c.claim_id for c in recalled(topics(beat), seen, [beat.claims["troops_deployed"]])] == ["troop_casualties"]
    assert recalled(topics(beat), seen, [beat.claims["visit"]]) == []


def test_a_misspelt_slot_names_the_claim(tmp_path: Path) -> None:
    (tmp_path / "beat.toml").write_text('title = "x"\nlanguages = []\n', encoding="utf-8")
    text = '[[claim]]\nid = "a"\ntitle = "A"\nparties = []\nanny = ["x"]\n'
    (tmp_path / "claims.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BeatError, match="claim a: unknown slot 'anny'"):
        topics(Beat.load(str(tmp_path)))
