"""The small data set of docs/sql.md, and the outputs that stand there.

After a change of views: `PYTHONPATH=.:plugins python -m tests.warehouse.example` writes the outputs again.
"""

import re
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from tests.warehouse import rows

from media_monitor import consistency, tables
from media_monitor.model import Article
from media_monitor.sources import Feed
from media_monitor.tables.stories import Story, StoryChange
from media_monitor.warehouse import index, lake, query, reference, trends
from media_monitor.watch import ledger

PAGE = Path(__file__).parents[2] / "docs" / "sql.md"
EXAMPLE = re.compile(r"```sql\n(?P<sql>.*?)```\n(?:\n```text\n(?P<output>.*?)```\n)?", re.DOTALL)

FEEDS = (
    Feed("courier-en", "https://courier.example/en.xml", "The Courier", "courier", "en", "KR", "independent", 1),
    Feed("courier-ko", "https://courier.example/ko.xml", "Courier Korea", "courier", "ko", "KR", "independent", 1),
    Feed("volga", "https://volga.example/rss", "Volga Herald", "volga", "ru", "RU", "state", 2),
    Feed("nile", "https://nile.example/rss", "Nile Evening", "nile", "ar", "EG", "independent", 2),
    Feed("harbour", "https://harbour.example/rss", "Harbour Wire", "harbour", "en", "GB", "wire", 1),
    Feed("taedong", "https://taedong.example/rss", "Taedong Bulletin", "taedong", "en", "KP", "state", 2),
)
BY_ID = {feed.feed_id: feed for feed in FEEDS}
TOLD = {
    "seoul-says": "alleged", "seoul-says-ko": "alleged", "moscow-rejects": "rejected",
    "gerasimov": "admitted", "statement": "confirmed", "pyongyang-admits": "confirmed", "admission": "confirmed",
}  # fmt: skip


def _printed(feed_id: str, name: str, day: str, relevant: bool = True, revision: int = 1) -> Article:
    feed = BY_ID[feed_id]
    made = rows.article(name, day, revision, feed_id=feed_id, relevant=relevant, text="Body" if relevant else None)
    return replace(
        made, outlet=feed.outlet, publisher=feed.publisher, affiliation=feed.affiliation, country=feed.country,
        language=feed.language, url=f"https://{feed.publisher}.example/{name}", story_id=TOLD.get(name),
    )  # fmt: skip


SEOUL = _printed("courier-en", "seoul-says", "2024-10-24")
MOSCOW = _printed("volga", "moscow-rejects", "2024-10-24")
PUTIN = _printed("nile", "putin-asked", "2024-10-25")
SEOUL_KO = _printed("courier-ko", "seoul-says-ko", "2024-10-25")
GERASIMOV = _printed("volga", "gerasimov", "2025-04-26")
KCNA = _printed("taedong", "statement", "2025-04-28")
STORY = _printed("nile", "pyongyang-admits", "2025-04-28")
WIRE = _printed("harbour", "admission", "2025-04-28")
FIRST_DRAFT = _printed("courier-en", "reaction", "2025-04-28")
REACTION = _printed("courier-en", "reaction", "2025-04-28", revision=2)
ELSEWHERE = [
    _printed("courier-en", "football", "2024-10-24", relevant=False),
    _printed("harbour", "markets", "2024-10-25", relevant=False),
    _printed("harbour", "weather", "2025-04-28", relevant=False),
    _printed("volga", "harvest", "2025-04-28", relevant=False),
]
AID: dict[str, Any] = {"cameo": "07", "quad_class": 2, "goldstein": 7.0}
ACCUSE: dict[str, Any] = {"cameo": "11", "quad_class": 3, "goldstein": -2.0}
FACTS = (
    rows.mention(SEOUL, "north_korea", party="KP"),
    rows.mention(KCNA, "north_korea", party="KP"),
    rows.mention(KCNA, "kursk", kind="place"),
    rows.mention(STORY, "north_korea", party="KP"),
    rows.mention(STORY, None, kind="person", party="KR", surface="the defector", mention_id="unlisted"),  # type: ignore[arg-type]
    rows.statement(SEOUL, "KR", "allege", "troops_deployed"),
    rows.statement(MOSCOW, "RU", "deny", "troops_deployed"),
    rows.statement(PUTIN, "RU", "decline", "troops_deployed"),
    rows.statement(SEOUL_KO, "KR", "allege", "troops_deployed"),
    rows.statement(GERASIMOV, "RU", "confirm", "troops_in_combat"),
    rows.statement(KCNA, "KP", "confirm", "troops_in_combat"),
    rows.statement(STORY, "KP", "confirm", "troops_in_combat", via=("nile", "taedong")),
    rows.statement(STORY, "KR", "condemn", "troops_in_combat"),
    rows.statement(STORY, "UA", "deny", "kursk_recaptured"),
    rows.statement(STORY, "RU", "decline", "troops_deployed", background=True),
    rows.statement(WIRE, "KP", "confirm", "troops_in_combat", via=("harbour", "taedong")),
    rows.statement(FIRST_DRAFT, "KR", "allege", "troops_in_combat"),
    rows.statement(REACTION, "KR", "condemn", "troops_in_combat"),
    rows.statement(REACTION, "KR", "condemn", "kursk_recaptured", role="expert"),
    rows.event(SEOUL, "AID", "KP", "RU", **AID, modality="alleged"),
    rows.event(GERASIMOV, "AID", "KP", "RU", **AID),
    rows.event(KCNA, "AID", "KP", "RU", **AID),
    rows.event(STORY, "AID", "KP", "RU", **AID, event_date=GERASIMOV.day),
    rows.event(STORY, "ACCUSE", "KR", "KP", **ACCUSE),
    rows.event(REACTION, "ACCUSE", "KR", "KP", **ACCUSE),
)
FETCHES = (
    rows.fetch("courier-en", "run1", "2025-04-27", entries=20, new_entries=2),
    rows.fetch("courier-en", "run2", "2025-04-28", entries=20, new_entries=1),
    rows.fetch("volga", "run1", "2025-04-27", entries=30, new_entries=3),
    rows.fetch("volga", "run2", "2025-04-28", status=None, error="timed out after 20 s", failures=1.0),
    rows.fetch("nile", "run2", "2025-04-28", entries=15, new_entries=1),
    rows.fetch(
        "harbour",
        "run2",
        "2025-04-28",
        status=429,
        error="answered 429 Too Many Requests",
        failures=0.5,
        domain="harbour.example",
        note="asks to wait 3600 s",
        blocked_until=rows.moment("2025-04-28", 13),
    ),
    rows.fetch(
        "harbour",
        "run3",
        "2025-04-28",
        fetched_at=rows.moment("2025-04-28") + timedelta(minutes=40),
        entries=12,
        domain="harbour.example",
    ),
)
QUARANTINE = {
    "quarantine_id": "q1", "day": KCNA.day, "table": "statements", "row_id": "s1", "article_id": "statement",
    "row": "{}", "expectations": ["span_in_text", "surface_is_text"], "batch": "run2", "at": rows.moment("2025-04-28"),
}  # fmt: skip
DISCARDED = {
    "decision_id": "d1", "day": KCNA.day, "quarantine_id": "q1", "number": 1, "table": "statements", "row_id": "s1",
    "decision": "discarded", "reason": "the page was cut off", "by": "ed", "at": rows.moment("2025-04-29"),
}  # fmt: skip
CHECK = {
    "check_id": "c1", "day": KCNA.day, "batch": "run2", "table": "statements", "expectation": "span_in_text",
    "columns": ["end"], "severity": "critical", "scope": "row", "success": False, "rows": 9, "unexpected": 1,
    "observed": None, "at": rows.moment("2025-04-28"),
}  # fmt: skip
STORIES = [
    Story(
        TOLD[a.article_id],
        a.article_id,
        1,
        rows.moment(str(a.day)),
        a.fetched_at,
        a.language,
        (),
        (),
        (),
        None,
        "rules 1",
    )
    for a in (SEOUL, MOSCOW, GERASIMOV, KCNA)
]
MERGE = StoryChange(
    "m1", "merge", "confirmed", "admitted", "pyongyang-admits", 1, rows.moment("2025-04-28"), 0.4,
    "an article matches the founders of both",
)  # fmt: skip
ALERT = {
    "alert_id": "a1", "day": KCNA.day, "beat": "dprk_russia", "claim": "troops_in_combat", "party": "KP",
    "grade": "primary", "reversal": False, "prior_status": "silent", "since": KCNA.day, "first_statement": "s",
    "evidence": ["s"], "publishers": 3, "speaker": "a spokesman", "quote": "we know of it", "via": [],
    "outlet": "Taedong Bulletin", "url": "https://taedong.example/statement", "title": "Statement", "language": "en",
    "printed_at": KCNA.published_at, "raised_at": rows.moment("2025-04-28"), "kind": "first_confirmation",
    "rule": "first_confirmation", "subject": "troops_in_combat", "summary": "North Korea confirms for the first time",
    "deliveries": [
        {"channel": "json://desk.example#5f0c7a21", "state": "failed", "at": rows.moment("2025-04-28"),
         "error": "Connection refused"},
    ],
}  # fmt: skip
REFERENCE = {
    "claims": pa.Table.from_pylist(
        [
            {"claim": "troops_in_combat", "title": "North Korean troops fight for Russia", "parties": ["KP", "RU"],
             "implies": ["troops_deployed"]},
            {"claim": "troops_deployed", "title": "North Korean troops are in Russia", "parties": ["KP", "RU"],
             "implies": []},
            {"claim": "kursk_recaptured", "title": "Russia has regained Kursk", "parties": ["RU"], "implies": []},
        ],
        schema=reference.CLAIMS.schema,
    ),
    "feeds": reference.FEEDS.arrow(FEEDS),
    "entities": pa.Table.from_pylist(
        [
            {"entity_id": "north_korea", "kind": "country", "party": "KP", "sector": "GOV", "name": "North Korea"},
            {"entity_id": "kursk", "kind": "place", "name": "Kursk"},
        ],
        schema=reference.ENTITIES.schema,
    ),
    "families": pa.Table.from_pylist(
        [
            {"name": "taedong", "family": "taedong", "party": "KP", "affiliation": "state"},
            {"name": "harbour", "family": "harbour", "affiliation": "wire"},
        ],
        schema=reference.FAMILIES.schema,
    ),
    "record": reference.RECORD.empty(),
}  # fmt: skip


def build(home: Path) -> None:
    """Makes the warehouse of the example in the folder."""
    articles = (SEOUL, MOSCOW, PUTIN, SEOUL_KO, GERASIMOV, KCNA, STORY, WIRE, FIRST_DRAFT, REACTION, *ELSEWHERE)
    quality = {
        "quarantine": pa.Table.from_pylist([QUARANTINE], schema=tables.QUARANTINE.schema),
        "checks": pa.Table.from_pylist([CHECK], schema=tables.CHECKS.schema),
        "alerts": pa.Table.from_pylist([ALERT], schema=tables.ALERTS.schema),
        "quarantine_decisions": pa.Table.from_pylist([DISCARDED], schema=tables.QUARANTINE_DECISIONS.schema),
        "stories": tables.BY_NAME["stories"].arrow(STORIES),
        "story_changes": tables.BY_NAME["story_changes"].arrow([MERGE]),
    }
    lake.merge(home, rows.batch(*articles, *FACTS, *FETCHES) | quality)
    index.sync(home, [*trends.scripts(), *ledger.scripts()], REFERENCE, consistency.derived())


def shown(table: pa.Table) -> str:
    """The table as text, columns aligned."""
    cells = [table.column_names, *([_cell(v) for v in row.values()] for row in table.to_pylist())]
    widths = [max(len(line[n]) for line in cells) for n in range(table.num_columns)]
    return "".join("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() + "\n" for line in cells)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_cell(one) for one in value)}]"
    return "NULL" if value is None else str(value)


def written(page: str, home: Path) -> str:
    """The page with the present output after each example."""

    def example(match: re.Match[str]) -> str:
        return f"```sql\n{match['sql']}```\n\n```text\n{shown(query.run(home, match['sql']))}```\n"

    return EXAMPLE.sub(example, page)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name} is up to date\n")
