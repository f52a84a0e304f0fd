"""Ids that the same thing has in every format, on every machine."""

from dataclasses import dataclass
from uuid import UUID, uuid5

_NAMESPACE = UUID("6f1d3c0a-6f0e-4c53-9d5c-1c1f2b7f0a44")  # drawn once at random; a change would rename everything


@dataclass(frozen=True, slots=True)
class Source:
    """The feed as a whole. `base_url`: where the folder of the files is served, or empty."""

    beat: str
    title: str
    base_url: str = ""

    def address(self, file: str) -> str | None:
        """Where that file is served."""
        return f"{self.base_url.rstrip('/')}/{file}" if self.base_url else None


def uuid(*parts: str) -> UUID:
    """A UUID that depends on the parts alone."""
    return uuid5(_NAMESPACE, "\x1f".join(parts))
