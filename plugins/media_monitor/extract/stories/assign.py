"""Gives each report its story. Pure: the same reports and founders give the same stories, on any machine.

A report is compared with founding articles only, never with members of a story, so that a story cannot drift from one
happening to the next. Whichever article came first founds; one that comes late and was printed earlier joins.

A story of two founders that prove to be on one happening ends in a *merge*: a report matches both, and they are
alike. A later revision that does not fit any more leaves, which is a *split*. Ids never change; those of merged stories
lead on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from media_monitor.extract.stories.founders import Founders
from media_monitor.extract.stories.report import Report, order
from media_monitor.extract.stories.similarity import score
from media_monitor.extract.stories.vetoes import veto
from media_monitor.extract.stories.weights import Weights
from media_monitor.model import stable_id

STAYS = -1.0  # score at which a later revision stays: an edit should not move an article to and fro
LINKED = -1.0  # score of two founders that a report matches both: what it takes to be one story


@dataclass(frozen=True)
class Founder:
    """A founding article. `root` is the story that its story was merged into, itself where it was not."""

    story_id: str
    report: Report
    root: str
    root_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a stored article is: the story of its last revision."""

    revision: int
    story_id: str


@dataclass(frozen=True, slots=True)
class Change:
    """A merge of `story_id` into `next_story`, or a split: the article left `story_id` for `next_story`.

    `reason` is for people.
    """

    kind: str
    story_id: str
    next_story: str
    report: Report
    score: float | None
    reason: str


@dataclass
class Assigned:
    """Stories by article, the reports that founded one, and what changed."""

    stories: dict[str, str] = field(default_factory=dict)
    founded: list[Founder] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Match:
    score: float
    number: int


class _Desk:
    """The founders at hand, known and new, and the stories that were merged."""

    def __init__(self, known: Iterable[Founder], weights: Weights) -> None:
        self.weights = weights
        self.index = Founders(weights)
        self.stories: list[str] = []
        self.numbers: dict[str, int] = {}
        self.roots: dict[str, str] = {}
        self.began: dict[str, datetime] = {}
        for founder in known:
            self.add(founder)

    def add(self, founder: Founder) -> None:
        self.numbers[founder.story_id] = len(self.stories)
        self.stories.append(founder.story_id)
        self.index.add(founder.report)
        self.roots[founder.story_id] = founder.root
        self.began.setdefault(founder.story_id, founder.report.at)
        self.began[founder.root] = founder.root_at

    def root(self, story_id: str) -> str:
        while (after := self.roots.get(story_id, story_id)) != story_id:
            story_id = after
        return story_id

    def matches(self, report: Report) -> list[_Match]:
        """The founders that the report matches, the best first, of equal ones the one added first."""
        found = (_Match(self.compared(report, number), number) for number in self.index.near(report))
        return sorted((m for m in found if m.score >= 0), key=lambda m: (-round(m.score, 6), m.number))

    def compared(self, report: Report, number: int) -> float:
        """The score of report and founder; far below any threshold where something keeps them apart."""
        founder = self.index.reports[number]
        return -99.0 if veto(report, founder) else score(report, founder, self.weights)


def assign(
    new: Sequence[Report],
    known: Iterable[Founder],
    kept: Mapping[str, Kept],
    copies: Mapping[str, str],
    weights: Weights,
) -> Assigned:
    """The stories of the new reports, independent of their order.

    `kept` has the articles that are stored already, among them the origins of copies; `copies` are origins by copy: a
    copy reports what its origin does.
    """
    desk, done = _Desk(sorted(known, key=_founding), weights), Assigned()
    for report in sorted(new, key=order):
        before = kept.get(report.article_id)
        if before and before.revision == report.revision:
            story = before.story_id
        else:
            story = _of_origin(report, copies, kept, done) or _told(report, before, desk, done)
        done.stories[report.article_id] = story
        if before and story != before.story_id:
            done.changes.append(_split(report, before, story, desk))
    return done


def _founding(founder: Founder) -> tuple[datetime, str]:
    return founder.report.at, founder.story_id


def _of_origin(report: Report, copies: Mapping[str, str], kept: Mapping[str, Kept], done: Assigned) -> str | None:
    """The story of the article that the report copies; None where it copies none, or that has no story."""
    origin = copies.get(report.article_id, "")
    stored = kept.get(origin)
    return done.stories.get(origin) or (stored.story_id if stored else None)


def _told(report: Report, before: Kept | None, desk: _Desk, done: Assigned) -> str:
    """The story that the report stays in, joins or founds."""
    number = desk.numbers.get(before.story_id) if before else None
    if before and (number is None or desk.compared(report, number) >= STAYS):
        return before.story_id
    matches = desk.matches(report)
    if not matches:
        return _founded(report, desk, done)
    _merge(report, matches, desk, done)
    return desk.stories[matches[0].number]


def _founded(report: Report, desk: _Desk, done: Assigned) -> str:
    story = stable_id("story", report.article_id, report.revision)
    founder = Founder(story, report, story, report.at)
    desk.add(founder)
    done.founded.append(founder)
    return story


def _merge(report: Report, matches: Sequence[_Match], desk: _Desk, done: Assigned) -> None:
    """Merges the stories of founders that the report matches and that are like the best of them; the older stays."""
    best = matches[0]
    for other in matches[1:]:
        roots = {desk.root(desk.stories[m.number]) for m in (best, other)}
        alike = desk.compared(desk.index.reports[best.number], other.number) if len(roots) > 1 else -99.0
        if alike >= LINKED:
            older, younger = sorted(roots, key=lambda story: (desk.began[story], story))
            desk.roots[younger] = older
            reason = f"an article matches the founders of both ({best.score:.1f}, {other.score:.1f})"
            done.changes.append(Change("merge", younger, older, report, round(alike, 3), reason))


def _split(report: Report, before: Kept, story: str, desk: _Desk) -> Change:
    number = desk.numbers.get(before.story_id)
    if number is None:
        return Change("split", before.story_id, story, report, None, "it copies an article of another story")
    founder = desk.index.reports[number]
    apart = veto(report, founder)
    reason = f"revision {report.revision} differs from the founding article: {apart or 'it is on something else'}"
    return Change("split", before.story_id, story, report, round(score(report, founder, desk.weights), 3), reason)
