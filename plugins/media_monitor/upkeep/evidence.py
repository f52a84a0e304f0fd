"""What stays however old it is: that on which the ledger, the fetch state or a person's decision rests.

An article is evidence where a party says something of a claim in it, in any revision, and so are the articles that it
copies, by which publishers are counted, and the one that founded its story.
"""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from media_monitor.warehouse import query

ARTICLES = """
    WITH RECURSIVE evidence AS (
        SELECT article_id FROM statements
        UNION
        SELECT a.copy_of FROM articles AS a JOIN evidence AS e USING (article_id) WHERE a.copy_of IS NOT NULL
    )
    SELECT article_id FROM evidence
    UNION
    SELECT s.article_id FROM stories AS s JOIN articles AS a USING (story_id)
    WHERE a.article_id IN (SELECT article_id FROM evidence)
"""
_LAST = "arg_max(batch, (fetched_at, batch))"
_OF_ARTICLES = ("article_id", ARTICLES)
# By table: the column or columns by which rows stay, and the SELECT of their values.
STAYING: Mapping[str, tuple[str, str]] = {
    "fetches": (
        "feed_id batch",
        f"""
        SELECT feed_id, {_LAST} AS batch FROM fetches GROUP BY feed_id
        UNION
        SELECT feed_id, {_LAST} FROM fetches WHERE error IS NULL GROUP BY feed_id
        UNION
        SELECT feed_id, {_LAST} FROM fetches WHERE new_entries > 0 GROUP BY feed_id
        """,
    ),
    "checks": ("check_id", "SELECT NULL::VARCHAR AS check_id WHERE false"),
    "quarantine": (
        "quarantine_id",
        "SELECT quarantine_id FROM quarantine_state WHERE state = 'released'",
    ),
    "pages": _OF_ARTICLES,
    "mentions": _OF_ARTICLES,
    "events": _OF_ARTICLES,
    "articles": _OF_ARTICLES,
}
ARCHIVES = f"""
    SELECT warc_file, warc_offset FROM articles WHERE warc_file IS NOT NULL AND article_id IN ({ARTICLES})
    UNION
    SELECT warc_file, warc_offset FROM pages WHERE warc_file IS NOT NULL AND article_id IN ({ARTICLES})
"""


def staying(home: Path, table: str) -> pa.Table:
    """The values of the columns by which rows of the table stay.

    Raises:
        QueryError: nothing is published.
    """
    return query.run(home, STAYING[table][1])


def archives(home: Path) -> dict[str, list[int]]:
    """The files of the archive that hold the answers in which evidence came, as the tables have them, with the bytes at
    which these answers begin, in order."""
    found: dict[str, list[int]] = {}
    for row in query.rows(home, f"{ARCHIVES} ORDER BY ALL"):
        found.setdefault(row["warc_file"], []).append(row["warc_offset"] or 0)
    return found
