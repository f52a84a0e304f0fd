"""Who speaks, and what is denied, where the verb stands last and nouns carry particles (Korean, Japanese).

What is said stands between the speaker and the verb ("국정원은 … 밝혔다"), or before both ("… 했다고 국정원이 밝혔다");
`quotative` of language.toml lists what closes it. A headline has a comma, or nothing, where a particle would be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from media_monitor.extract.grammar.clauses import Line, Name
from media_monitor.extract.grammar.forms import Tag

if TYPE_CHECKING:
    from media_monitor.extract.grammar.figures import Figure

BOTH = "both"  # the party of a title that means the sides of the beat together
MEETING = 5  # most characters between two parties and their meeting
NEAR = 20  # most characters between a subject and its verb, where a day and an adverb may stand
START = 25  # most characters of a sentence before the end of its topic
OFFICE = 4  # most letters of an office without "minister" after a name in a headline ("신원식 국방")
TOPIC = 4  # most characters between "on this" and the words said on it
ENDING = 2  # most letters of the ending between a word and the mark of an attribute
REPORT = 6  # most characters between who reports and the word for it
_ATTRIBUTE = re.compile(r"(?:し?て?い)?(?:す?る|し?た)(?![事時後前際上以者])[一-龯ァ-ヶ]")  # a verb's end and a noun
REACH = 14  # most characters between a word and the negation after it


def candidates(line: Line, cue: Tag, before: Sequence[Figure]) -> Iterator[list[Figure]]:
    """The places where the speaker may stand, the likeliest first; `before` are the figures before the verb."""
    near = [f for f in before if cue.start - f.end <= NEAR]
    direct = [f for f in near[-1:] if not (f.oblique or f.object or _genitive(line, f))]
    direct = [f for f in direct if f.subject or f.topic or not line.tagged("concepts", f.end, cue.start)]
    yield [f for f in direct if _ends_content(line, f.start) and not _spoken_of(line, f, cue, before)]
    yield [f for f in near if f.subject][-1:] if not any(f.topic for f in before) else []
    yield [f for f in near if f.topic and _ends_clause(line, f, cue)][-1:]
    yield [f for f in before if f.topic][:1]
    if line.number == 0:
        yield [f for f in before if _heads(line, f, cue)][-1:]
    yield [f for f in before if f.subject][:1]


def listed(line: Line, found: list[Figure], before: Sequence[Figure], joiners: frozenset[str]) -> list[Figure]:
    """The speaker and those that stand joined before it: "북한과 러시아는", "ロシアも北朝鮮も"."""
    for figure in reversed([f for f in before if found and f.start < found[0].start]):
        if not _joined(line, figure, found[0], joiners):
            break
        found = [replace(figure, oblique=False), *found]
    for figure in [f for f in before if found and f.start > found[-1].start]:
        if not (figure.topic and _joined(line, found[-1], figure, joiners)):
            break
        found = [*found, figure]
    return found


def _joined(line: Line, first: Figure, second: Figure, joiners: frozenset[str]) -> bool:
    gap = line.slice(line.reach(first.end), second.start).strip()
    both = first.topic and second.topic and gap == line.slice(second.end, second.end + 1)
    return gap in joiners or gap in ("·", "、", ",") or both


def _ends_content(line: Line, position: int) -> bool:
    """Whether what is said ends right before the position."""
    quotatives = [t for t in line.tagged("grammar", line.start, position) if t.name == "quotative"]
    return bool(quotatives) and not line.slice(quotatives[-1].end, position).strip(" ,、")


def _spoken_of(line: Line, figure: Figure, cue: Tag, before: Sequence[Figure]) -> bool:
    """Whether the topic opens more words of an earlier topic's: "대사는 … 있다며 북한은 … 않았다고 소개했다"."""
    said = any(t.name == "quotative" for t in line.tagged("grammar", figure.end, cue.start))
    return said and figure.topic and any(f.topic and f.end < figure.start for f in before)


def _genitive(line: Line, figure: Figure) -> bool:
    """Whether the name of a country has its genitive in it ("미국의 주장")."""
    names = line.named(figure.start, figure.end)
    marks = line.tagged("grammar", figure.start, figure.end) if names and names[-1].is_country else ()
    return any(t.name == "oblique" and t.end == figure.end for t in marks)


def _ends_clause(line: Line, figure: Figure, cue: Tag) -> bool:
    """Whether the figure opens the clause of the verb, with no words said between: "…、ロシアは全面的に否定した"."""
    said = any(t.name == "quotative" for t in line.tagged("grammar", figure.end, cue.start))
    quoted = any(figure.end <= a < cue.start for a, _ in line.quotes)
    return not (said or quoted) and line.slice(figure.start - 2, figure.start).strip() in (",", "、")


def own_subject(line: Line, cue: Tag, before: Sequence[Figure]) -> Figure | None:
    """The subject of a verb before a noun, in the sentence of another speaker ("북한이 파병을 인정한 데 대해")."""
    ends = [t.end for t in line.tables.get("endings", ()) if t.start <= cue.end <= t.end]
    if not any(line.slice(end, end + 1) == " " for end in ends) or _ends_content(line, cue.start):
        return None
    topic = max((f.start for f in before if f.topic), default=-1)
    return next((f for f in reversed(before) if f.subject and f.start > topic), None)


def is_content(line: Line, cue: Tag) -> bool:
    """Whether the cue closes what is said by the next verb ("영웅이라고 말했다"), so that both have one speaker."""
    closing = line.tagged("grammar", cue.start, cue.end) if cue.name != "cite" else ()
    return any(t.name == "quotative" and t.end == cue.end for t in closing)


def is_said(line: Line, quote: tuple[int, int]) -> bool:
    """Whether a quotation is what somebody says: a quotative follows ("…"라고, 「…」と), or in a headline a name stands
    right before ("X「…」")."""
    start, end = quote
    near = line.tagged("grammar", end, end + ENDING + 3)
    said = any(t.name in ("quotative", "attributive") and t.start - end <= ENDING for t in near)
    bearers: list[Name | Tag] = [*line.names, *line.tables.get("titles", ())] if line.number == 0 else []
    return said or any(line.reach(b.end) in (start, start - 1) for b in bearers)


def is_attribute(line: Line, cue: Tag) -> bool:
    """Whether a verb of praise or blame stands before a noun that is spoken of ("기리는 기념관", "たたえる碑")."""
    if not line.postpositions or cue.name not in ("praise", "condemn"):
        return False
    ends = [t.end for t in line.tables.get("endings", ()) if t.start <= cue.end <= t.end]
    return any(line.slice(end, end + 1) == " " for end in ends) or bool(_ATTRIBUTE.match(line.slice(cue.end, line.end)))


def after_topic(line: Line, span: tuple[int, int]) -> tuple[int, int] | None:
    """What is said on a topic that is named first: 'X said on this, "…"' (에 대해 "…", 질문에 "…", について「…」)."""
    for start, _ in line.quotes:
        near = [*line.tagged("grammar", span[0], start), *line.tagged("cues", span[0], start)]
        marks = {t.name for t in near if start - t.end <= TOPIC}
        if marks & {"about", "answer"} or (line.number == 0 and "goal" in marks):
            return (start, span[1]) if span[0] <= start < span[1] else None
    return None


def is_cut_off(line: Line, figure: Figure) -> bool:
    """Whether the line is cut off after a figure that follows what is said."""
    ends = line.text.rstrip().endswith(("...", "…")) and line.end - figure.end <= NEAR
    return ends and not line.quoted(figure.start) and _ends_content(line, figure.start)


def breaks_off(line: Line, speaker: Figure) -> bool:
    """Whether the line is a lead cut off before its verb, which tells what the headline's speaker says of others."""
    text = line.text.rstrip()
    cut = line.number == 1 and text.endswith(("...", "…")) and not text.rstrip(".…").endswith("다")
    return cut and all(speaker.party not in n.parties for n in line.names)


def before_quote(line: Line, figures: Sequence[Figure], start: int) -> Figure | None:
    """The speaker of a headline's quotation that begins there: 'X "…"', 'X 국방 "…"', 'X, Y에 "…"', 'X, Y 접견…"…"'."""
    clause = line.clauses[line.clause_at(start)].start
    free = [f for f in figures if f.start >= clause and not (f.oblique or f.object)]
    last = free[-1:] if free and free[-1] is figures[-1] else []
    for figure in last:
        rest = line.slice(figure.end, start).strip(" ,:")
        person = any(n.is_person for n in line.named(figure.start, figure.end))
        person = person and not line.tagged("concepts", figure.end, start)
        if not rest or figure.topic or figure.subject or (person and len(rest) <= OFFICE and " " not in rest):
            return figure
    opening = [f for f in free or figures if f.start == line.start and line.clauses[0].end <= line.reach(f.end) + 1]
    if opening:
        return opening[0]
    people = [f for f in figures if any(n.is_person for n in line.named(f.start, f.end))]
    return next((f for f in free or people if f.topic or line.slice(f.end, f.end + 1) == ","), None)


def after_quote(line: Line, figures: Sequence[Figure]) -> Figure | None:
    """The speaker right after a quotation that opens a headline: "「…」 X氏", '"…" X'."""
    start, end = line.quotes[0]
    for figure in figures[:1] if not line.slice(line.start, start).strip() else ():
        rest = line.slice(line.reach(figure.end), line.end)
        if not line.slice(end, figure.start).strip(" …-と") and (not rest.strip() or rest[0] in " ,、…"):
            return None if figure.oblique or figure.object else figure
    return None


def _heads(line: Line, figure: Figure, cue: Tag) -> bool:
    """Whether a headline's figure without a particle is its subject: before a comma or right before a mere verb."""
    if line.slice(line.reach(figure.end), line.reach(figure.end) + 1) in (",", "、"):
        return True
    mere = not any(t.start == cue.start for t in line.tables.get("concepts", ()))
    return mere and not line.slice(line.reach(figure.end), cue.start).strip()


def embedded(line: Line, cue: Tag, speakers: Sequence[Figure]) -> bool:
    """Whether the subject found is that of what is said: a country, in "[he said that] the North sent troops", or
    "[he went on:] moreover the North …"."""
    goes_on = any(t.name == "continue" and t.start == line.start for t in line.tables.get("cues", ()))
    subjects = [f for f in speakers if (goes_on or (f.subject and not f.topic)) and line.start <= f.start]
    closed = any(t.name == "quotative" and t.start == cue.start for t in line.tagged("grammar", cue.start, cue.end))
    people = [f for f in subjects if any(n.is_person for n in line.named(f.start, f.end))]
    names = [n for f in subjects if f not in people for n in line.named(f.start, f.end)]
    country = any(all(e.kind == "country" for e in n.entities) for n in names) or any(f.party == BOTH for f in subjects)
    return country and (closed or _ends_content(line, cue.start))


def other_topic(line: Line, cue: Tag, start: int) -> bool:
    """Whether the sentence opens with a topic that is no thing spoken of: a speaker who is not in the registry."""
    opening = min(cue.start, max(start, line.start) + START)
    near = [t for t in line.tagged("grammar", cue.start - 2, cue.start) if t.name == "subject"]
    if near and not line.slice(near[-1].end, cue.start).strip() and not line.tagged("cues", start, cue.start):
        return True
    for tag in line.tagged("grammar", start, opening):
        if tag.name != "topic" or line.quoted(tag.start) or line.slice(tag.end, tag.end + 1).strip(" ,"):
            continue
        if any(t.end == tag.end for t in line.tables.get("endings", ())):
            continue
        phrase = max(start, line.start), tag.end
        return not line.tagged("concepts", *phrase) and not line.tagged("cues", *phrase)
    return False


def negated(line: Line, span: tuple[int, int]) -> bool:
    """Whether a negation stands shortly after a thing that is spoken of, as verbs are negated at their end."""
    things = line.tagged("concepts", *span)
    cues = [t for t in line.tables.get("cues", ()) if span[0] <= t.start < span[1]]
    stances = [t for t in cues if t.name.endswith(("_said", "_quoted")) and not t.name.startswith("deny")]
    negations = [t for t in cues if t.name == "negation" and not any(s.start < t.start < s.end for s in stances)]
    near = [(c.end, n.start) for n in negations for c in things if 0 <= n.start - c.end <= REACH]
    return any("." not in line.slice(*gap) and "。" not in line.slice(*gap) for gap in near)


def marks(line: Line, end: int) -> set[str]:
    """The particles after a name; `goal` where it stands before a noun of going there ("러시아 파병")."""
    found = line.particles(end)
    listed = [n.end for n in line.names if n.start == end + 1] if line.slice(end, end + 1) in ("·", "・", "、") else []
    ends = {end, end + 1, *listed, *(e + 1 for e in listed)}
    bound = any(t.name == "toward" and t.start in ends for t in line.tables.get("grammar", ()))
    return found | {"goal"} if bound else found


def actors(line: Line, names: Sequence[Name]) -> list[Name]:
    """The name that acts among those before a verb: with a topic, else the last with a subject or headline comma, else
    the first without a particle, else the first of the sentence."""
    borne = {n.end: n for n in names}
    for title in line.tables.get("titles", ()):
        for name in names:
            if 0 <= title.start - name.end <= 1:
                borne[title.end] = name
    topics = [n for end, n in sorted(borne.items()) if "topic" in line.particles(end)]
    subjects = [n for end, n in sorted(borne.items()) if "subject" in line.particles(end) or _comma(line, end)]
    free = [n for n in names if not bound(line, n.end) & {"oblique", "goal"}]
    return topics[:1] or subjects[-1:] or free[:1] or list(line.names[:1])


def free(line: Line) -> list[Name]:
    """The names of the line, where nouns carry particles without those to which something goes or that are beside."""
    return [n for n in line.names if not (line.postpositions and bound(line, n.end) & {"oblique", "goal"})]


def pair(line: Line, before: Sequence[Name], start: int) -> tuple[str, str] | None:
    """The two parties of a compound right before what they do together: "한중 회담", "한·중 정상이 만나"."""
    near = [n for n in before if n.parties][-2:]
    if not near or start - near[-1].end > MEETING or line.tagged("concepts", near[-1].end, start):
        return None
    joined = len(near) == 2 and line.slice(near[0].end, near[1].start) in ("·", "・", "-")
    parties = sorted({p for n in (near if joined else near[-1:]) for p in n.parties})
    return (parties[0], parties[1]) if len(parties) == 2 else None


def _comma(line: Line, end: int) -> bool:
    return line.number == 0 and line.slice(end, end + 1) in (",", "、")


def attributes(line: Line) -> Iterator[tuple[Tag, int]]:
    """The words that make what is said an attribute, and where it begins: its quotation, else its clause."""
    for mark in line.tagged("grammar", line.start, line.end):
        if mark.name == "attributive" and not line.quoted(mark.start):
            quote = [a for a, b in line.quotes if b == mark.start]
            yield mark, quote[0] if quote else line.clauses[line.clause_at(mark.start)].start


def bears_report(line: Line, mark: Tag, figure: Figure) -> bool:
    """Whether the figure follows the attribute at once and bears a report: "미국 발표", "외무성 부상의 담화"."""
    nouns = [t for t in line.tagged("grammar", figure.end, figure.end + NEAR) if t.name == "report"]
    near = bool(nouns) and nouns[0].start - figure.end <= REPORT
    return near and not (figure.topic or figure.subject) and not line.slice(mark.end, figure.start).strip()


def headline(line: Line, end: int) -> tuple[int, int]:
    """What a headline's speaker, whose name ends at `end`, says: the clause of the quotation, up to its end."""
    if line.quotes and line.quotes[0][1] < end and not line.slice(line.start, line.quotes[0][0]).strip():
        return line.quotes[0]
    if not line.quotes or line.quotes[0][0] < end:
        return line.clauses[line.clause_at(end - 1)].start, line.end
    start, stop = line.quotes[0]
    return line.clauses[line.clause_at(start)].start, stop


def bound(line: Line, end: int) -> set[str]:
    """The marks of a name, those of the noun after it too: `oblique` in "우크라이나 전쟁"."""
    near = {t.name for t in line.tables.get("grammar", ()) if t.start == end + 1}
    return marks(line, end) | (near & {"oblique"})
