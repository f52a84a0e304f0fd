"""An event before it is written out."""

from dataclasses import dataclass

from media_monitor.extract.grammar.clauses import Line
from media_monitor.model import Modality


@dataclass(frozen=True, slots=True)
class Candidate:
    """Actor and recipient are parties, the span is in the normalised text."""

    type: str
    mode: str | None
    actor: str
    recipient: str
    line: Line
    start: int
    end: int
    rule: str
    modality: Modality = "actual"
    negated: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        return self.type, self.actor, self.recipient
