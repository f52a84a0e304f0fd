"""Which claims of the beat a stretch of text is about.

`claims.toml` gives each claim patterns over *features* of the text. A feature is a concept of the lexicon
(`send`), a concept with the party that it belongs to (`troops:KP`), a party that is named (`@RU`), an entity that
is named (`@kursk`), or a party that something goes to (`to:RU`). A pattern is a string of conditions that all must
hold; `a|b` is either, `!a` forbids. `any` holds the patterns of an assertion of the claim, `about` those of a text
that only has it as its topic (enough for a denial, refusal, praise or condemnation).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from media_monitor.beat import Beat, Claim
from media_monitor.errors import BeatError
from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.statements import owners

VALUED = ("praised", "condemned")
MEMO = 20_000  # most sets of features whose claims are remembered
KINDS = ("any", "about", "valued", "recalled", "granted", "added")
SLOTS = frozenset(
    {*KINDS, "valued_as", "praised_as", "rivals", "accusation", "occasion", "public"}
    | {"event", "event_implied", "event_unless", "event_titled", "event_admitted"}
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Conditions: each of `needs` is met by one of its features, none of `bars` may be there."""

    needs: tuple[frozenset[str], ...]
    bars: frozenset[str]

    def fits(self, features: frozenset[str]) -> bool:
        for need in self.needs:
            if need.isdisjoint(features):
                return False
        return self.bars.isdisjoint(features)


@dataclass(frozen=True, slots=True)
class Topic:
    """A claim with its compiled patterns."""

    claim: Claim
    asserted: tuple[Pattern, ...]
    about: tuple[Pattern, ...]
    valued: tuple[Pattern, ...]
    recalled: tuple[Pattern, ...]
    granted: tuple[Pattern, ...]
    added: tuple[Pattern, ...]

    @property
    def accuses(self) -> bool:
        return bool(self.claim.slots.get("accusation", False))


@dataclass(frozen=True, eq=False)
class Register:
    """The claims of a beat, compiled, most specific first, with what follows from their order and implications."""

    topics: tuple[Topic, ...]
    claims: Mapping[str, Claim]
    memo: dict[tuple[str, frozenset[str]], tuple[Claim, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def implied(self) -> Mapping[str, tuple[str, ...]]:
        """All that each claim implies, directly or through others, the most general last."""
        return {claim: tuple(self._implied(claim)) for claim in self.claims}

    def _implied(self, claim: str) -> Iterator[str]:
        for implied in self.claims[claim].implies:
            yield implied
            yield from self._implied(implied)

    @cached_property
    def concerned(self) -> Mapping[str, frozenset[str]]:
        """Those who can deny each claim: its parties and rivals, and the parties of what it implies."""
        return {
            c.claim_id: frozenset(
                [
                    *c.parties,
                    *c.slots.get("rivals", ()),
                    *(p for i in self.implied[c.claim_id] for p in self.claims[i].parties),
                ]
            )
            for c in self.claims.values()
        }


def topics(beat: Beat) -> Register:
    """The claims of the beat, compiled, most specific first.

    Raises:
        BeatError: a claim has an unknown slot, or implies itself.
    """
    for claim_id in beat.claims:
        if claim_id in _following(beat.claims, claim_id):
            raise BeatError(f"{beat.folder / 'claims.toml'}: claim {claim_id}", "implies itself, by way of others")
    return Register(tuple(_topic(claim, str(beat.folder)) for claim in beat.claims.values()), beat.claims)


def _following(claims: Mapping[str, Claim], claim_id: str) -> set[str]:
    """All claims that follow from this one."""
    found: set[str] = set()
    ahead = set(claims[claim_id].implies)
    while ahead:
        found |= ahead
        ahead = {one for claim in ahead for one in claims[claim].implies} - found
    return found


def _topic(claim: Claim, folder: str) -> Topic:
    for slot in claim.slots:
        if slot not in SLOTS:
            known = ", ".join(sorted(SLOTS))
            raise BeatError(
                f"{folder}/claims.toml: claim {claim.claim_id}", f"unknown slot {slot!r}; known are {known}"
            )
    kinds = (tuple(pattern(p) for p in claim.slots.get(slot, ())) for slot in KINDS)
    return Topic(claim, *kinds)


@cache
def pattern(text: str) -> Pattern:
    """The pattern written as text.

    >>> pattern("troops:KP send|arrive !memorial").fits(frozenset({"troops:KP", "send"}))
    True
    """
    words = text.split()
    bars = frozenset(w[1:] for w in words if w.startswith("!"))
    return Pattern(tuple(_either(w) for w in words if not w.startswith("!")), bars)


def _either(word: str) -> frozenset[str]:
    """The features that meet the condition: a concept of unknown owner meets that of any party."""
    options = word.split("|")
    return frozenset([*options, *(f"{o.split(':')[0]}:?" for o in options if ":" in o and not o.startswith("to:"))])


def features(
    line: Line,
    spans: Sequence[tuple[int, int]],
    modifier: str,
    speakers: Sequence[tuple[int, int, str | None]] = (),
) -> frozenset[str]:
    """The features of the spans of a line. A concept without a party near it counts as any party's (`troops:?`).

    The parties of `speakers` (start, end, party) count as named ("we"), but their names own nothing in the span.
    """
    asked = ("features", *spans, *speakers)
    known: frozenset[str] | None = line.memo.get(asked)
    if known is None:
        known = line.memo[asked] = _features(line, spans, modifier, speakers)
    return known


def _features(
    line: Line, spans: Sequence[tuple[int, int]], modifier: str, speakers: Sequence[tuple[int, int, str | None]]
) -> frozenset[str]:
    found: set[str] = {f"@{party}" for _, _, party in speakers if party}
    for start, end in spans:
        names = [n for n in line.named(start, end) if not any(a <= n.start and n.end <= b for a, b, _ in speakers)]
        owning = [n for n in names if n.party]
        for name in names:
            found.update(f"@{e.entity_id}" for e in name.entities)
            found.update(f"@{party}" for party in name.parties)
            if name.party and owners.receives(line, name) and not owners.attribute(line, name):
                found.add(f"to:{name.party}")
        for tag in line.tagged("concepts", start, end):
            if line.postpositions and any(a < tag.end and tag.start < b for a, b, _ in speakers):
                continue
            found.add(tag.name)
            found.add(f"{tag.name}:{owners.owner(line, tag, owning, modifier) or '?'}")
    return frozenset(found)


def matched(known: Register, seen: frozenset[str], kind: str = "asserted") -> Sequence[Claim]:
    """The claims that fit, those implied by another one left out.

    Kind `asserted` takes the patterns of an assertion; `about` also the looser ones, where none fits; `praised` and
    `condemned` add those of what is praised or condemned.
    """
    asked = (kind, seen)
    found = known.memo.get(asked)
    if found is None:
        if len(known.memo) >= MEMO:
            known.memo.clear()
        found = known.memo[asked] = _matched(known, seen, kind)
    return found


def _matched(known: Register, seen: frozenset[str], kind: str) -> tuple[Claim, ...]:
    fitting = [t.claim for t in known.topics if any(p.fits(seen) for p in t.asserted)]
    if kind == "about" and not fitting:
        fitting = [t.claim for t in known.topics if any(p.fits(seen) for p in t.about)][:1]
    if kind in VALUED:
        more = [t.claim for t in known.topics if any(p.fits(seen) for p in t.valued)]
        fitting = valued([*fitting, *more], known, kind)
    covered = {i for claim in fitting for i in known.implied[claim.claim_id]}
    return tuple(c for c in fitting if c.claim_id not in covered)


def valued(fitting: Sequence[Claim], known: Register, kind: str) -> list[Claim]:
    """The claims that praise or condemnation is about: those lost in battle are praised for having fought."""
    slots = ("praised_as", "valued_as") if kind == "praised" else ("valued_as",)
    meant = (next((c.slots[s] for s in slots if s in c.slots), c.claim_id) for c in fitting)
    return list(dict.fromkeys(known.claims[claim] for claim in meant))


def doubtful(found: Sequence[Claim], category: str) -> Sequence[Claim]:
    """The claims that a denial or refusal can be about: none that is done in public, as a treaty."""
    return [c for c in found if category not in ("deny", "decline") or not c.slots.get("public", False)]


def recalled(known: Register, seen: frozenset[str], spoken: Sequence[Claim]) -> list[Claim]:
    """The claim that a few words are enough for ("thirty dead"), where the text spoke of it or of a related one."""
    if not spoken:
        return []
    roots = {root(c, known) for c in spoken}
    fitting = [t.claim for t in known.topics if any(p.fits(seen) for p in t.recalled)]
    related = [c for c in fitting if {root(v, known) for v in (c, *valued([c], known, "praised"))} & roots][:1]
    return list(dict.fromkeys([*related, *(t.claim for t in known.topics if any(p.fits(seen) for p in t.added))]))


def granted(claim: Claim, known: Register, seen: frozenset[str]) -> bool:
    """Whether the text takes the claim for granted: what is "under the treaty" is praised, not the treaty."""
    return any(p.fits(seen) for t in known.topics if t.claim is claim for p in t.granted)


def concerned(claim: Claim, known: Register) -> frozenset[str]:
    """Those who can deny the claim: its parties and rivals, and the parties of what it implies."""
    return known.concerned[claim.claim_id]


def root(claim: Claim, known: Register) -> str:
    """The most general claim that it implies."""
    return [claim.claim_id, *known.implied[claim.claim_id]][-1]
