"""Stories of a batch, as Arrow tables: articles in, articles with their story, new stories and changes out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pyarrow as pa

from media_monitor import columns, tables
from media_monitor.extract.semantic.model import Semantic, chosen
from media_monitor.extract.stories.assign import Change, Founder, Kept, assign
from media_monitor.extract.stories.heads import HEADS, known, with_vectors
from media_monitor.extract.stories.report import Report, founding, reports
from media_monitor.extract.stories.weights import shipped
from media_monitor.model import Article, stable_id
from media_monitor.tables.stories import STORIES, STORY_CHANGES, Story, StoryChange


def told(
    facts: Mapping[str, pa.Table], founders: pa.Table, kept: pa.Table, semantic: Semantic = "off"
) -> dict[str, pa.Table]:
    """Tables articles (with `story_id` where they are relevant), stories and story_changes.

    `facts` are articles, mentions, events and statements, and `heads`: vectors that are not among them are made here.
    `founders` and `kept` are what `warehouse.stories` reads.

    Raises:
        SettingError: `semantic` is on, and there is no encoder.
    """
    model, weights = chosen(semantic), shipped()
    rows = columns.instances(Article, facts["articles"])
    copies = {row.article_id: row.copy_of for row in rows if row.relevant and row.copy_of}
    before = {row["article_id"]: Kept(row["revision"], row["story_id"]) for row in kept.to_pylist()}
    new = reports(facts)
    asked = [one for one in new if _is_asked(one, before, copies)]
    vectors = known(facts[HEADS.name]) if HEADS.name in facts else {}
    encoded = {one.article_id: one for one in with_vectors(asked, model, weights, vectors)}
    old = [
        Founder(row["story_id"], founding(row), row["root"], row["root_at"].astimezone(UTC))
        for row in founders.to_pylist()
    ]
    found = assign([encoded.get(one.article_id, one) for one in new], old, before, copies, weights)
    seen = {(row.article_id, row.revision): row.fetched_at for row in rows}
    method = f"rules and encoder {weights.version}" if model else f"rules {weights.version}"
    return {
        "articles": tables.ARTICLES.arrow(
            replace(row, story_id=found.stories.get(row.article_id) if row.relevant else None) for row in rows
        ),
        "stories": STORIES.arrow(_stored(founder, seen, method) for founder in found.founded),
        "story_changes": STORY_CHANGES.arrow(_changed(change, seen) for change in found.changes),
    }


def _is_asked(report: Report, before: Mapping[str, Kept], copies: Mapping[str, str]) -> bool:
    """Whether the report is compared with others: a copy and what is stored already are not."""
    stored = before.get(report.article_id)
    return report.article_id not in copies and not (stored and stored.revision == report.revision)


def _stored(founder: Founder, seen: Mapping[tuple[str, int], datetime], method: str) -> Story:
    report = founder.report
    return Story(
        story_id=founder.story_id,
        article_id=report.article_id,
        revision=report.revision,
        founded_at=report.at,
        first_seen=seen[report.article_id, report.revision],
        language=report.language,
        entities=tuple(sorted(report.entities)),
        titled=tuple(sorted(report.titled)),
        deeds=tuple(sorted(report.deeds)),
        vector=report.vector,
        method=method,
    )


def _changed(change: Change, seen: Mapping[tuple[str, int], datetime]) -> StoryChange:
    report = change.report
    return StoryChange(
        change_id=stable_id(change.kind, change.story_id, change.next_story, report.article_id, report.revision),
        kind=change.kind,
        story_id=change.story_id,
        next_story=change.next_story,
        article_id=report.article_id,
        revision=report.revision,
        at=seen[report.article_id, report.revision],
        score=change.score,
        reason=change.reason,
    )
