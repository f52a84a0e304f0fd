"""A small desk with articles and statements written by hand, an alert, and channels on loopback."""

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from tests.watch.alerting import EVERY, NOW
from tests.watch.mailbox import Mailbox, serving

from media_monitor import consistency, tables
from media_monitor.beat import Beat
from media_monitor.model import Alert, AlertKind, Article, Confirmation, Statement, stable_id
from media_monitor.warehouse import index, lake, lock, reference
from media_monitor.watch import ledger
from media_monitor.watch.raising import alerts, findings
from media_monitor.watch.raising.findings import Findings
from media_monitor.watch.rules.rulebook import WORDS, Rulebook

BEAT = "dprk_russia"
CLAIMS = pa.Table.from_pylist(
    [
        {"claim": "casualties", "title": "Soldiers died", "parties": ["KP", "RU"], "implies": ["in_combat"]},
        {"claim": "prisoners", "title": "Soldiers were captured", "parties": ["KP", "UA"], "implies": ["in_combat"]},
        {"claim": "in_combat", "title": "Soldiers fight", "parties": ["KP", "RU"], "implies": ["deployed"]},
        {"claim": "deployed", "title": "Soldiers were sent", "parties": ["KP", "RU"], "implies": []},
        {"claim": "recaptured", "title": "The region is retaken", "parties": ["RU"], "implies": []},
    ],
    schema=pa.schema(
        [("claim", tables.TEXT), ("title", tables.TEXT), ("parties", tables.TEXTS), ("implies", tables.TEXTS)]
    ),
)


def day(text: str) -> date:
    return date.fromisoformat(text)


@dataclass
class Desk:
    """Collects articles and statements; `publish` makes the file that readers open."""

    home: Path
    claims: pa.Table = field(default_factory=lambda: CLAIMS)
    families: list[dict[str, Any]] = field(default_factory=list)
    record: list[dict[str, Any]] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)

    @staticmethod
    def day(text: str) -> date:
        return date.fromisoformat(text)

    def article(self, printed: str, outlet: str = "The Courier", hour: int = 12, **values: Any) -> Article:
        moment = datetime.combine(day(printed), time(hour), UTC)
        number = len(self.articles)
        article = Article(
            article_id=f"article-{number:03}", revision=1, url=f"https://courier.example/{number}", guid=None,
            feed_id="feed", outlet=outlet, publisher=outlet.lower(), affiliation="independent", country=None,
            language="en", title=f"Headline {number}", text="Body", agency=None, authors=(), published_at=moment,
            date_source="published", fetched_at=moment, content_sha256=f"{number:064}", relevant=True, beat=BEAT,
        )  # fmt: skip
        self.articles.append(replace(article, **values))
        return self.articles[-1]

    def says(self, article: Article, party: str, stance: str, claim: str, **values: Any) -> str:
        """Adds a statement to the article and returns its id."""
        number = len(self.statements)
        statement = Statement(
            statement_id=stable_id("statement", number), article_id=article.article_id, revision=article.revision,
            day=article.day, sentence=1, start=10 * number, end=10 * number + 9, surface="the clause",
            speaker="an official", speaker_id=None, party=party, role="official", via=(), stance=stance, claim=claim,
            quote=None, said_on=article.day, modality="actual", background=False, confidence=0.9, rule="test",
            extractor_version="0",
        )  # fmt: skip
        self.statements.append(replace(statement, **values))
        return self.statements[-1].statement_id

    @property
    def reference(self) -> dict[str, pa.Table]:
        return {
            "claims": self.claims,
            "families": pa.Table.from_pylist(self.families, schema=reference.FAMILIES.schema),
            "record": pa.Table.from_pylist(self.record, schema=reference.RECORD.schema),
        }

    def known(self, claim: str, party: str, state: str, since: str) -> None:
        """Puts a state on record."""
        title = f"{party} on {claim}, {since}"
        url = f"https://archive.example/{claim}"
        self.record.append(
            {"beat": BEAT, "claim": claim, "party": party, "state": state, "since": day(since), "source_url": url,
             "source_title": title}
        )  # fmt: skip

    def medium(self, name: str, family: str, party: str | None = None, affiliation: str | None = None) -> None:
        """Puts a name of a medium into the families."""
        self.families.append({"name": name, "family": family, "party": party, "affiliation": affiliation})

    @property
    def tables(self) -> dict[str, pa.Table]:
        return {
            "articles": tables.ARTICLES.arrow(self.articles),
            "statements": tables.STATEMENTS.arrow(self.statements),
        }

    def publish(self) -> Path:
        with lock.writing(self.home):
            lake.merge(self.home, self.tables)
            index.sync(self.home, ledger.scripts(), self.reference, consistency.derived())
        return self.home / "warehouse.duckdb"

    def ask(self, sql: str) -> list[dict[str, Any]]:
        """The answer of the ledger's views over the rows as they are now, in the order in which they were added."""
        return self.views().sql(sql).to_arrow_table().to_pylist()

    def views(self) -> duckdb.DuckDBPyConnection:
        """The ledger's views over the rows as they are now."""
        connection = _views()
        for name, rows in (self.tables | self.reference).items():
            connection.register("given", rows)
            connection.execute(f"CREATE OR REPLACE TABLE {name} AS FROM given")
            connection.unregister("given")
        for kept in _kept():
            connection.execute(f"DELETE FROM {kept}").fetchall()
        connection.execute(ledger.whole()).fetchall()
        return connection

    def found(self, beat: Beat, kinds: Collection[AlertKind] = WORDS) -> Findings:
        """What happened, as the alerts see it."""
        return findings.read(self.views(), beat, kinds)

    def status(self, claim: str, party: str) -> dict[str, Any]:
        return self.ask(f"FROM claim_status WHERE claim = '{claim}' AND party = '{party}'")[0]

    def confirmation(self, claim: str, party: str) -> dict[str, Any] | None:
        rows = self.ask(f"FROM confirmations WHERE claim = '{claim}' AND party = '{party}'")
        return rows[0] if rows else None


@cache
def _kept() -> list[str]:
    """The tables that the ledger keeps."""
    return re.findall(r"CREATE OR REPLACE TABLE (\w+)", "\n".join(ledger.scripts()))


@cache
def _views() -> duckdb.DuckDBPyConnection:
    """The views of the ledger over empty tables, made once: making them takes longer than asking them."""
    connection = duckdb.connect()
    empty = {table.name: table.empty() for table in (*tables.TABLES, *reference.TABLES)}
    for name, rows in empty.items():
        connection.register("given", rows)
        connection.execute(f'CREATE TABLE "{name}" AS FROM given')
        connection.unregister("given")
    for script in ledger.scripts():
        connection.execute(script)
    return connection


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def raised(desk: Desk, beat: Beat) -> Callable[..., tuple[list[Alert], list[Alert]]]:
    """Raises alerts on what the desk has now, and keeps those that were raised and changed before."""
    stored: dict[str, Alert] = {}

    def go(now: datetime = NOW, book: Rulebook = EVERY) -> tuple[list[Alert], list[Alert]]:
        new, changed = alerts.raise_new(desk.found(beat), list(stored.values()), beat, book, now)
        assert {a.alert_id for a in new}.isdisjoint(stored)
        stored.update({a.alert_id: a for a in [*changed, *new]})
        return sorted(new, key=lambda a: (a.kind, a.subject)), changed

    go.stored = stored  # type: ignore[attr-defined]
    return go


class Hook(ThreadingHTTPServer):
    """A webhook on loopback: keeps what it is sent and answers as `answer` says."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _HookRequest)
        self.received: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.answer: Callable[[int], int] = lambda _: 200  # number of the request, from 1 -> status; 0 hangs up
        self.words = b""
        self.headers: dict[str, str] = {}

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self.server_port}/hook"

    @property
    def keys(self) -> list[str]:
        return [headers["Idempotency-Key"] for headers, _ in self.received]


class _HookRequest(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((dict(self.headers), json.loads(body)))
        status = self.server.answer(len(self.server.received))
        if status:
            self.send_response(status)
            for name, value in self.server.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(self.server.words)))
            self.end_headers()
            self.wfile.write(self.server.words)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Silent: the tests read `received`."""


@pytest.fixture
def hook() -> Iterator[Hook]:
    with Hook() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with serving() as box:
        yield box


@pytest.fixture
def alert() -> Alert:
    confirmation = Confirmation(
        beat="dprk_russia", claim="troops_in_combat", party="KP", grade="primary", reversal=True, implied_by=None,
        prior_status="declined", since=date(2025, 4, 27), first_statement="s1", evidence=("s1", "s2"), publishers=2,
        speaker="the news agency", speaker_id="kcna",
        quote="شاركت وحدات في العمليات",
        via=("The <b>Courier</b>", "afp", "kcna"), outlet="The <b>Courier</b>",
        url="https://courier.example/?a=1&b=2", title="Units & wings", language="ar",
        printed_at=datetime(2025, 4, 28, 6, 10, tzinfo=UTC),
    )  # fmt: skip
    return Alert(
        confirmation.alert_id, datetime(2025, 4, 28, 7, tzinfo=UTC), "first_confirmation", "first_confirmation",
        confirmation.claim, "what is new", confirmation,
    )  # fmt: skip


@pytest.fixture(scope="session")
def beat() -> Beat:
    return Beat.load("dprk_russia")
