"""The tables that the ledger keeps: after every load as if they were made from nothing, whatever was loaded."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from tests.watch.conftest import CLAIMS, Desk

from media_monitor import consistency, tables
from media_monitor.model import stable_id
from media_monitor.warehouse import index, lake, places, query
from media_monitor.watch import ledger
from media_monitor.watch.judgements import Judgement

ROOT = Path(__file__).parents[2]
SEEDS = [int(seed) for seed in os.environ.get("KEPT_SEEDS", "1 2").split()]
FIRST = date(2025, 4, 1)
PARTIES, STANCES = ["KP", "RU", "UA"], ["confirm", "allege", "deny", "decline", "condemn", "praise"]
OUTLETS = ["The Courier", "Volga Daily", "The Herald", "Harbour Wire", "Nile Evening"]
KEPT = [
    "articles", "statements", "words", "contests", "steps", "recorded", "media", "judged", "status", "disputes",
    "withdrawn",
]  # fmt: skip
VIEWS = ["ledger_turns", "ledger_steps", "confirmations"]


class World:
    """A desk to which anything may happen."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk, self.draw, self.judged = desk, random.Random(seed), []  # type: ignore[var-annotated]

    def day(self) -> date:
        return FIRST + timedelta(self.draw.randrange(9))

    def prints(self) -> None:
        """A new article with some statements; perhaps a copy of another, perhaps of one that nobody has yet."""
        number = len(self.desk.articles) + self.draw.choice([-1, -2, -5, 3])
        article = self.desk.article(
            self.day().isoformat(), self.draw.choice(OUTLETS), hour=self.draw.randrange(24),
            affiliation=self.draw.choice(["independent", "state"]), country=self.draw.choice([None, *PARTIES]),
            agency=self.draw.choice([None, None, "AFP", "The Herald", "Unknown Wire"]),
            copy_of=f"article-{number:03}" if self.draw.random() < 0.3 else None, relevant=self.draw.random() < 0.95,
        )  # fmt: skip
        self.says(article)

    def says(self, article: Any) -> None:
        for _ in range(self.draw.randrange(4)):
            self.desk.says(
                article, self.draw.choice(PARTIES), self.draw.choice(STANCES),
                self.draw.choice(["casualties", "in_combat", "deployed"]), background=self.draw.random() < 0.3,
                said_on=self.draw.choice([None, article.day, self.day()]), confidence=self.draw.choice([0.9, 0.4, 0.7]),
                via=self.draw.choice([(), ("kcna",), ("AFP", "kcna"), ("The Herald",)]),
                speaker_id=self.draw.choice([None, "kcna", "spokesman"]), quote=self.draw.choice([None, "words"]),
            )  # fmt: skip

    def corrects(self) -> None:
        """An article is edited, and may move to another day; its new revision says something else."""
        old = self.draw.choice(self.desk.articles)
        latest = max(a.revision for a in self.desk.articles if a.article_id == old.article_id)
        moment = datetime.combine(self.draw.choice([old.day, self.day()]), datetime.min.time(), UTC)
        new = replace(old, revision=latest + 1, content_sha256=f"{latest:064}", published_at=moment, fetched_at=moment)
        self.desk.articles.append(new)
        self.says(new)

    def lists(self) -> None:
        """The beat comes to know a medium, or what it knew of one is another."""
        name = self.draw.choice(["the courier", "kcna", "afp", "unknown wire", "the herald", "spokesman"])
        self.desk.families[:] = [row for row in self.desk.families if row["name"] != name]
        party, affiliation = self.draw.choice([(None, None), ("KP", "state"), ("RU", "independent")])
        self.desk.medium(name, self.draw.choice(["one", "two", "kcna"]), party, affiliation)

    def records(self) -> None:
        """An entry of the record comes, or goes."""
        if self.desk.record and self.draw.random() < 0.4:
            self.desk.record.pop(self.draw.randrange(len(self.desk.record)))
        else:
            state = self.draw.choice(["alleged", "declined", "denied", "implicit", "confirmed"])
            day = (self.day() - timedelta(3)).isoformat()
            self.desk.known(self.draw.choice(["casualties", "in_combat"]), self.draw.choice(["KP", "RU"]), state, day)

    def claims(self) -> None:
        """The registry changes: who is a party, and what follows from a claim."""
        rows = CLAIMS.to_pylist()
        rows[0]["implies"] = self.draw.choice([[], ["in_combat"], ["deployed"]])
        rows[2]["parties"] = self.draw.choice([["KP"], ["KP", "RU"], ["UA"]])
        self.desk.claims = pa.Table.from_pylist(rows, schema=CLAIMS.schema)

    def judges(self) -> None:
        """Somebody judges a statement wrong, or right after all."""
        said = self.draw.choice(self.desk.statements) if self.desk.statements else None
        if said:
            verdict = self.draw.choice(["wrong", "wrong", "reopened"])
            self.judged.append(
                Judgement(
                    stable_id("judgement", said.statement_id), FIRST, "alert", said.statement_id, said.article_id,
                    said.claim, said.party, said.stance, said.surface, verdict, None, "editor",
                    datetime(2025, 4, 30, 0, 0, len(self.judged), tzinfo=UTC),
                )
            )  # fmt: skip

    def load(self) -> None:
        judgements = {row.judgement_id: row for row in self.judged}.values()
        lake.merge(self.desk.home, self.desk.tables | {"judgements": tables.JUDGEMENTS.arrow(judgements)})
        self.desk.publish()


def _rows(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    names = [*(f"kept_{name}" for name in KEPT), *VIEWS]
    return {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in names}


def kept(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    with duckdb.connect(places.published(home), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        assert connection.execute(
            "SELECT (SELECT count(*) FROM anew_days), (SELECT count(*) FROM anew_cells)"
        ).fetchall()[0] == (0, 0)
        return _rows(connection)


def from_nothing(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What the ledger's SQL makes of all that the published file has."""
    with duckdb.connect() as connection:
        connection.execute(f"SET TimeZone = 'UTC'; ATTACH '{places.published(home)}' AS published (READ_ONLY)")
        for name in ("articles", "statements", "judgements", "alerts", "claims", "families", "record"):
            connection.execute(f"CREATE TABLE {name} AS FROM published.{name}")
        for script in ledger.scripts():
            connection.execute(script)
        connection.execute(ledger.whole()).fetchall()
        return _rows(connection)


@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_loads_the_tables_are_as_if_made_from_nothing(desk, seed):
    world = World(desk, seed)
    for _ in range(6):
        world.prints()
    happenings: list[Callable[[], None]] = [
        *[world.prints] * 4, *[world.corrects] * 2, world.lists, world.records, world.claims, world.judges,
    ]  # fmt: skip
    for _ in range(6):
        for _ in range(world.draw.randrange(1, 5)):
            world.draw.choice(happenings)()
        world.load()
        assert kept(desk.home) == from_nothing(desk.home)


def _quiet(desk: Desk) -> None:
    """A history, loaded."""
    for number, stance in enumerate(["deny", "decline", "confirm"], 1):
        desk.says(desk.article(f"2025-04-0{number}"), "KP", stance, "in_combat")
    desk.publish()


def test_a_load_rewrites_a_history_from_its_own_day_on_alone(desk):
    _quiet(desk)
    with duckdb.connect(places.working(desk.home)) as connection:
        connection.execute("UPDATE kept_steps SET quote = 'marked'").fetchall()
    desk.says(desk.article("2025-04-05"), "KP", "deny", "in_combat")
    desk.publish()
    steps = query.rows(desk.home, "SELECT state, quote FROM ledger_steps WHERE claim = 'in_combat' ORDER BY step")
    assert [step["state"] for step in steps] == ["denied", "declined", "confirmed", "denied"]
    assert [step["quote"] == "marked" for step in steps] == [True, True, False, False]


def test_a_partition_that_is_gone_takes_its_words_along(desk):
    _quiet(desk)
    for table in ("articles", "statements"):
        places.partition(desk.home, table, date(2025, 4, 3)).unlink()
    index.sync(desk.home, ledger.scripts(), desk.reference, consistency.derived())
    assert [row["state"] for row in query.rows(desk.home, "FROM ledger_steps WHERE claim = 'in_combat'")] == [
        "denied",
        "declined",
    ]
    assert kept(desk.home) == from_nothing(desk.home)


def test_a_file_without_the_tables_is_made_again(desk):
    """As one that an older version made: its layout is another."""
    lake.merge(desk.home, desk.tables)
    index.sync(desk.home, [], {})
    _quiet(desk)
    assert len(query.rows(desk.home, "FROM ledger_steps WHERE claim = 'in_combat'")) == 3
    assert kept(desk.home) == from_nothing(desk.home)


# Ends the process, like kill -9, at a moment between the steps of a load.
KILLED = """
import os, signal, sys
from pathlib import Path
from tests.watch import test_kept
from tests.watch.conftest import Desk
from media_monitor.warehouse import fill, index, rollup
moment = {"loaded": fill.Filling.follow, "rolled up": rollup.settle, "done": index._is_published}[sys.argv[2]].__code__
def watch(frame, event, argument):
    if frame.f_code is moment and event == "call":
        os.kill(os.getpid(), signal.SIGKILL)
desk = Desk(Path(sys.argv[1]))
sys.setprofile(watch)
test_kept._more(desk)
"""


def _more(desk: Desk) -> None:
    """What a load brings that the record and a correction go along with."""
    desk.known("in_combat", "RU", "confirmed", "2025-04-01")
    desk.says(desk.article("2025-04-02", article_id="late"), "KP", "confirm", "in_combat")
    desk.publish()


@pytest.mark.parametrize("moment", ["loaded", "rolled up", "done"])
def test_a_load_that_was_killed_leaves_nothing_stale(desk, moment):
    _quiet(desk)
    before = kept(desk.home)
    environment = {"PYTHONPATH": f"{ROOT}:{ROOT / 'plugins'}"}
    done = subprocess.run([sys.executable, "-c", KILLED, str(desk.home), moment], env=environment, check=False)
    assert done.returncode == -9
    assert kept(desk.home) == before
    desk.known("in_combat", "RU", "confirmed", "2025-04-01")
    index.sync(desk.home, ledger.scripts(), desk.reference, consistency.derived())
    assert kept(desk.home) != before
    assert kept(desk.home) == from_nothing(desk.home)
