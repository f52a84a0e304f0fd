"""Whose a noun is, and what a grammar word makes of a name: "troops of North Korea", "handed to Pyongyang"."""

from collections.abc import Sequence

from media_monitor.extract.grammar.clauses import Line, Name
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.speech import verbfinal

WORDS_BEFORE = 40  # characters before a name in which the grammar word that marks it begins
PAIR = 5  # most characters between two names that a word joins
NEAR = 30  # most characters between a noun and the nationality that it belongs to


def attribute(line: Line, name: Name) -> bool:
    """Whether a thing follows at once that the name only belongs to: "for North Korean weapons"."""
    dative = any(t.name == "goal" and t.end == name.end for t in line.tagged("grammar", name.start, name.end))
    given = dative or "gives" in _marks(line, name)
    if line.postpositions or given or line.slice(name.end, name.end + 1) != " ":
        return False
    return any(t.start == name.end + 1 for t in line.tagged("concepts", name.end, line.end))


def receives(line: Line, name: Name) -> bool:
    """Whether a grammar word makes the name a receiver: "handed **to Pyongyang**"."""
    return "goal" in _marks(line, name)


def _marks(line: Line, name: Name) -> set[str]:
    """Grammar words right before the name (an article may stand between), and a dative that the name itself is."""
    known: set[str] | None = line.memo.get(("marks", name.start, name.end))
    if known is None:
        known = line.memo["marks", name.start, name.end] = _words_at(line, name)
    return known


def _words_at(line: Line, name: Name) -> set[str]:
    if line.postpositions:
        return verbfinal.bound(line, name.end)
    found = set()
    for tag in line.tagged("grammar", name.start - WORDS_BEFORE, name.end):
        before = 0 <= name.start - tag.end <= 5 and line.slice(tag.end, name.start).strip() in ("", "the")
        dative = tag.name == "goal" and name.start <= tag.start and tag.end == name.end
        if before or dative:
            found.add(tag.name)
    return found


def _acted_on(line: Line, tag: Tag, name: Name) -> bool:
    """Whether a verb of its own governs the name after the noun: "troops to help Moscow" are not Moscow's."""
    return any(t.start < name.start for t in line.tagged("concepts", tag.end, name.end + NEAR))


def owner(line: Line, tag: Tag, names: Sequence[Name], modifier: str) -> str | None:
    """Party of the name that the noun belongs to: one that overlaps it, else the nearest, the usual side first."""
    best: tuple[int, Name] | None = None
    for name in names:
        if name.start < tag.end and tag.start < name.end:
            return name.party
        after = name.start >= tag.end
        distance = name.start - tag.end if after else tag.start - name.end
        if distance > NEAR or (after and modifier == "after" and _acted_on(line, tag, name)):
            continue
        marks = _marks(line, name)
        elsewhere = marks & {"goal", "oblique"} or (line.postpositions and "object" in marks)
        if (elsewhere and "genitive" not in marks) or (after and line.postpositions):
            continue
        if after and modifier == "after" and _parted(line, tag.end, name.start):
            continue
        if (modifier == "before") == after and "genitive" not in marks:
            distance = distance * 2 + 6
        if distance <= NEAR and (best is None or distance < best[0]):
            best = (distance, name)
    return best[1].party if best and not _paired(line, best[1], names) else None


def _paired(line: Line, name: Name, names: Sequence[Name]) -> bool:
    """Whether another party is joined to the name: what stands beside "North Korea and Russia" is either's."""
    for other in names:
        first, second = sorted((name, other), key=lambda n: n.start)
        near = other.party != name.party and 0 < second.start - first.end <= PAIR
        if near and any(t.name == "and" for t in line.tagged("grammar", first.end, second.start)):
            return not any(c in ",;:" for c in line.slice(first.end, second.start))
    return False


def _parted(line: Line, start: int, end: int) -> bool:
    """Whether a preposition that is no genitive stands between a noun and the name after it: "soldiers in the ranks of
    the Russian army" are not Russia's."""
    words = line.tagged("grammar", start, end)
    owning = {(t.start, t.end) for t in words if t.name == "genitive"}
    return any(t.name in ("oblique", "goal") and (t.start, t.end) not in owning for t in words)
