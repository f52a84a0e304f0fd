"""Makes statements of a reading: for each act of speech its claims and its stance, with exact spans."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from media_monitor.beat import Beat, Claim
from media_monitor.extract.document import Reading
from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import QUOTED, SAID, Lexicon, lexicon
from media_monitor.extract.speech.acts import acts
from media_monitor.extract.speech.memory import Act, Memory
from media_monitor.extract.speech.stance import WEAK, stance
from media_monitor.extract.statements import claims, occasion, recall
from media_monitor.extract.statements.attitude import attitude, fits
from media_monitor.extract.statements.citation import Context, Finding, Heard, conditional, statement
from media_monitor.extract.statements.consistency import consistent
from media_monitor.extract.statements.lore import lore, read_lines
from media_monitor.extract.text.normalise import folded
from media_monitor.model import Stance, Statement

# Stances that count inside quotation marks, where the speaker's own words stand: those of all cues of that name and
# of `…_quoted`, which are words (hero, reckless) that make no act of speech outside of them.
INNER = frozenset({"condemn", "praise", "deny", "decline"})
LABEL = 30  # most characters of a sentence that only names what the next ones are about
# What keeps a sentence from being told as a fact by the next one ("… may send. This was reported by Seoul").
DOUBTS = frozenset({"negation", "hypothetical", "question"})
# Which patterns a category of cue takes, one after the other.
KINDS = {
    "confirm": ("asserted", "about"),
    "deny": ("asserted", "about"),
    "decline": ("asserted", "about"),
    "praise": ("praised",),
    "condemn": ("condemned",),
}


def statements(reading: Reading, beat: Beat) -> list[Statement]:
    """The statements of a relevant reading, in order, each (party, stance, claim, span) once; [] without a lexicon.

    Raises:
        BeatError: a table of the lexicon or of the beat is malformed.
    """
    words = lexicon(reading.language, beat)
    return consistent(made_of(read_lines(reading, words, beat), reading, words, beat)[0], beat) if words else []


def made_of(
    parsed: Sequence[Line], reading: Reading, words: Lexicon, beat: Beat
) -> tuple[list[Statement], list[Heard]]:
    """The statements of lines that are read already, and every act of speech with what came of it."""
    known, memory = lore(beat), Memory()
    heard: list[Heard] = []
    found: dict[str, Statement] = {}
    for line in parsed:
        for made in _line(Context(line, reading, words, known, memory, heard)):
            found.setdefault(made.statement_id, made)
    return list(found.values()), heard


def _line(at: Context) -> Iterator[Statement]:
    made = False
    for act in acts(at.line, at.words, at.known.voices, at.memory, _organ(at)):
        for one in _act(act, at):
            made = True
            at.heard[-1].made.append(one)
            yield one
    label = at.line.end - at.line.start <= LABEL and not at.line.tagged("cues", at.line.start, at.line.end)
    kind = "about" if label else "asserted"
    seen: Sequence[Claim] = () if made else _match(at, (at.line.start, at.line.end), kind)
    if seen:
        _remember(at, seen)
    doubts = {t.name for t in at.line.tagged("cues", at.line.start, at.line.end)} & DOUBTS
    at.memory.narrated = () if doubts else seen


def _organ(at: Context) -> Figure | None:
    if at.known.organ and folded(at.reading.document.outlet) in at.known.organ_names:
        return Figure(at.line.start, at.line.start, at.known.organ, "official", None)
    return None


def _remember(at: Context, found: Sequence[Claim]) -> None:
    """Keeps the acts spoken of for "this"; an accusation is about an act, and none itself."""
    acts_spoken_of = [c for c in found if c.claim_id not in at.known.accusations]
    if acts_spoken_of:
        at.memory.claims = acts_spoken_of
        at.memory.history += acts_spoken_of


def _act(act: Act, at: Context) -> Iterator[Statement]:
    inner = _inner(act, at)
    category = _category(act, inner)
    found = [] if act.rule == "organ" and _greets(at.line) else _findings(act, category, at)
    if act.speakers and _evades(act, category, found, inner, at):
        category, whole = "decline", (at.line.start, at.line.end)
        found = _findings(act, category, at)
        if not found or found[0].source == "context":
            asked = [Finding(claim, whole, "context") for claim in _match(at, whole, "about", act.speakers)]
            found = asked or found
    at.heard.append(Heard(at.line, act, category, tuple(found)))
    before = list(at.memory.claims)
    _remember(at, [f.claim for f in found])
    for speaker in act.speakers:
        if speaker.party is None:
            continue
        for took, finding in _stances(act, category, speaker, found, before, at):
            accusing = finding.claim.claim_id in at.known.accusations
            if took == "allege" and not accusing and act.rule != "quote" and any(t.name == "condemn" for t in inner):
                continue
            if took == "confirm" and occasion.only_valued(act, finding, inner, at.line):
                took = "praise"
            told = at.line.postpositions and took == "confirm" and speaker.party not in finding.claim.parties
            if took == "allege" or told:
                at.memory.alleged = list(at.memory.claims)
            if took in ("allege", "confirm"):
                at.memory.asserted.add((speaker.party, claims.root(finding.claim, at.known.topics)))
            yield statement(act, speaker, took, _sharpened(finding, took, at), at)
        if category in (*WEAK, "confirm", "allege"):
            for cue in (t for t in inner if t.name in INNER):
                for claim in _inner_claims(act, cue, found, before, at):
                    finding = Finding(claim, (cue.start, cue.end), "context")
                    doubts = {t.name for t in at.line.tagged("cues", at.line.start, cue.end)}
                    inside = stance(cue.name, speaker.party, claim, False, False, doubts)
                    unmeant = inside == "condemn" and conditional(act, cue, at.line)
                    if inside and not unmeant and fits(inside, speaker, claim, at):
                        at.memory.claims = at.memory.claims or [claim]
                        yield statement(act, speaker, inside, _sharpened(finding, inside, at), at)


def _sharpened(finding: Finding, took: Stance, at: Context) -> Finding:
    """The finding with the special claim that the text spoke of before, where praise is worded in general: soldiers who
    are thanked in a text on their battles are thanked for those."""
    if took != "praise":
        return finding
    spoken = claims.valued(at.memory.history[::-1], at.known.topics, "praised")
    special = (c for c in spoken if finding.claim.claim_id in at.known.topics.implied[c.claim_id])
    return replace(finding, claim=next(special, finding.claim))


def _greets(line: Line) -> bool:
    """Whether the sentence is about greetings, of which state media print whole letters."""
    return any(t.name == "message" for t in line.tagged("concepts", line.start, line.end))


def _inner_claims(
    act: Act, cue: Tag, found: Sequence[Finding], before: Sequence[Claim], at: Context
) -> Sequence[Claim]:
    """What a stance inside quoted words is about: the claims said with it, else what the text spoke of."""
    wanted = [f.claim for f in found]
    if cue.name not in ("praise", "condemn"):
        return wanted or list(before) or _match(at, act.content[0], "about", act.speakers)
    if cue.name == "praise" and not wanted and recall.of_relations(act, cue, at.line):
        return []
    kind = KINDS[cue.name][0]
    told = [c for c in wanted if c.claim_id not in at.known.accusations]
    spoken = recall.deeds(claims.valued(before, at.known.topics, kind))
    meant = told or [c for c in spoken if c.claim_id not in at.known.accusations]
    asked = claims.valued(told, at.known.topics, kind) or _match(at, act.content[0], kind, act.speakers)
    return [c for c in asked if c.claim_id not in at.known.accusations] or (meant or list(asked))


def _inner(act: Act, at: Context) -> list[Tag]:
    """Cues inside the quoted words ("We thank …", he said), and words that take a stance in whatever is said."""
    if act.category not in (*WEAK, "confirm", "condemn", "allege"):
        return []
    found = [t for span in act.content for t in at.line.tagged("cues", *span)]
    blank = not at.line.tagged("concepts", *act.content[0])
    spans = act.content if blank else act.content[:1]
    said = [t for span in spans for t in at.line.tagged("cues", *span) if t.name in SAID]
    judged = act.rule == "noun" and act.category == "allege"  # by others: "the command's claims are untrue"
    said = [t for t in said if not (judged or at.line.quoted(t.start))]
    own = [t for t in found if act.rule == "reported" or not at.line.attributed(t.start)]
    inside = [*(t for t in own if at.line.quoted(t.start) and t.name in INNER | QUOTED | SAID), *said]
    if act.category == "call":  # a word that somebody is called is as good as quoted
        inside += [t for t in own if t.name in QUOTED and not at.line.quoted(t.start)]
    named = [replace(t, name=t.name.removesuffix("_quoted").removesuffix("_said")) for t in inside]
    return [t for t in named if act.category != "condemn" or t.name == "deny"]


def _category(act: Act, inner: Sequence[Tag]) -> str:
    """The act's category; a denial, refusal or confirmation inside the quoted words is what a plain verb reports, and
    who protests against "rumours" denies them."""
    return next((t.name for t in inner if t.name in ("deny", "decline", "confirm")), act.category)


def _findings(act: Act, category: str, at: Context) -> list[Finding]:
    """The claims that the act is about."""
    source = "say" if category in (*WEAK, "allege") else "cue"
    for kind in KINDS.get(category, ("asserted",)):
        for span in act.content:
            found = claims.doubtful(_match(at, span, kind, act.speakers), category)
            if found:
                return [Finding(claim, span, source) for claim in found]
    if category in (*WEAK, "confirm", "allege") and recall.tells_of_before(act, at):
        return [Finding(claim, (act.cue.start, act.cue.end), "context") for claim in at.memory.narrated]
    if category == "say" and any(t.name == "tally" for t in at.line.tagged("cues", act.cue.start, at.line.end)):
        return [Finding(claim, act.content[0], "context") for claim in recall.counted(act, at)]
    if category in ("deny", "decline") or (category in (*INNER, "confirm") and recall.refers(act, at)):
        spoken = claims.doubtful(recall.remembered(act, category, at), category)
        if not spoken and not at.memory.history and category in ("deny", "decline"):  # the rest of a first sentence
            spoken = claims.doubtful(_match(at, (at.line.start, at.line.end), "about", act.speakers), category)
        return [Finding(claim, act.content[0], "context") for claim in spoken]
    return []


def _evades(act: Act, category: str, found: Sequence[Finding], inner: Sequence[Tag], at: Context) -> bool:
    """Whether the speaker answers what was alleged with words on something else: one who was asked, or a party that
    stands aside (`aside` of beat.toml) and speaks of general positions."""
    if at.line.postpositions:
        asked = any(t.name == "answer" for t in at.line.tagged("cues", *act.content[0]))
        return asked and not inner and any(occasion.only_topic(f, category, at) for f in found)
    if found or inner or category not in WEAK or act.rule == "noun" or at.line.number == 0:
        return False
    if all(s.party in at.known.aside for s in act.speakers):
        return True
    return any(t.name == "answer" for t in at.line.tagged("cues", at.line.start, at.line.end))


def _match(at: Context, span: tuple[int, int], kind: str, speakers: Sequence[Figure] = ()) -> Sequence[Claim]:
    if not at.line.tagged("concepts", *span):
        return []
    seen = _seen(at, span, speakers)
    found = claims.matched(at.known.topics, seen, kind)
    narrating = any(s.start == s.end for s in speakers)  # an outlet that is a state's word: every sentence would count
    if not found and not narrating:
        found = claims.recalled(at.known.topics, seen, at.memory.claims)
        found = claims.valued(found, at.known.topics, kind) if kind in claims.VALUED else found
    return found


def _granted(category: str, speaker: Figure, finding: Finding, at: Context) -> bool:
    """Whether a party to the claim tells it as the ground of what it praises or would do ("under our treaty")."""
    own = speaker.party in finding.claim.parties and category in ("praise", *WEAK)
    return own and claims.granted(finding.claim, at.known.topics, _seen(at, finding.span))


def _seen(at: Context, span: tuple[int, int], speakers: Sequence[Figure] = ()) -> frozenset[str]:
    told = [(s.start, s.end, s.party) for s in speakers]
    return claims.features(at.line, [span], at.words.grammar.modifier, told)


def _stances(
    act: Act, category: str, speaker: Figure, found: Sequence[Finding], before: Sequence[Claim], at: Context
) -> Iterator[tuple[Stance, Finding]]:
    for finding in found:
        took = attitude(act, category, speaker, finding, at)
        if took == "praise" and at.line.postpositions and occasion.by_the_way(act, finding, at):
            continue
        if took == "confirm" and occasion.circumstance(act, finding, at):
            continue
        if took in ("praise", None) and len(found) > 1 and _granted(category, speaker, finding, at):
            took = "confirm"
        accusing = finding.claim.claim_id in at.known.accusations
        if accusing and (took == "condemn" or (took == "allege" and category == "call")):
            yield "allege", finding
            acts_spoken_of = [f.claim for f in found if f.claim.claim_id not in at.known.accusations] or before
            for claim in claims.valued(acts_spoken_of, at.known.topics, "condemned"):
                yield "condemn", Finding(claim, finding.span, "context")
        elif took:
            yield took, finding
