"""What a message says, as data that every form of it is made from."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words that are not ours, in any script: a name, a headline. No form takes anything in them for markup."""

    words: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An address to open. `label` is ours."""

    url: str
    label: str


Part = str | Foreign | Link


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled line."""

    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A step of the source tree, with what came through it."""

    parts: tuple[Part, ...]
    below: "tuple[Branch, ...]" = ()


@dataclass(frozen=True, slots=True)
class Translation:
    """The words as a machine put them, with from and to what; or None for the words, with why not."""

    words: str | None
    note: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that make the news, as printed, cut where they are very long; `rest` tells where the whole is."""

    words: Foreign
    translation: Translation | None = None
    rest: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """One alert. `headline` is what is new, on one line; `short` are the facts that a digest gives."""

    headline: str
    quote: Quote | None
    facts: tuple[Fact, ...]
    tree: tuple[Branch, ...]
    links: tuple[Link, ...]
    footer: str
    command: str | None = None

    def fact(self, label: str) -> Fact | None:
        """The fact with that label."""
        return next((fact for fact in self.facts if fact.label == label), None)


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent. `subject` is one line; `text`, `html` and `blocks` (of Slack's Block Kit) say the same; `brief` is
    the text for services that take no more than a few hundred characters."""

    subject: str
    text: str
    html: str
    blocks: Sequence[dict[str, object]]
    brief: str
