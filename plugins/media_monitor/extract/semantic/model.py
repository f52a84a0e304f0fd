"""What the setting `semantic` comes to in this process: rules alone, or rules and the encoder."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from media_monitor.errors import SettingError
from media_monitor.extract.semantic import encoder, head
from media_monitor.extract.semantic.encoder import Vectors
from media_monitor.extract.semantic.head import Head

Semantic = Literal["auto", "off", "on"]


@dataclass(frozen=True, slots=True)
class Model:
    """The encoder with its head. Nothing is loaded before the first text comes."""

    head: Head

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """The encoder's row for each text."""
        return encoder.vectors(texts)


def chosen(setting: Semantic) -> Model | None:
    """The model that the setting asks for: `auto` where there is one, `off` never, `on` always.

    Raises:
        SettingError: it is `on`, and there is no encoder; the message says why.
    """
    if setting == "off":
        return None
    reason = encoder.missing()
    if reason and setting == "on":
        raise SettingError("setting semantic", f"it is 'on', but {reason}")
    return None if reason else Model(head.shipped())


def used(setting: Semantic) -> str:
    """In words, what the setting comes to here; nothing is loaded for it."""
    if setting == "off":
        return "rules alone (semantic is off)"
    reason = encoder.missing()
    return f"rules alone ({reason})" if reason else f"rules and the sentence encoder (head {head.shipped().version})"
