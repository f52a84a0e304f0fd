"""PLOVER event types and their codes for joins with CAMEO data. The table and its sources: `lexicons/plover.tsv`."""

from dataclasses import dataclass
from functools import cache

from media_monitor.beat import read_tsv
from media_monitor.extract.grammar.lexicon import LEXICONS

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class Code:
    """Codes of an event type: CAMEO root (two digits), quad class 1 to 4, Goldstein value -10 to 10."""

    cameo: str
    quad_class: int
    goldstein: float


@cache
def codes() -> dict[str, Code]:
    """The codes by PLOVER type.

    Raises:
        BeatError: the table is missing or malformed.
    """
    rows = read_tsv(LEXICONS / "plover.tsv", ("type", "cameo", "quad_class", "goldstein"))
    return {r["type"]: Code(r["cameo"], int(r["quad_class"]), float(r["goldstein"])) for _, r in rows}
