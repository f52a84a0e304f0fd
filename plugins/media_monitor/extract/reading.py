"""The first half of the stage in order: text → language → names → gate → sentences.

Cheap before dear: sentences are made only where what the beat is about is named.
"""

from functools import lru_cache

from media_monitor.beat import Beat
from media_monitor.extract.document import Document, Reading, stored_text
from media_monitor.extract.names import agencies, armies, holders, ministries, relevance, senses
from media_monitor.extract.names.gazetteer import Gazetteer, Hit
from media_monitor.extract.names.titles import titles
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
    found = holders.dated(words.find(normal), beat, document.published)
    mentions = senses.hits(found, normal, words, agencies.signature(normal.text), beat.entities)
    rule = relevance.rule(beat)
    parts = sentences.split(stored, code) if relevance.may_be(mentions, rule) else ()
    verdict = relevance.judge(normal, parts, mentions, relevance.bonds(code), rule)
    soldiers: tuple[Hit, ...] = ()
    if verdict.relevant:
        soldiers = _troops(normal, mentions, code, beat, rule)
        mentions = ministries.ministries(normal, mentions, titles(code), beat)
        mentions = holders.holders(normal, mentions, titles(code), beat, document.published)
    judged = (verdict.relevant, verdict.score, verdict.reasons)
    return Reading(document, stored, normal, code, confidence, parts, mentions, *judged, soldiers)


def may_be_relevant(document: Document, beat: Beat) -> bool:
    """Whether the document names what the beat is about: what every relevant one does, and cheap to tell.

    Raises:
        BeatError: a file of the beat or of the lexicon is faulty.
    """
    stored = stored_text(document)[:READ_AT_MOST]
    code, _ = language.identify(stored, document.language)
    normal = normalise(stored)
    words = gazetteer(beat, code)
    found = holders.dated(words.find(normal), beat, document.published)
    mentions = senses.hits(found, normal, words, agencies.signature(normal.text), beat.entities)
    return relevance.may_be(mentions, relevance.rule(beat))


def _troops(
    normal: Normalised, mentions: tuple[Hit, ...], code: str | None, beat: Beat, rule: relevance.Rule
) -> tuple[Hit, ...]:
    by_party = {side: army for army, side in reversed(list(rule.armies.items()))}
    tables = affixes(code)
    found = tuple(armies.troops(normal, mentions, tables, by_party, beat.entities))
    named = {e for hit in (*mentions, *found) for e in hit.entities} & rule.armies.keys()
    if named or len(by_party) != 1:
        return found
    (army,) = by_party.values()
    return tuple(armies.anybodys(normal, mentions, tables, army))


def gazetteer(beat: Beat, code: str | None) -> Gazetteer:
    """The compiled gazetteer of a language of the beat; all other languages share one."""
    return _compiled(beat, code if code in beat.languages else None)


@lru_cache(maxsize=64)
def _compiled(beat: Beat, code: str | None) -> Gazetteer:
    return Gazetteer.compile(beat.aliases, code)
