"""Where what is said stands: after its verb, before it, or on both sides of it."""

from collections.abc import Sequence

from media_monitor.extract.grammar.clauses import Line, Name
from media_monitor.extract.grammar.figures import Figure
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import Grammar
from media_monitor.extract.speech.stance import FIXED, WEAK

SUBJECT = 20  # most characters between a verb and the subject after it
LONG, VERB = 7, 2  # letters of a form that holds an object, and of its verb, where nothing parts the words
ENOUGH = 8  # characters after a verb that are enough for its content where nothing parts the words
TIME = 12  # most characters of a verb's object or time ("said this week")
MEANT = 14  # fewest characters right after a verb that are what is said
FULL = 40  # characters after a verb that are enough for its content, where it stands first


def spans(line: Line, cue: Tag, low: int, high: int, grammar: Grammar) -> list[tuple[int, int]]:
    """Where to look for what is said, the likeliest first."""
    after = (_from(line, cue, grammar), _aside(line, cue, _until(line, cue, high)))
    before = (_since(line, cue, low), cue.end if line.postpositions else cue.start)
    if line.postpositions:
        return [before, after] if cue.name == "cite" else [before]
    if _opens(line, cue, high):
        return [after]
    if line.verb_last and cue.name == "cite" and line.slice(*before).strip(" ,"):
        return [
            (before[0], after[1])
        ]  # "im Gebiet Kursk stehen laut Seoul 8000 Mann": an adverbial, all around is said
    if cue.name in WEAK and _asked(line, before) and line.slice(*after).strip(" ,."):
        return [after]
    if grammar.order == "svo" and not grammar.free_order and cue.name == "say" and _goes_on(line, cue, after):
        return [after]
    if _interjected(line, cue, before, after):
        return [(before[0], after[1])]
    if grammar.order == "vso" and cue.name in WEAK and after[1] - after[0] >= FULL:
        return [after]
    if not grammar.spaced and cue.name in WEAK and len(line.slice(*after).strip(' ,:“"。')) >= ENOUGH:
        topic = any(t.name == "preposed" for t in line.tagged("grammar", *before))
        return [after, before] if topic else [after]
    if grammar.order == "svo" and cue.name in WEAK and _trails(line, cue) and line.slice(*before).strip(" ,"):
        return [before]
    if grammar.free_order and cue.name in WEAK and _inverted(line, cue, before, grammar):
        return [before]
    if grammar.free_order and cue.name in FIXED and line.clauses[line.clause_at(cue.start)].relative:
        return [after]
    turned = _preposed(line, cue, low) or (grammar.free_order and _closes(line, cue))
    return [before, after] if turned else [after, before]


def theirs(line: Line, cue: Tag, spans: Sequence[tuple[int, int]], speakers: Sequence[Figure]) -> list[tuple[int, int]]:
    """The spans without what stands between the speakers and their verb, where something follows that verb: an
    apposition or a parenthesis ("the minister, who chairs the commission, said …") tells who speaks."""
    named = min(speakers, key=lambda f: f.start, default=None)
    rest = max((b for _, b in spans), default=cue.end) - cue.end
    if named is None or cue.name != "say" or rest < MEANT or not line.start <= named.start < cue.start:
        return list(spans)
    first = named.start if line.slice(named.end, cue.start)[:1] == "," else cue.start
    return [(a, first) if a <= first < cue.start == b else (a, b) for a, b in spans]


def _interjected(line: Line, cue: Tag, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether nothing but the verb stands between two commas, so that what is said goes on: "it is, he said, a lie"."""
    clause = line.clauses[line.clause_at(cue.start)]
    if any(c.relative and c.end == clause.start for c in line.clauses):
        return False
    alone = not line.slice(clause.start, cue.start).strip(" ,") and not line.slice(cue.end, clause.end).strip(" ,")
    sides = line.slice(before[0], clause.start).strip(" ,"), line.slice(clause.end, after[1]).strip(" ,.")
    return alone and all(sides) and line.slice(clause.end - 1, clause.end) == ","


def _goes_on(line: Line, cue: Tag, after: tuple[int, int]) -> bool:
    """Whether what is said follows the verb at once: "said he had not read it"; no circumstance ("said on Friday") and
    nobody who is told ("told reporters")."""
    said = line.slice(*after)
    near = [t for t in line.tagged("grammar", cue.start, cue.end + TIME) if t.start <= cue.end + 1]
    told = any(t.name == "telling" for t in line.tagged("grammar", cue.start, cue.end + TIME))
    aside = any(t.name in ("oblique", "cut", "and", "auxiliary", "relative") and t.start >= cue.end for t in near)
    circumstance = bool(line.tagged("concepts", line.start, cue.start)) and not line.tagged("concepts", *after)
    return said[:1] == " " and len(said.split(",")[0]) >= MEANT and not (told or aside or circumstance)


def _asked(line: Line, before: tuple[int, int]) -> bool:
    """Whether what stands before a verb of speech is what somebody asked: "Asked about …, he said …"."""
    return any(t.name == "answer" for t in line.tagged("cues", *before))


def _trails(line: Line, cue: Tag) -> bool:
    """Whether the verb ends its clause and what follows is a circumstance: "…, KCNA reported, amid warnings that …"."""
    index = line.clause_at(cue.start)
    rest = line.clauses[index + 1 : index + 2]
    cuts = [t for c in rest for t in line.tagged("grammar", c.start, c.end) if t.name == "cut"]
    ends = not line.slice(cue.end, line.clauses[index].end).strip(" ,")
    return ends and any(not line.slice(rest[0].start, t.start).strip(" ,") for t in cuts)


def _inverted(line: Line, cue: Tag, before: tuple[int, int], grammar: Grammar) -> bool:
    """Whether the verb opens a clause after what is said: "…, announced Shoigu after he met Kim"."""
    clause = line.clauses[line.clause_at(cue.start)]
    told = line.tagged("concepts", before[0], clause.start)
    words = line.slice(clause.start, cue.start).strip(" ,").split()
    subject: list[Name | Tag] = [*line.named(cue.end, clause.end)[:1], *line.tagged("titles", cue.end, clause.end)[:1]]
    beside = any(s.start - cue.end <= SUBJECT for s in subject)
    return bool(told) and beside and cue.name != "cite" and all(w in grammar.auxiliaries for w in words)


def _preposed(line: Line, cue: Tag, low: int) -> bool:
    """Whether a word before the verb says that what it is about stands before it (Chinese: "on this" comments not)."""
    start = max(low, line.clauses[line.clause_at(cue.start)].start)
    return cue.name not in WEAK and any(t.name == "preposed" for t in line.tagged("grammar", start, cue.start))


def _closes(line: Line, cue: Tag) -> bool:
    """Whether the verb closes its clause and has its object before it, where order is free."""
    first, last = line.clauses[line.clause_at(cue.start)], line.clauses[line.clause_at(cue.end - 1)]
    told = line.tagged("concepts", first.start, cue.start)
    return cue.name not in WEAK and bool(told) and not line.slice(cue.end, last.end).strip(' ,;:.-»”"')


def _opens(line: Line, cue: Tag, high: int) -> bool:
    """Whether what is said is announced after the verb: "said that …", "X told Y, that …"; then what stands before is
    not said."""
    marks = [t for t in line.tagged("grammar", cue.end, min(high, line.end)) if t.name == "complement"]
    gaps = [line.slice(cue.end, t.start) for t in marks[:1]]
    told = [t for t in marks[:1] if cue.name in WEAK and not line.tagged("concepts", cue.end, t.start)]
    subject = line.slice(line.clauses[line.clause_at(cue.start)].start, cue.start).strip()
    addressed = bool(told and subject) and gaps[0].rstrip().endswith(",") and gaps[0].count(",") == 1
    return cue.name not in FIXED and (addressed or any(not g.strip(" ,") for g in gaps))


def _from(line: Line, cue: Tag, grammar: Grammar) -> int:
    """Start of what follows the cue: a parenthesis on the speaker ("said X, who is visiting Y, …") is left out. A
    form of several words may hold the object, and where the verb stands first the speaker ("called … a lie")."""
    form = line.slice(cue.start, cue.end)
    if grammar.order == "vso" and cue.name in (*FIXED, "confirm") and " " in form:
        return cue.start + form.index(" ")
    if not (grammar.spaced or line.postpositions) and cue.name in FIXED and len(form) >= LONG:
        return cue.start + VERB
    index = line.clause_at(cue.start)
    after = line.clauses[index + 1 : index + 3]
    if len(after) == 2 and after[0].relative and not line.tagged("concepts", cue.end, after[0].start):
        return after[1].start
    inside = cue.name in ("deny", "decline") or (cue.name in FIXED and bool(line.named(cue.start, cue.end)))
    return cue.start if inside and not line.postpositions else cue.end


def _until(line: Line, cue: Tag, high: int) -> int:
    """End of what follows the cue: the clause of the next cue, or that cue itself where it is in the same clause."""
    if high >= line.end:
        return line.end
    clause = line.clauses[line.clause_at(high)]
    return clause.start if clause.start > cue.end else high


def _aside(line: Line, cue: Tag, end: int) -> int:
    """Where the content of a stance ends at the latest: a clause of the text's own begins ("…, while Seoul …")."""
    if cue.name not in ("praise", "condemn"):
        return end
    cuts = {t.start for t in line.tagged("grammar", cue.end, end) if t.name == "cut"}
    own = [c.start for c in line.clauses if c.start in cuts and line.slice(c.start - 2, c.start).strip().endswith(",")]
    return min([end, *own])


def _since(line: Line, cue: Tag, low: int) -> int:
    """Start of what stands before the cue and belongs to it: the clauses after that of the cue before."""
    low = max(low, _parted(line, cue))
    if low <= line.start:
        return line.start
    index = line.clause_at(low)
    return low if index == line.clause_at(cue.start) else line.clauses[index + 1].start


def _parted(line: Line, cue: Tag) -> int:
    """End of the semicolon before the cue: two pieces of news ("Kim meets Shoigu; Moldova expels …")."""
    at = line.slice(line.start, cue.start).rfind("; ")
    return line.start if at < 0 or line.quoted(line.start + at) or line.postpositions else line.start + at + 1


def own_clause(line: Line, noun: Tag, span: tuple[int, int]) -> tuple[int, int]:
    """The content of a noun of speech: what its clause tells, where that tells anything."""
    end = line.clauses[line.clause_at(noun.start)].end
    return (span[0], end) if span[0] < end < span[1] and line.tagged("concepts", span[0], end) else span


def past_office(line: Line, span: tuple[int, int], who: Sequence[Figure]) -> tuple[int, int]:
    """The content without the words before a speaker that only tell which office he holds: "위원회 위원장인 장관은 …",
    "担任委员会主席的部长说"."""
    held = [t for t in line.tagged("grammar", *span) if t.name == "holder"]
    ends = [t.end for t in held for f in who if f.start - 1 <= t.end <= f.end]
    return max([span[0], *ends]), span[1]
