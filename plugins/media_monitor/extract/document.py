"""What the extract stage reads and what it knows of it: documents in, readings on the way, facts out.

A document file is JSON Lines in the form of the gold set: `id`, `title`, `text`, and where known `language`,
`published` (YYYY-MM-DD), `outlet`. Labels and other fields are left alone.
"""

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from media_monitor.errors import DocumentError
from media_monitor.extract.names.gazetteer import Hit
from media_monitor.extract.text.normalise import Normalised
from media_monitor.extract.text.sentences import Sentence
from media_monitor.model import document_text

UNDATED = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be read. `language` is what its feed or file declares: a prior, not a finding.

    `published` is the publication date and None when it is not known; `day` is the partition of its facts.
    """

    document_id: str
    title: str
    text: str
    language: str | None = None
    published: date | None = None
    outlet: str = ""
    affiliation: str = "independent"
    revision: int = 1
    day: date = UNDATED


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as understood by the first half of the stage; the second half makes statements and events of it.

    All spans are (start, end) in `text`, which is title + line feed + body. `language` is the language found, None
    where there is none to find. `reasons` name what spoke for and against relevance. `mentions` are names; `troops` are
    armies meant by a common noun ("its soldiers").
    """

    document: Document
    text: str
    normal: Normalised
    language: str | None
    language_confidence: float
    sentences: tuple[Sentence, ...]
    mentions: tuple[Hit, ...]
    relevant: bool
    score: float
    reasons: tuple[str, ...]
    troops: tuple[Hit, ...] = ()

    @property
    def named(self) -> tuple[Hit, ...]:
        """Mentions and troops together, in order."""
        return tuple(sorted((*self.mentions, *self.troops), key=lambda hit: hit.start))

    def sentence_at(self, position: int) -> Sentence:
        """The sentence that holds the position, or the last one before it."""
        return self.sentences[max(0, bisect_right(self.sentences, position, key=lambda s: s.start) - 1)]

    def mentions_in(self, start: int, end: int) -> tuple[Hit, ...]:
        """The mentions that begin in the span, in order."""
        return tuple(hit for hit in self.mentions if start <= hit.start < end)


def read_gold(path: Path) -> Iterator[tuple[Document, dict[str, Any]]]:
    """(document, its whole row) for each line that is not blank, labels or none.

    Raises:
        DocumentError: the file cannot be read, or a line is no document; the message names file and line.
    """
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    row = row_of(line, f"{path}:{number}")
                    yield document_from(row, f"{path}:{number}"), row
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(path, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error


def document_from(row: Mapping[str, Any], where: str) -> Document:
    """The document of a row in the gold format.

    Raises:
        DocumentError: a field has the wrong form; the message begins with `where`.
    """
    for name in ("id", "title", "text", "language", "outlet", "published"):
        if not isinstance(row.get(name, ""), str | None):
            raise DocumentError(where, f"{name!r} is not a string")
    if not row.get("id"):
        raise DocumentError(where, "'id' is missing")
    published = _date(row.get("published"), where)
    return Document(
        document_id=row["id"],
        title=row.get("title") or "",
        text=row.get("text") or "",
        language=row.get("language") or None,
        published=published,
        outlet=row.get("outlet") or "",
        day=published or UNDATED,
    )


def stored_text(document: Document) -> str:
    """The text that the spans of its facts refer to."""
    return document_text(document.title, document.text)


def row_of(line: str, where: str) -> dict[str, Any]:
    """The JSON object of a line.

    Raises:
        DocumentError: it is none; the message begins with `where`.
    """
    try:
        row = json.loads(line)
    except ValueError as error:
        raise DocumentError(where, f"is not JSON: {error}") from error
    except RecursionError as error:
        raise DocumentError(where, "is nested too deeply") from error
    if not isinstance(row, dict):
        raise DocumentError(where, "is not a JSON object")
    return row


def _date(text: str | None, where: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError as error:
        raise DocumentError(where, f"'published' is not a date: {text!r}") from error
