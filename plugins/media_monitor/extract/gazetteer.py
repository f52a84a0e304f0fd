"""Finds the beat's names in a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found in a text.

    `start` and `end` span the name alone, without clitics and particles (with its case ending). `entities` are
    the ids that it stands for here, one or more; `rule` is the kind of alias, or `surname` for a last name alone.
    """

    start: int
    end: int
    surface: str
    entities: tuple[str, ...]
    rule: str
