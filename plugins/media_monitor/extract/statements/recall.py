"""What an act of speech points back to: "this", "the move", a denial or refusal that answers what was alleged."""

import re
from collections.abc import Sequence

from media_monitor.beat import Claim
from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.speech.memory import Act
from media_monitor.extract.statements import claims
from media_monitor.extract.statements.citation import Context

VALUES = frozenset({"brave", "battle"})  # concepts of what is praised that no claim needs
BARE = 16  # most characters between a speaker and a verb that have nothing said between them
OPENING = 3  # most characters before such a speaker
DENSE = 18  # most characters of a content of hardly more than its verb, where words are short (Korean, Japanese)
REPORTED = 12  # most characters between what is reported and the word for it, where its author stands
FORESEEN = 60  # most characters between a word of expecting and the verb of speech
_LAST_CENTURY = re.compile(r"(?<![\d.,])19[1-9]\d(?![\d.,]\d|\d)")
BRIEF = 30  # most characters of a content that says nothing itself


def tells_of_before(act: Act, at: Context) -> bool:
    """Whether the clause says that its content is the sentence before: "this was reported by Seoul"; where verbs stand
    last, a sentence of nothing but a speaker and a day does ("朝鮮中央通信が10日伝えた")."""
    if at.line.postpositions and act.speakers and act.rule == "cue" and at.memory.narrated:
        gap = act.speakers[0].end, act.cue.start
        said = any(t.name == "quotative" for t in at.line.tagged("grammar", *gap))
        bare = (
            not said
            and at.line.start <= gap[0]
            and gap[1] - gap[0] <= BARE
            and act.speakers[0].start - at.line.start <= OPENING
        )
        return bare and not at.line.tagged("concepts", at.line.start, at.line.end) and not at.line.quotes
    clause = at.line.clauses[at.line.clause_at(act.cue.start)]
    return any(t.name == "previous" for t in at.line.tagged("cues", clause.start, clause.end))


def refers(act: Act, at: Context) -> bool:
    """Whether the content points back: "this", "the move", nothing to speak of after a word of confirming, or, where
    the verb stands last, to an earlier verb, or where the form holds its object ("called it … an error").
    """
    if any(t.name == "history" for span in act.content[:1] for t in at.line.tagged("concepts", *span)):
        return False  # another war
    if not at.line.postpositions and act.content[0][0] < act.cue.end:
        return True
    if at.line.postpositions and act.content[0][0] > at.line.start:
        return True
    if act.category == "confirm" and act.content[0][1] - act.content[0][0] <= BRIEF:
        later = at.line.tagged("cues", act.cue.end, at.line.end)
        return not any(t.name in ("deny", "decline") for t in later)
    if act.category == "condemn" and at.words.grammar.free_order and _own_words_only(act, at):
        return True
    told = {t.name for t in at.line.tagged("concepts", *act.content[0])}
    if at.line.postpositions and act.category in ("praise", "condemn") and at.line.quotes and not told - VALUES:
        return True
    if act.category == "praise" and told & VALUES and "fight" not in told:
        return True
    if act.category in ("praise", "condemn") and _bare(act, at.line):
        return True
    return any(t.name == "anaphora" for t in at.line.tagged("cues", *act.content[0]))


def _bare(act: Act, line: Line) -> bool:
    """Whether hardly more than the verb is there: "The Kremlin gave its thanks on Friday."."""
    most = DENSE if line.postpositions else 2 * BRIEF
    brief = sum(b - a for a, b in act.content) <= most
    doubtful = any(t.name == "hypothetical" for t in line.tagged("cues", line.start, line.end))
    return brief and not doubtful and not any(line.tagged("concepts", *span) for span in act.content)


def _own_words_only(act: Act, at: Context) -> bool:
    """Whether what is condemned is only called something in quotation marks: 'denounced "criminal acts"'."""
    start, end = act.content[0]
    quoted = any(start <= a and b <= end + 1 for a, b in at.line.quotes)
    return quoted and not at.line.tagged("concepts", start, end) and not at.line.named(start, end)


def counted(act: Act, at: Context) -> list[Claim]:
    """The claims that a mere figure is for ("put it at 1,100"); for a party to them it may count something else."""
    return [c for c in at.memory.claims if not any(s.party in c.parties for s in act.speakers)]


def alleged(act: Act, span: tuple[int, int], line: Line) -> bool:
    """Whether what a party to the claim speaks of is only what another one alleges: "Seoul claims …, said Peskov",
    "Lavrov said that reports of … were meant to distract"."""
    earlier = line.tagged("cues", line.start, span[0])
    if act.category == "confirm":
        refuted = any(t.name == "deny" for t in line.tagged("cues", act.cue.end, line.end))
        return refuted and _rumoured(act, span, line)
    if _rumoured(act, span, line):
        return True
    if any(t.name == "allege_noun" and not line.quoted(t.start) for t in line.tagged("cues", *span)):
        return act.rule == "cue"
    return act.cue.start > span[0] and any(t.name == "allege" and not line.quoted(t.start) for t in earlier)


def own_word(span: tuple[int, int], line: Line) -> bool:
    """Whether a party to the claim says it itself: not in a sentence that is only put into its mouth ("attributed to
    the ministry"), nor where most of what tells the claim stands in quotation marks within its own words."""
    if any(t.name == "hearsay" and not line.quoted(t.start) for t in line.tables.get("grammar", ())):
        return False
    told = line.tagged("concepts", *span) if line.nested else ()
    return 2 * sum(any(a < t.start < b for a, b in line.nested) for t in told) <= len(told)


def of_relations(act: Act, cue: Tag, line: Line) -> bool:
    """Whether what is called lawful is how two countries deal with each other, no deed: "our cooperation accords with
    international law"."""
    words = line.tagged("grammar", act.content[0][0], cue.start)
    opening = {(t.start, t.end) for t in words if t.name == "complement"}
    pointing = [t for t in line.tagged("cues", *act.content[0]) if t.name == "anaphora"]
    return any(t.name == "relations" for t in words) and all((t.start, t.end) in opening for t in pointing)


def expected(act: Act, line: Line) -> bool:
    """Whether the words are yet to come: "diplomats expect Moscow to admit …", "…認める見通し"."""
    for tag in line.tagged("cues", line.start, line.end):
        if tag.name == "expected" and not line.quoted(tag.start):
            gap = (act.cue.start, tag.start) if line.postpositions else (tag.end, act.cue.start)
            overlaps = tag.start <= act.cue.start < tag.end
            if overlaps or (0 <= gap[1] - gap[0] <= FORESEEN and "," not in line.slice(*gap)):
                return True
    return False


def bygone(line: Line) -> bool:
    """Whether the sentence tells of another century: what was admitted of 1967 is no news of today."""
    return any(not line.quoted(m.start() + line.start) for m in _LAST_CENTURY.finditer(line.text))


def _rumoured(act: Act, span: tuple[int, int], line: Line) -> bool:
    """Whether a word for what others tell begins in the content, or is the noun of speech itself: "talk of …"; where
    verbs stand last also the report of another party that is spoken of: "…しているとの韓国の主張について"."""
    words = [t for t in line.tables.get("grammar", ()) if span[0] <= t.start < span[1]]
    if act.rule == "noun":
        words += [t for t in line.tables.get("grammar", ()) if t.start < act.cue.end and act.cue.start < t.end]
    if any(t.name == "rumour" for t in words):
        return True
    own = {s.party for s in act.speakers}
    ends = [t.end for t in words if t.name == "attributive"] if line.postpositions else []
    reports = [t.start for t in words if t.name == "report"]
    near = ((a, b) for a in ends for b in reports if 0 <= b - a <= REPORTED)
    return any(n.party and n.party not in own for gap in near for n in line.named(*gap))


def remembered(act: Act, category: str, at: Context) -> list[Claim]:
    """The claims that the text spoke of: a denial or refusal answers what was alleged last."""
    if category == "condemn":
        return claims.valued(deeds(at.memory.claims) or deeds(at.memory.history)[-1:], at.known.topics, "condemned")
    if category == "praise":
        honours = any(c.slots.get("event", ("",))[0] == "SUPPORT" for c in at.memory.claims)
        older = deeds(at.memory.history)[-1:] if honours else []
        return claims.valued(deeds(at.memory.claims) or older, at.known.topics, "praised")
    spoken = at.memory.alleged if category != "confirm" and at.memory.alleged else at.memory.claims
    spoken = list(claims.doubtful(spoken, category))
    if category not in ("deny", "decline"):
        return spoken
    party = next((s.party for s in act.speakers), None)
    topics = at.known.topics
    if at.line.postpositions and not refers(act, at):  # who said that it is so tells of something else
        spoken = [c for c in spoken if (party, claims.root(c, topics)) not in at.memory.asserted]
    open_to = [c for c in spoken if party in claims.concerned(c, topics)]
    older = [c for c in claims.doubtful(at.memory.history, category) if party in claims.concerned(c, topics)][-1:]
    if open_to or older or category != "decline":
        return _before_more_was_known(open_to or older, category, at)
    topic = deeds(at.memory.history)[:1] if not at.line.postpositions else []
    return topic or spoken  # third parties evade what the text is about


def _before_more_was_known(answered: list[Claim], category: str, at: Context) -> list[Claim]:
    """What an old denial was of: the general claim, where the text has since spoken of a special one."""
    if category != "deny" or not any(
        t.name == "background" for t in at.line.tagged("cues", at.line.start, at.line.end)
    ):
        return answered
    topics = at.known.topics
    return list(dict.fromkeys(topics.claims[claims.root(c, topics)] for c in answered))


def deeds(spoken: Sequence[Claim]) -> list[Claim]:
    """Of the claims those that anybody praises or condemns as "this": no honours, visits and treaties."""
    return [c for c in spoken if c.slots.get("event", ("SUPPORT",))[0] not in ("SUPPORT", "CONSULT")]
