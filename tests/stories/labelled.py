"""Articles with the happening that they report, labelled by hand: our own in ten languages, and real ones by id.

cases.jsonl has our own texts, with happenings that are easily taken for each other. news.tsv has ids of ../shared/news
and labels only; `-` is an article that is alone in the sample. Happenings are even or odd by a hash of their name: even
ones tune, odd ones measure.
"""

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from media_monitor import tables
from media_monitor.beat import Beat
from media_monitor.extract.batch import extract
from media_monitor.extract.stories.report import Report, reports
from media_monitor.model import Article

HERE = Path(__file__).resolve().parent
NEWS = HERE.parents[2] / "shared" / "news"
BEAT = "dprk_russia"


@dataclass(frozen=True)
class Sample:
    """Reports in order of time, with the label of each by article."""

    reports: list[Report]
    labels: Mapping[str, str]


def cases() -> Sample:
    """Our own articles."""
    rows = [json.loads(line) for line in (HERE / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
    return _sample(rows, {row["id"]: row["story"] for row in rows})


def news() -> Sample | None:
    """The labelled articles of ../shared/news; None where it is not there."""
    if not NEWS.is_dir():
        return None
    lines = [line for line in (HERE / "news.tsv").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    labels = {row["id"]: row["story"] for row in csv.DictReader(lines, delimiter="\t")}
    texts = (json.loads(line) for path in sorted(NEWS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    rows = [row for row in texts if row["id"] in labels]
    return _sample(rows, {key: key if label == "-" else label for key, label in labels.items()})


def half(label: str) -> str:
    """`even` or `odd`, by the name of the happening."""
    digest = hashlib.blake2b(label.encode(), digest_size=2).hexdigest()
    return "odd" if int(digest, 16) % 2 else "even"


def facts(rows: Iterable[Mapping[str, Any]]) -> dict[str, pa.Table]:
    """The facts of articles with id, language, published, outlet, title and text, by the rules alone."""
    articles = tables.ARTICLES.arrow(article(row) for row in rows)
    return extract(articles, Beat.load(BEAT))


def article(row: Mapping[str, Any], **changes: Any) -> Article:
    """The row as an article that was fetched when it was printed."""
    at = datetime.fromisoformat(row["published"])
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    outlet = row.get("outlet") or f"The {row['language']} Post"
    known: dict[str, Any] = {
        "article_id": row["id"], "revision": 1, "url": f"https://post.example/{row['id']}", "guid": None,
        "feed_id": f"feed-{row['language']}", "outlet": outlet, "publisher": outlet, "affiliation": "independent",
        "country": None, "language": row["language"], "title": row["title"] or "", "text": row["text"], "agency": None,
        "authors": (), "published_at": at, "date_source": "published", "fetched_at": at, "content_sha256": row["id"],
    }  # fmt: skip
    return Article(**{**known, **changes})


def _sample(rows: list[dict[str, Any]], labels: Mapping[str, str]) -> Sample:
    found = reports(facts(rows))
    return Sample(found, {one.article_id: labels[one.article_id] for one in found})
