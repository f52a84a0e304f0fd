"""Rows of the table `mentions`."""

from collections.abc import Iterator

from media_monitor.beat import Beat
from media_monitor.extract.document import Reading
from media_monitor.model import Mention, stable_id


def mentions(reading: Reading, beat: Beat) -> Iterator[Mention]:
    """One row for each entity of each name in the reading, in the order of the text."""
    document = reading.document
    for hit in reading.named:
        sentence = reading.sentence_at(hit.start).number
        for entity in (beat.entities[e] for e in hit.entities):
            yield Mention(
                mention_id=stable_id(document.document_id, document.revision, hit.start, hit.end, entity.entity_id),
                article_id=document.document_id,
                revision=document.revision,
                day=document.day,
                sentence=sentence,
                start=hit.start,
                end=hit.end,
                surface=hit.surface,
                entity_id=entity.entity_id,
                kind=entity.kind,
                party=entity.party,
                sector=entity.sector,
                rule=hit.rule,
            )
