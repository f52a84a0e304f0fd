"""What the setting `semantic` comes to in this process: rules alone, or rules and the encoder."""

from dataclasses import dataclass
from typing import Literal

from media_monitor.errors import SettingError
from media_monitor.extract.semantic import encoder, head
from media_monitor.extract.semantic.encoder import Encoder
from media_monitor.extract.semantic.head import Head

Semantic = Literal["auto", "off", "on"]


@dataclass(frozen=True, slots=True)
class Model:
    """The encoder and its head."""

    encoder: Encoder
    head: Head


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
    return None if reason else Model(encoder.loaded(), head.shipped())


def used(setting: Semantic) -> str:
    """In words, what the setting comes to here; nothing is loaded for it."""
    if setting == "off":
        return "rules alone (semantic is off)"
    reason = encoder.missing()
    return f"rules alone ({reason})" if reason else f"rules and the sentence encoder (head {head.shipped().version})"
