"""Stories: articles, in any language, on one happening. Their rows and their tables."""

from dataclasses import dataclass
from datetime import date, datetime

from media_monitor.columns import DAY, INT, REAL, TEXT, TEXTS, TIME, Column, Table


@dataclass(frozen=True, slots=True)
class Story:
    """A happening, told by the article that was the first to report it here."""

    story_id: str
    article_id: str
    revision: int
    founded_at: datetime
    first_seen: datetime
    language: str | None
    entities: tuple[str, ...]
    titled: tuple[str, ...]
    deeds: tuple[str, ...]
    vector: str | None
    method: str

    @property
    def day(self) -> date:
        return self.founded_at.date()


@dataclass(frozen=True, slots=True)
class StoryChange:
    """Two stories found to be one (merge), or an article that left a story (split)."""

    change_id: str
    kind: str
    story_id: str
    next_story: str
    article_id: str
    revision: int
    at: datetime
    score: float | None
    reason: str

    @property
    def day(self) -> date:
        return self.at.date()


STORIES = Table(
    "stories",
    "A happening that articles in any language report, told by its founding article.",
    key=("story_id",),
    owner=("story_id",),
    columns=(
        Column("story_id", TEXT, "Hash of the founding article and revision; never changes"),
        Column("day", DAY, "Partition: date of founded_at, UTC"),
        Column("article_id", TEXT, "The founding article"),
        Column("revision", INT, "Its revision then"),
        Column("founded_at", TIME, "When that was printed, or first fetched where it is undated"),
        Column("first_seen", TIME, "When that was first fetched"),
        Column("language", TEXT, "ISO 639-1 code of its text", null=True),
        Column("entities", TEXTS, "Entity ids that its title and first words name"),
        Column("titled", TEXTS, "Entity ids that its title names"),
        Column("deeds", TEXTS, "Its events (type:actor:recipient) and statements (claim:party:stance)"),
        Column(
            "vector", TEXT, "Direction of its centred sentence vector, base64 of bytes; null without encoder", null=True
        ),
        Column("method", TEXT, "What found that it was new: rules, or rules and encoder, with the version of weights"),
    ),
)

STORY_CHANGES = Table(
    "story_changes",
    "Stories that were found to be one, and articles that left one after a correction.",
    key=("change_id",),
    owner=("change_id",),
    columns=(
        Column("change_id", TEXT, "Hash of kind, both stories, article and revision"),
        Column("day", DAY, "Partition: date of at, UTC"),
        Column("kind", TEXT, "merge: story_id goes on as next_story; split: the article left story_id for next_story"),
        Column("story_id", TEXT, "The story that ended, or was left"),
        Column("next_story", TEXT, "The story that goes on, or was joined or founded"),
        Column("article_id", TEXT, "The article that brought it about"),
        Column("revision", INT, "Its revision"),
        Column("at", TIME, "When that revision was fetched"),
        Column(
            "score",
            REAL,
            "Log odds of the two founders, or of article and founder; null where none was left",
            null=True,
        ),
        Column("reason", TEXT, "Why, for people"),
    ),
)
