"""What a check found."""

from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]
"""error: something is lost, wrong or doubled, or a run will fail. warning: it asks for somebody, or for repair.
note: good to know; the next run sees to it by itself."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold. `where` names the file, partition, row or batch; `repair` says what repair does,
    and is empty where a person has to decide. `target` is what the check's own `mend` needs of it."""

    where: str
    what: str
    repair: str = ""
    severity: Severity = "error"
    check: str = ""
    target: Any = field(default=None, compare=False, repr=False)

    @property
    def counts(self) -> bool:
        """Whether the data folder is not well as long as this stands."""
        return self.severity != "note"

    def as_json(self) -> dict[str, Any]:
        """All but the target."""
        return {name: getattr(self, name) for name in _TOLD}


_TOLD = ("check", "severity", "where", "what", "repair")
