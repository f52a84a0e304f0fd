"""Whether a backfill found what is true of the archive, and how much of it."""

from dataclasses import dataclass
from pathlib import Path

from media_monitor.warehouse import query
from years import news


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, from 0 to 1."""

    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Found:
    """`lost` names counts that are not those of the archive."""

    lost: tuple[str, ...]
    relevant: Score
    statements: Score


def compared(home: Path, count: int) -> Found:
    """The data folder with the archive of so many articles. Statements are those of the first revision."""
    stored = query.rows(home, "SELECT count(DISTINCT article_id) AS articles, count(*) AS revisions FROM articles")[0]
    wanted = dict(zip(stored, news.expected(count), strict=True))
    lost = tuple(f"{name}: {stored[name]:,} of {wanted[name]:,}" for name in stored if stored[name] != wanted[name])
    relevant = {row["url"] for row in query.rows(home, "SELECT url FROM articles WHERE revision = 1 AND relevant")}
    said = {tuple(row.values()) for row in query.rows(home, """
        SELECT DISTINCT a.url, s.claim, s.party, s.stance FROM statements AS s
        JOIN articles AS a USING (article_id, revision) WHERE revision = 1
    """)}  # fmt: skip
    true_relevant, true_said = set(), set()
    for made in news.articles(count):
        if made.relevant:
            true_relevant.add(made.row["url"])
            true_said |= {(made.row["url"], *one) for one in made.statements}
    return Found(lost, _score(relevant, true_relevant), _score(said, true_said))


def _score(found: set[object], true: set[object]) -> Score:
    both = len(found & true)
    return Score(both / max(1, len(found)), both / max(1, len(true)))
