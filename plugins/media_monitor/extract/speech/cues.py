"""Which words of speech of a sentence are at work: outside quotations, the stronger of two at one place, no nouns."""

from collections.abc import Sequence
from dataclasses import replace

from media_monitor.extract.grammar.clauses import Line, Name
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import NOUNS, SPEECH
from media_monitor.extract.speech import verbfinal
from media_monitor.extract.speech.stance import FIXED, WEAK

TERM = 30  # most characters of a term in quotation marks
AUXILIARY = 8  # most characters between an auxiliary and its verb inside a quotation
GOVERNING = 6  # most characters between a verb of refusing and the one that is refused ("stopped short of verifying")
GOVERNED = 40  # most characters between a verb of speech and a noun of speech that is its object


def chosen(line: Line) -> list[Tag]:
    """The cues outside quotation marks, those that make one ("rejected as untrue") joined; a verb that is the object of
    the one before is a noun: "denied reports that"."""
    spoken = [t for t in line.tables.get("cues", ()) if t.name in SPEECH | NOUNS and not _spoken(line, t)]
    found = _main([t for t in spoken if not _is_noun(line, t)])
    if line.verb_last:
        found = [t for t in found if not _told(line, t, found[-1])]
    made: list[Tag] = []
    for cue in found:
        before = made[-1] if made else None
        if before and before.name == cue.name and not line.slice(before.end, cue.start).strip():
            made[-1] = replace(cue, start=before.start)
        elif before and _spoken_before(line, before, cue):
            made[-1] = replace(cue, name=before.name)
        elif before and _evaded(line, before, cue):
            made[-1] = replace(before, end=cue.end)
        else:
            made.append(replace(cue, name=f"{cue.name}_noun") if before and _governed(line, before, cue) else cue)
    return made


def _told(line: Line, cue: Tag, outer: Tag) -> bool:
    """Whether somebody says that another one said it: "Kim habe beschlossen …, sagte Schoigu"; who says so may stand in
    the sentence before or after."""
    start = line.clauses[line.clause_at(cue.start)].start
    near = line.tagged("cues", start, cue.start)
    decided = any(t.name == "decided" for t in line.tagged("grammar", cue.start, cue.end))
    apart = outer is cue or (outer.start > cue.end and outer.name == "say")
    return decided and apart and any(t.name == "subjunctive" for t in near)


def _evaded(line: Line, before: Tag, cue: Tag) -> bool:
    """Whether a verb of speech is what somebody declines to do: "stopped short of **verifying**"."""
    gap = line.slice(before.end, cue.start)
    apart = {t.name for t in line.tagged("grammar", before.end, cue.start)} & {"and", "cut", "complement"}
    verbs = before.name == "decline" and cue.name in ("confirm", "deny", "say")
    if (
        verbs
        and line.verb_last
        and any(t.name == "infinitive" for t in line.tagged("grammar", cue.start - 3, cue.start))
    ):
        return True
    return verbs and not line.postpositions and len(gap) <= GOVERNING and not apart and not set(gap) & set(",;:")


def _spoken_before(line: Line, words: Tag, cue: Tag) -> bool:
    """Whether the verb only tells who says the words, which a dash marks as his: "- No comment, - said Peskov"."""
    gap = line.slice(words.end, cue.start)
    return words.name in ("deny", "decline") and cue.name == "say" and "-" in gap and not gap.strip(" ,-")


def _spoken(line: Line, cue: Tag) -> bool:
    """Whether the cue is in words that somebody says; a term in quotation marks is the text's own: called it "lies"."""
    marks = next(((a, b) for a, b in line.quotes if a < cue.start < b - line.postpositions), None)
    if marks and line.postpositions and verbfinal.is_said(line, marks):
        return True
    if marks is None or _half_quoted(line, cue, marks[0]):
        return False
    return cue.name not in FIXED or marks[1] - marks[0] > TERM or marks[0] == line.start


def _half_quoted(line: Line, cue: Tag, start: int) -> bool:
    """Whether the verb opens a quotation that its auxiliary stands before: 'have "condemned it in strong terms"'."""
    helpers = [t for t in line.tagged("grammar", start - AUXILIARY, start) if t.name == "auxiliary"]
    return cue.start - start <= 2 and any(not line.slice(t.end, start).strip() for t in helpers)


def _governed(line: Line, verb: Tag, cue: Tag) -> bool:
    if verb.name not in ("deny", "decline", "condemn", "praise") or cue.name not in ("say", "allege"):
        return False
    if line.postpositions:
        return False
    gap = line.slice(verb.end, cue.start)
    marks = {t.name for t in line.tagged("grammar", verb.end, cue.start)}
    return len(gap) <= GOVERNED and not any(c in gap for c in ",;:،؛") and not marks & {"and", "cut", "complement"}


def _main(cues: Sequence[Tag]) -> list[Tag]:
    """The cues without a plain verb of speech at the place of a stronger one, and without those cut into by another."""
    strong = {(c.start, c.end) for c in cues if c.name not in WEAK}
    chosen: list[Tag] = []
    for cue in cues:
        cut = chosen and chosen[-1].start < cue.start < chosen[-1].end
        if cut and chosen[-1].name in WEAK and cue.name not in WEAK:
            chosen[-1] = cue  # "said not to know" says more than "said"
        elif not cut and (cue.name not in WEAK or (cue.start, cue.end) not in strong):
            chosen.append(cue)
    return chosen


def _is_noun(line: Line, cue: Tag) -> bool:
    """Whether a form that may be a noun is one: no name or title, pronoun or helper stands right before ("claims")."""
    words = line.tables.get("grammar", ())
    if not any(t.name == "ambiguous" and t.start == cue.start and t.end == cue.end for t in words):
        return False
    subjects: list[Name | Tag] = [
        *line.names,
        *line.tables.get("titles", ()),
        *(t for t in words if t.name in ("auxiliary", "and")),
    ]
    subjects += [t for t in line.tables.get("cues", ()) if t.name == "continue"]
    return not any(0 <= cue.start - t.end <= 2 for t in subjects)
