"""Which clauses the rules leave open: somebody who can speak, a claim of the beat, and no statement of theirs on it.

Pure, and no model is needed. A clause is open

    unmade    where the rules heard an act of speech, and made no statement of it
    weak      where they heard a plain verb of speech ("said"), whose content may praise or condemn in other words
    unheard   where they heard nobody speak

What a clause is about depends on the stance that it turns out to take, so a candidate carries claims for each.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from media_monitor.beat import Claim
from media_monitor.extract.document import Reading
from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure, figures
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import Lexicon
from media_monitor.extract.speech.memory import Act
from media_monitor.extract.speech.stance import WEAK
from media_monitor.extract.speech.verbfinal import BOTH
from media_monitor.extract.statements import claims
from media_monitor.extract.statements.citation import Heard
from media_monitor.extract.statements.lore import Lore
from media_monitor.model import Stance

SHORTEST = 12  # characters of a clause with fewer of which nothing can be told
LONGEST = 300  # characters of a clause; the encoder's time grows with them
QUESTION = ("?", "？", "؟")
VALUED: Mapping[Stance, str] = {"condemn": "condemned", "praise": "praised"}
_EDGES = " ,;:،؛、，\n"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open clause. `text` are the stored words of `span`, which is in positions of the normalised text.

    `kind` is unmade, weak or unheard; `topics` are the claims that the clause would be on, by the stance that it takes.
    """

    line: Line
    act: Act
    span: tuple[int, int]
    text: str
    kind: str
    speakers: tuple[Figure, ...]
    topics: Mapping[Stance, Sequence[Claim]]


@dataclass
class _Told:
    """What the text has told so far: the last claims that were deeds, those alleged last, and who spoke last."""

    claims: tuple[Claim, ...] = ()
    alleged: tuple[Claim, ...] = ()
    speaker: Figure | None = None


@dataclass(frozen=True, slots=True)
class _Text:
    reading: Reading
    words: Lexicon
    known: Lore
    told: _Told = field(default_factory=_Told)


def candidates(
    lines: Sequence[Line], heard: Sequence[Heard], reading: Reading, words: Lexicon, known: Lore
) -> Iterator[Candidate]:
    """The open clauses of a relevant reading in order, from its lines and every act of speech heard in them."""
    text = _Text(reading, words, known)
    for line in lines:
        acts = [h for h in heard if h.line is line]
        for one in acts:
            yield from _spoken(text, one, acts)
            officials = _officials(one.act.speakers)
            text.told.speaker = officials[0] if officials else text.told.speaker
            alleged = dict.fromkeys(s.claim for s in one.made if s.stance == "allege")
            text.told.alleged = tuple(known.beat.claims[c] for c in alleged) or text.told.alleged
        if not acts:
            yield from _unheard(text, line)
        deeds = [c for c in _match(text, line, _whole(line), "asserted") if _is_deed(text, c)]
        text.told.claims = tuple(deeds) or text.told.claims


def _spoken(text: _Text, one: Heard, acts: Sequence[Heard]) -> Iterator[Candidate]:
    """The clause of an act that the rules heard, where they made nothing of it or it may say more than they found."""
    if one.act.rule == "organ" or (one.made and one.category not in WEAK):
        return
    speakers = _officials(one.act.speakers) or (() if one.act.speakers else _subjects(text, one.line))
    span = _extent(one) if len(acts) > 1 or len(one.line.text) > LONGEST else _whole(one.line)
    yield from _made(text, one.line, one.act, span, "weak" if one.made else "unmade", speakers)


def _unheard(text: _Text, line: Line) -> Iterator[Candidate]:
    last = text.told.speaker
    speakers = _subjects(text, line) or ((last,) if last and not line.names else ())
    act = Act(Tag("cues", "say", line.start, line.end), "say", speakers, (_whole(line),), "unheard")
    yield from _made(text, line, act, _whole(line), "unheard", speakers)


def _made(
    text: _Text, line: Line, act: Act, span: tuple[int, int], kind: str, speakers: Sequence[Figure]
) -> Iterator[Candidate]:
    words = _words(text.reading, span)
    if not speakers or not SHORTEST <= len(words) <= LONGEST or words.endswith(QUESTION):
        return
    sure = kind != "unheard" and tuple(speakers) == _officials(act.speakers)
    topics = _topics(text, line, span, speakers, sure)
    if any(topics.values()):
        yield Candidate(line, act, span, words, kind, tuple(speakers), topics)


def _topics(
    text: _Text, line: Line, span: tuple[int, int], speakers: Sequence[Figure], sure: bool
) -> dict[Stance, Sequence[Claim]]:
    """What the clause would be on: a party is held to confirm only what the words assert, where it surely speaks, an
    allegation names a party to the claim or goes on with it, a denial or refusal may answer what was alleged last."""
    asserted = () if _doubted(line, span) else _match(text, line, span, "asserted", speakers)
    near = _match(text, line, span, "about", speakers)
    surely = [c for c in near if c in text.told.claims or _names_party(line, span, speakers, c)]
    about = near or text.told.alleged
    deeds = [c for c in near or text.told.claims if _is_deed(text, c)]
    return {
        "confirm": asserted if sure else (),
        "allege": () if _doubted(line, span) else asserted or surely,
        "deny": claims.doubtful(about, "deny")[:1],
        "decline": claims.doubtful(about, "decline")[:1],
        **{took: _valued(text, line, span, speakers, deeds, kind)[:1] for took, kind in VALUED.items()},
    }


def _officials(speakers: Sequence[Figure]) -> tuple[Figure, ...]:
    return tuple(s for s in speakers if s.party and s.party != BOTH and s.role == "official")


def _subjects(text: _Text, line: Line) -> tuple[Figure, ...]:
    """Who may be speaking where the rules heard nobody: officials outside prepositions, one of each party."""
    found = figures(line, line.start, line.end, text.words.grammar, text.known.voices)
    first: dict[str | None, Figure] = {}
    for figure in _officials([f for f in found if not f.oblique and not f.object]):
        first.setdefault(figure.party, figure)
    return tuple(first.values())


def _match(
    text: _Text, line: Line, span: tuple[int, int], kind: str, speakers: Sequence[Figure] = ()
) -> tuple[Claim, ...]:
    if not line.tagged("concepts", *span):
        return ()
    told = [(s.start, s.end, s.party) for s in speakers]
    seen = claims.features(line, [span], text.words.grammar.modifier, told)
    found = claims.matched(text.known.topics, seen, kind)
    return tuple(found or claims.recalled(text.known.topics, seen, text.told.claims))


def _doubted(line: Line, span: tuple[int, int]) -> bool:
    """Whether a condition or a question stands in the span: then nothing is asserted."""
    return any(t.name in ("hypothetical", "question") for t in line.tagged("cues", *span))


def _names_party(line: Line, span: tuple[int, int], speakers: Sequence[Figure], claim: Claim) -> bool:
    """Whether the span names a party to the claim beside the speakers."""
    others = [n for n in line.named(*span) if not any(f.start <= n.start and n.end <= f.end for f in speakers)]
    return any(party in claim.parties for n in others for party in n.parties)


def _valued(
    text: _Text, line: Line, span: tuple[int, int], speakers: Sequence[Figure], deeds: Sequence[Claim], kind: str
) -> Sequence[Claim]:
    """What praise or condemnation would be about; an accusation is about an act, and none itself."""
    return _match(text, line, span, kind, speakers) or claims.valued(deeds, text.known.topics, kind)


def _is_deed(text: _Text, claim: Claim) -> bool:
    return claim.claim_id not in text.known.accusations


def _extent(one: Heard) -> tuple[int, int]:
    """From the first to the last of speaker, cue and likeliest content, as far as they stand in the line."""
    line = one.line
    here = [(s.start, s.end) for s in one.act.speakers if line.start <= s.start and s.end <= line.end]
    spans = [(one.act.cue.start, one.act.cue.end), *one.act.content[:1], *here]
    return max(line.start, min(a for a, _ in spans)), min(line.end, max(b for _, b in spans))


def _whole(line: Line) -> tuple[int, int]:
    return line.start, line.end


def _words(reading: Reading, span: tuple[int, int]) -> str:
    start, end = reading.normal.span(*span)
    return reading.text[start:end].strip(_EDGES)
