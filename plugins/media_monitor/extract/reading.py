"""The first half of the stage in order: text → language → names → gate → sentences.

Cheap before dear: sentences are made only where both sides of the beat are named.
"""

from functools import lru_cache

from media_monitor.beat import Beat
from media_monitor.extract.document import Document, Reading, stored_text
from media_monitor.extract.names import agencies, armies, relevance, senses
from media_monitor.extract.names.gazetteer import Gazetteer, Hit
from media_monitor.extract.text import language, sentences
from media_monitor.extract.text.affixes import affixes
from media_monitor.extract.text.normalise import Normalised, normalise

# Characters of a document that are read. News is shorter; a file of megabytes must not hold up a run.
READ_AT_MOST = 200_000


def read(document: Document, beat: Beat) -> Reading:
    """The document with language, names, relevance and, where it may be relevant, sentences.

    Raises:
        BeatError: a file of the beat or of the lexicon is faulty.
    """
    stored = stored_text(document)[:READ_AT_MOST]
    code, confidence = language.identify(stored, document.language)
    normal = normalise(stored)
    words = gazetteer(beat, code)
    mentions = senses.hits(words.find(normal), normal, words, agencies.signature(normal.text), beat.entities)
    rule = relevance.rule(beat)
    parts = sentences.split(stored, code) if relevance.may_be(mentions, rule) else ()
    verdict = relevance.judge(normal, parts, mentions, relevance.bonds(code), rule)
    found = (verdict.relevant, verdict.score, verdict.reasons)
    soldiers = _troops(normal, mentions, code, beat, rule) if verdict.relevant else ()
    return Reading(document, stored, normal, code, confidence, parts, mentions, *found, soldiers)


def _troops(
    normal: Normalised, mentions: tuple[Hit, ...], code: str | None, beat: Beat, rule: relevance.Rule
) -> tuple[Hit, ...]:
    by_party = {side: army for army, side in reversed(list(rule.armies.items()))}
    return tuple(armies.troops(normal, mentions, affixes(code), by_party, beat.entities))


def gazetteer(beat: Beat, code: str | None) -> Gazetteer:
    """The compiled gazetteer of a language of the beat; all other languages share one."""
    return _compiled(beat, code if code in beat.languages else None)


@lru_cache(maxsize=64)
def _compiled(beat: Beat, code: str | None) -> Gazetteer:
    return Gazetteer.compile(beat.aliases, code)
