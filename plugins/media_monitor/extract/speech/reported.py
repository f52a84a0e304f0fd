"""Words that a sentence reports without a verb of speech of its own, in languages whose verb stands last.

A report may be an attribute of its noun ("… 했다는 미국의 발표", '"…"라는 외무성의 담화'), or the feed may have cut
the lead off before its verb ("… 했다고 조선중앙통신이 9...").
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from media_monitor.extract.grammar.clauses import Line
from media_monitor.extract.grammar.figures import Figure, Voices, figures
from media_monitor.extract.grammar.forms import Tag
from media_monitor.extract.grammar.lexicon import Grammar
from media_monitor.extract.speech import verbfinal

AUTHOR = 8  # most characters between an author and what he has written: "プーチン氏から寄せられた書簡"


def attributes(line: Line, grammar: Grammar, voices: Voices) -> Iterator[tuple[Tag, Figure, tuple[int, int]]]:
    """(cue, speaker, content) of each report that is an attribute; with a word of confirming at its end it confirms."""
    for mark, start in verbfinal.attributes(line):
        speakers = figures(line, mark.end, line.end, grammar, voices)[:1]
        if speakers and verbfinal.bears_report(line, mark, speakers[0]):
            told = [t for t in line.tagged("cues", start, mark.start) if t.name == "confirm_quoted"]
            near = any(mark.start - t.end <= verbfinal.ENDING for t in told)
            yield Tag("cues", "confirm" if near else "say", mark.start, mark.end), speakers[0], (start, mark.start)


def apart(
    line: Line, cues: Sequence[Tag], grammar: Grammar, voices: Voices
) -> list[tuple[Tag, Figure, tuple[int, int]]]:
    """(cue, speaker, content) of each verb that stands before a noun with a subject of its own."""
    found = []
    for low, cue in zip([line.start, *(c.end for c in cues)], cues, strict=False):
        before = figures(line, low, cue.start, grammar, voices)
        if subject := verbfinal.own_subject(line, cue, before):
            found.append((cue, subject, (subject.start, cue.end)))
    return found


def cut_off(
    line: Line, cues: Sequence[Tag], grammar: Grammar, voices: Voices
) -> tuple[Tag, Figure, tuple[int, int]] | None:
    """(cue, speaker, content) of a lead that is cut off after its speaker."""
    low = cues[-1].end if cues else line.start
    last = figures(line, low, line.end, grammar, voices)[-1:]
    if not last or not verbfinal.is_cut_off(line, last[0]):
        return None
    return Tag("cues", "say", last[0].end, line.end), last[0], (low, last[0].start)


def answers(line: Line, grammar: Grammar, voices: Voices) -> Iterator[tuple[Figure, tuple[int, int]]]:
    """(speaker, quotation) of each further quotation of a headline that has a speaker of its own: 'X "…"…Y "…"'."""
    for (_, low), (start, end) in pairwise(line.quotes):
        found = figures(line, low, start, grammar, voices)
        speaker = verbfinal.before_quote(line, found, start) if found else None
        if speaker:
            yield speaker, (start, end)


def ticker(line: Line, grammar: Grammar, voices: Voices) -> Figure | None:
    """The speaker of a line that is a name and a quotation, as in a ticker: '16:05 X "…"'."""
    if not line.quotes or line.quotes[-1][1] < line.end - 1:
        return None
    start = line.quotes[0][0]
    found = figures(line, line.start, start, grammar, voices)
    alone = len(found) == 1 and not line.slice(found[0].end, start).strip(" :")
    return found[0] if alone and not any(c.isalpha() for c in line.slice(line.start, found[0].start)) else None


def known(line: Line, cue: Tag, who: list[Figure], offices: dict[str, Figure], last: Figure | None) -> list[Figure]:
    """The speakers; for a mere title ("the minister said") who bore it last, for a country that is only spoken of the
    last speaker."""
    if who and who[0].party is None and who[0].role in ("official", "media"):
        title = office(line, who[0])
        bearer = next((f for name, f in reversed(offices.items()) if name.endswith(title)), None)
        bearer = bearer or (last if who[0].role == "official" else None)
        return [bearer] if bearer else who
    return [last] if last and verbfinal.embedded(line, cue, who) else [one for f in who for one in _each(line, f)]


def _each(line: Line, figure: Figure) -> Iterator[Figure]:
    """A speaker for each country of a compound ("한미일"), else the figure: an office at home in one of them too."""
    names = [n for n in line.named(figure.start, figure.end) if all(e.kind == "country" for e in n.entities)]
    names = [n for n in names if not line.tagged("titles", n.start, n.end)]
    parties = names[0].parties if names and len(names[0].parties) > 1 else ()
    yield from (replace(figure, party=p) for p in parties) if parties else (figure,)


def bearers(line: Line, grammar: Grammar, voices: Voices) -> dict[str, Figure]:
    """Who bears each title in the line, the last one last."""
    found = figures(line, line.start, line.end, grammar, voices)
    borne = {office(line, f): f for f in found if f.party and f.role in ("official", "media")}
    written = [(a, b) for a, b in pairwise(found) if b.party is None and b.start - a.end <= AUTHOR and a.oblique]
    return borne | {office(line, b): a for a, b in written if a.party and a.role == "official"}


def office(line: Line, figure: Figure) -> str:
    """The last word of the figure: its title."""
    return line.slice(figure.start, figure.end).split(" ")[-1]
