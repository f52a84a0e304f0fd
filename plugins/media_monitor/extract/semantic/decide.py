"""Statements of the clauses that the rules leave open: the encoder's word, held to what the rules know of stances.

The model only says which stance a clause takes. Who takes it, and on which claim, is decided as the rules do: only
those whom a claim concerns deny or praise it, nobody condemns what is their own, an assertion by a party to the
claim confirms it and one by anybody else alleges it. Where that leaves two parties to choose from, nothing is made.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from media_monitor.beat import Claim
from media_monitor.extract.document import Reading
from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure
from media_monitor.extract.grammar.lexicon import Lexicon
from media_monitor.extract.semantic.candidates import Candidate, candidates
from media_monitor.extract.semantic.head import Head
from media_monitor.extract.semantic.model import Model
from media_monitor.extract.speech.memory import Memory
from media_monitor.extract.statements import claims
from media_monitor.extract.statements.citation import Context, Finding, Heard, statement
from media_monitor.extract.statements.lore import Lore
from media_monitor.model import Stance, Statement

STANCES: tuple[Stance, ...] = ("confirm", "allege", "deny", "decline", "condemn", "praise")
VALUES = ("condemn", "praise")
Choice = tuple[Stance, Figure, Claim]


def statements(
    lines: Sequence[Line],
    heard: Sequence[Heard],
    said: Sequence[Statement],
    reading: Reading,
    words: Lexicon,
    known: Lore,
    model: Model,
) -> list[Statement]:
    """What the rules left unsaid in a relevant reading: nothing on a claim of which they let the party speak.

    `said` are the statements of the rules. None of them is changed or repeated.
    """
    head = model.head
    if reading.language is None or reading.language not in head.means:
        return []
    choices = [(one, left(one, said, known)) for one in candidates(lines, heard, reading, words, known)]
    open_ones = [(one, choice) for one, choice in choices if any(took in head.thresholds for took, _, _ in choice)]
    if not open_ones:
        return []
    vectors = model.vectors([one.text for one, _ in open_ones])
    found: dict[tuple[str, str, str], Statement] = {}
    for (one, choice), shares in zip(open_ones, head.probabilities(vectors, reading.language), strict=True):
        for taken, share in taken_of(choice, shares, head, reading.language):
            made = _statement(one, taken, share, head, Context(one.line, reading, words, known, Memory(), []))
            found.setdefault((made.party, made.stance, made.claim), made)
    return list(found.values())


def left(one: Candidate, said: Sequence[Statement], known: Lore) -> list[Choice]:
    """The stances that the clause may take, each with who would take it and on what; no other is considered."""
    spoken = {(s.party, s.claim): s.stance for s in said}
    valued = {(s.party, s.stance) for s in said}
    found: list[Choice] = []
    for took in STANCES:
        if one.kind == "weak" and took not in VALUES:
            continue
        for claim in one.topics[took]:
            who = [f for f in one.speakers if _may(took, f, claim, one, known)]
            done = took in VALUES and any((f.party, took) in valued for f in who)
            if len(who) == 1 and not done and (took in VALUES or (who[0].party, claim.claim_id) not in spoken):
                found.append((took, who[0], claim))
    return found


def taken_of(
    choice: Sequence[Choice], shares: Mapping[str, float], head: Head, language: str
) -> Iterator[tuple[Choice, float]]:
    """The choices of the likeliest stance, with its probability, where that reaches the threshold of the stance."""
    for took, figure, claim in choice:
        share = belief(took, shares)
        if share >= head.threshold(took, language):
            yield (took, figure, claim), share


def belief(took: Stance, shares: Mapping[str, float]) -> float:
    """The probability that the clause takes the stance; 0 where another class is likelier.

    One that is no party to a claim alleges it, whichever words it takes: there the two assertions are one.
    """
    one = {"confirm", "allege"} if took == "allege" else {took}
    share = sum(shares[c] for c in one)
    return share if share >= max(p for c, p in shares.items() if c not in one) else 0.0


def _may(took: Stance, figure: Figure, claim: Claim, one: Candidate, known: Lore) -> bool:
    """Whether the figure can take the stance on the claim."""
    party = figure.party or ""
    own = party in claim.parties
    if took == "confirm":
        return own
    if took == "allege":
        heard = one.kind != "unheard" and figure in one.act.speakers
        return not own and (heard or not _bare(figure, one.line))
    if took in ("deny", "praise"):
        return party in claims.concerned(claim, known.topics)
    return took == "decline" or not own


def _bare(figure: Figure, line: Line) -> bool:
    """Whether the figure is no more than the name of a country or place, which may stand there as anything."""
    names = line.named(figure.start, figure.end)
    return any((n.start, n.end) == (figure.start, figure.end) and (n.is_country or n.is_place) for n in names)


def _statement(one: Candidate, taken: Choice, share: float, head: Head, at: Context) -> Statement:
    took, figure, claim = taken
    act = replace(one.act, speakers=(figure,))
    made = statement(act, figure, took, Finding(claim, one.span, "context"), at)
    return replace(made, rule=f"model:stance:{head.version}", confidence=round(share, 3))
