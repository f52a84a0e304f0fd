"""A ministry without its country: "the foreign ministry" after "Peskov said" is Russia's.

It is that of the country beside it ("the ministry of defence of the DPRK"), that of "its" country, or of somebody
whom its sentence names: the person or the body right before it in the sentence, else the person right after it. Where
a language takes the name alone for the ministry at home (외교부, 外務省), only a neighbour makes it another country's.
"""

import re
from collections.abc import Iterator, Sequence

from media_monitor.beat import Beat, Entity
from media_monitor.extract.names.gazetteer import Hit
from media_monitor.extract.names.holders import RULE, Page
from media_monitor.extract.names.titles import Titles
from media_monitor.extract.text.normalise import Normalised

MINISTRY = "_ministry"
NEAR = 25  # a person after the ministry speaks for it: "МИД Георгий Тихий", a headline and its text
ASIDE = frozenset({"MED", "IGO"})  # bodies that have no ministry, whatever their country
_SENTENCE = re.compile(r"[.!?…][\"”»)]* |[。！？\n]")
_UNKNOWN_OWNER = re.compile(r"(?:isch\w{0,2}|ск\w{1,3}|ськ\w{1,3}|[\u30a0-\u30ff\u4e00-\u9fff]|[\uac00-\ud7a3] ) ?$")
_UNKNOWN_AFTER = re.compile(r" ال\w+ي[ةه](?!\w)")


def ministries(normal: Normalised, mentions: Sequence[Hit], words: Titles | None, beat: Beat) -> tuple[Hit, ...]:
    """The mentions with those ministries among them, in order."""
    if words is None:
        return tuple(mentions)
    page = Page.of(normal, mentions, words, beat)
    gone: set[int] = set()
    made: list[Hit] = []
    for titles, start, end in words.find(normal):
        ours = [title for title in titles if title.endswith(MINISTRY)]
        within = [i for i, (a, b) in enumerate(page.spans) if a < end and start < b]
        if not ours or (within and not _at_home(page, within, start, end)):
            continue
        owners = next(_beside(page, start, end, ours), None)
        if owners is None:
            owners = _sentences(page, start, end) if not within else ()
        bodies = [office for owner in owners for title in ours if (office := beat.offices.get((owner, title)))]
        if owners and within:
            gone |= set(within)
        if bodies:
            first, last = normal.span(start, end)
            made.append(Hit(first, last, normal.stored[first:last], tuple(dict.fromkeys(bodies)), RULE))
    left = (hit for i, hit in enumerate(page.mentions) if i not in gone)
    return tuple(sorted((*left, *made), key=lambda hit: hit.start))


def _at_home(page: Page, within: Sequence[int], start: int, end: int) -> bool:
    """Whether the one mention inside is the name alone, which names no country."""
    hit = page.mentions[within[0]]
    return len(within) == 1 and page.spans[within[0]] == (start, end) and len(hit.entities) == 1


def _beside(page: Page, start: int, end: int, titles: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The countries of what stands beside the ministry: a country, a person right before it, or the same ministry
    earlier in the sentence ("referred questions to Russia's defence ministry; the defence ministry was silent")."""
    bare = not any(a < end and start < b for a, b in page.spans)
    for unit in (*page.before(start, end), *(page.after(start, end) if bare else ())):
        yield tuple(c for owner in unit.owners if (c := page.country(page.beat.entities[owner])))
    last = [i for i, (_, b) in enumerate(page.spans) if b <= start][-1:]
    for i in last:
        if not page.normal.text[page.spans[i][1] : start].strip() and (owner := _acting(page, page.mentions[i], True)):
            yield (owner,)
    opened = _opened(page, start)
    for i, (a, b) in enumerate(page.spans):
        for entity in page.mentions[i].entities if opened <= a and b < start else ():
            owner = page.country(page.beat.entities[entity])
            if owner and any(page.beat.offices.get((owner, title)) == entity for title in titles):
                yield (owner,)
    if bare and page.words.own.search(page.normal.text, max(0, start - NEAR), start):
        for unit in page.own(start, end):
            yield unit.owners


def _sentences(page: Page, start: int, end: int) -> tuple[str, ...]:
    """The country of whoever the sentence names before the ministry, or right after it."""
    if _stranger(page, start, end):
        return ()
    opened = _opened(page, start)
    for i in range(len(page.spans) - 1, -1, -1):
        if opened <= page.spans[i][0] < start and (owner := _acting(page, page.mentions[i], False)):
            return (owner,)
    for i, (a, _) in enumerate(page.spans):
        if 0 <= a - end <= NEAR and (owner := _acting(page, page.mentions[i], True)):
            return (owner,)
    return ()


def _opened(page: Page, position: int) -> int:
    """Where the sentence at the position begins."""
    return max((m.end() for m in _SENTENCE.finditer(page.normal.text, 0, position)), default=0)


def _stranger(page: Page, start: int, end: int) -> bool:
    """Whether a word beside the ministry may be a country that is not known: "the Peruvian foreign ministry"."""
    text, stored = page.normal.text, page.normal.stored
    if _UNKNOWN_OWNER.search(text, max(0, start - 12), start) or _UNKNOWN_AFTER.match(text, end):
        return True
    before = text[_opened(page, start) : start].split()
    first, last = page.normal.span(start, end)
    words = stored[max(0, first - 30) : first].split()
    names = len(before) > 1 and words and words[-1][0].isupper() and not any(b == start - 1 for _, b in page.spans)
    follows = re.match(r" (\w)", stored[last : last + 2])
    named = any(a == end + 1 for a, _ in page.spans)
    return bool(names or (follows and follows[1].isupper() and not named))


def _acting(page: Page, hit: Hit, person: bool) -> str | None:
    """The country of the person, or of the government body, that the mention names."""
    for one in (page.beat.entities[e] for e in hit.entities):
        if one.kind == "person" or (not person and one.kind == "organisation" and _governs(page.beat, one)):
            return page.country(one)
    return None


def _governs(beat: Beat, body: Entity) -> bool:
    return body.sector == "GOV" or body.entity_id in beat.offices.values()
