"""The stage as a pure function of Arrow tables: articles in, articles with findings and facts out.

It knows no engine and no folder but the beat's, so the same function runs in a task, in a process pool and in Spark.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pyarrow as pa

from media_monitor import columns, tables
from media_monitor.beat import Beat, read_tsv
from media_monitor.extract.document import Document, Reading
from media_monitor.extract.facts import facts
from media_monitor.extract.mentions import mentions
from media_monitor.extract.names.agencies import named
from media_monitor.extract.names.credits import credited
from media_monitor.extract.reading import may_be_relevant, read
from media_monitor.extract.semantic.model import Model, Semantic, chosen
from media_monitor.model import Article, Event, Statement


def extract(articles: pa.Table, beat: Beat, semantic: Semantic = "off") -> dict[str, pa.Table]:
    """Tables articles, mentions, events and statements.

    Articles that are not relevant lose their text and have no facts. `semantic` is the setting of that name.

    Raises:
        BeatError: a file of the beat or of a lexicon is faulty.
        SettingError: `semantic` is on, and there is no encoder.
    """
    beat, model = _shared(beat), chosen(semantic)
    known = [(article, read(document_of(article), beat)) for article in columns.instances(Article, articles)]
    relevant = [reading for _, reading in known if reading.relevant]
    found = [_facts(reading, beat, model) for reading in relevant]
    return {
        "articles": tables.ARTICLES.arrow(_found(article, reading, beat) for article, reading in known),
        "mentions": tables.MENTIONS.arrow(row for reading in relevant for row in mentions(reading, beat)),
        "events": tables.EVENTS.arrow(row for _, rows in found for row in rows),
        "statements": tables.STATEMENTS.arrow(row for rows, _ in found for row in rows),
    }


def promising(articles: pa.Table, beat: Beat) -> set[tuple[str, int]]:
    """(id, revision) of the articles that name what the beat is about, and may so be relevant.

    Raises:
        BeatError: a file of the beat or of a lexicon is faulty.
    """
    beat = _shared(beat)
    known = columns.instances(Article, articles)
    return {(a.article_id, a.revision) for a in known if may_be_relevant(document_of(a), beat)}


def agency(names: Sequence[str]) -> str | None:
    """The wire that the first of the names belongs to which is one's, as `articles.agency` has it."""
    return named(names)


def predict(document: Document, beat: Beat, semantic: Semantic = "off") -> dict[str, Any]:
    """What is found in the document, in the gold format: officials' statements only, each label once.

    Raises:
        BeatError: a file of the beat or of a lexicon is faulty.
        SettingError: `semantic` is on, and there is no encoder.
    """
    beat, model = _shared(beat), chosen(semantic)
    reading = read(document, beat)
    said, done = _facts(reading, beat, model) if reading.relevant else ([], [])
    named = {e for hit in reading.named for e in hit.entities} if reading.relevant else set()
    party = _party(beat)
    return {
        "id": document.document_id,
        "language": reading.language,
        "relevant": reading.relevant,
        "entities": sorted(named & _labels(beat)),
        "statements": _once(
            {"party": party(s.party), "role": s.role, "stance": s.stance, "claim": s.claim}
            for s in said
            if s.role == "official"
        ),
        "events": _once(
            {"type": e.type, "actor": party(e.actor_party), "recipient": party(e.recipient_party)} for e in done
        ),
    }


def _facts(reading: Reading, beat: Beat, model: Model | None) -> tuple[list[Statement], list[Event]]:
    """The statements and events of a relevant reading; none in a language that the beat does not list."""
    return facts(reading, beat, model) if reading.language in beat.languages else ([], [])


def without_text(article: Article) -> Article:
    """The article as one that is not relevant is stored: neither its text nor what changed in it."""
    return replace(article, text=None, change=_of_title(article.change))


def document_of(article: Article) -> Document:
    """The stored article as the document that its facts are made of."""
    return Document(
        document_id=article.article_id,
        title=article.title,
        text=article.text or "",
        language=article.language,
        published=article.published_at.date() if article.published_at else None,
        outlet=article.outlet,
        affiliation=article.affiliation,
        revision=article.revision,
        day=article.day,
    )


def _found(article: Article, reading: Reading, beat: Beat) -> Article:
    return replace(
        article,
        language=reading.language,
        relevant=reading.relevant,
        beat=beat.name,
        agency=credited(reading.normal.text, article.authors, article.agency),
        text=article.text if reading.relevant else None,
        change=article.change if reading.relevant else _of_title(article.change),
    )


def _of_title(change: str | None) -> str | None:
    """The change without what it tells of the text (see `collect.changes`)."""
    return next((line for line in (change or "").split("\n") if line.startswith("title: ")), None)


def _once(labels: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({tuple(label.values()): label for label in labels}.values())


@lru_cache(maxsize=8)
def _labels(beat: Beat) -> frozenset[str]:
    """The ids that a gold set for the beat chooses from: those of labels.tsv, else all."""
    path = beat.folder / "labels.tsv"
    return frozenset(row["id"] for _, row in read_tsv(path, ("id",))) if path.is_file() else frozenset(beat.entities)


def _party(beat: Beat) -> Callable[[str | None], str | None]:
    """Names a party as labels do: the ones of no labelled entity, such as third countries, are OTHER."""
    known = {beat.entities[entity].party for entity in _labels(beat)}
    return lambda party: party if party in known else "OTHER"


@lru_cache(maxsize=8)
def _shared(beat: Beat) -> Beat:
    """The first beat of this process that equals this one: its files are read already."""
    return beat
