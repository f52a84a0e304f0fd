"""Stance: what cue, speaker and content make."""

import pytest

from media_monitor.beat import Claim
from media_monitor.extract.speech.stance import stance

SENT = Claim("sent", "Troops were sent", ("KP", "RU"), (), {})


@pytest.mark.parametrize(
    ("category", "party", "negated", "denied", "modifiers", "expected"),
    [
        ("say", "KP", False, False, (), "confirm"),
        ("say", "US", False, False, (), "allege"),
        ("confirm", "US", False, False, (), "confirm"),
        ("allege", "UA", False, False, (), "allege"),
        ("deny", "RU", False, False, (), "deny"),
        ("confirm", "RU", True, False, (), "decline"),
        ("deny", "RU", True, False, (), "decline"),
        ("say", "RU", True, False, (), None),
        ("praise", "RU", True, False, (), None),
        ("say", "RU", False, True, (), "deny"),
        ("say", "KR", False, False, ("hypothetical",), None),
        ("confirm", "KP", False, False, ("question",), None),
        ("condemn", "JP", False, False, ("hypothetical",), "condemn"),
    ],
)
def test_stance(
    category: str, party: str, negated: bool, denied: bool, modifiers: tuple[str, ...], expected: str | None
) -> None:
    assert stance(category, party, SENT, negated, denied, modifiers) == expected
