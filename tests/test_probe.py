"""The probe: what it finds of a data folder, and what it answers to programs."""

import asyncio
import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pyarrow as pa
import pytest
from fastapi import Depends
from tests.warehouse import rows
from tests.warehouse.schema import older
from typer.testing import CliRunner

from media_monitor import cli, config, consistency, probe, tables
from media_monitor.config import Settings
from media_monitor.warehouse import lake, places, query
from media_monitor.web import app

NOW = rows.moment("2025-04-28", 12)
CHECKED = {
    "day": NOW.date(), "batch": "run1", "table": "articles", "expectation": "volume", "columns": [], "scope": "batch",
    "severity": "critical", "success": True, "rows": 1, "unexpected": 0, "observed": None, "at": NOW,
}  # fmt: skip
WELL = {"published": "ok", "load": "ok", "disk": "ok", "alerts": "ok"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("probed")
    article = rows.article("one", "2025-04-28")
    lake.merge(home, rows.batch(article, rows.fetch("courier", "run1", "2025-04-28")))
    _store(home, "checks", {"check_id": "c1"} | CHECKED)
    return home


def _store(home: Path, table: str, *records: dict[str, object]) -> None:

    full = [{name: record.get(name) for name in tables.BY_NAME[table].names} for record in records]
    lake.merge(home, {table: pa.Table.from_pylist(full, schema=tables.BY_NAME[table].schema)})
    consistency.refresh(Settings(home=home))


def _states(home: Path, after: timedelta = timedelta(minutes=10), **settings: object) -> dict[str, str]:
    return {c.name: c.state for c in probe.checked(Settings(home=home, as_of=NOW + after, **settings))}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("after", "interval", "state"),
    [
        (timedelta(minutes=119), 15, "ok"),
        (timedelta(minutes=121), 15, "late"),
        (timedelta(hours=25), 15, "failed"),
        (timedelta(minutes=121), 30, "ok"),
        (timedelta(hours=25), 60, "late"),
        (timedelta(hours=-3), 15, "late"),
    ],
)
def test_the_last_load_is_measured_against_the_interval(
    home: Path, after: timedelta, interval: int, state: str
) -> None:
    assert _states(home, after, interval_minutes=interval) == WELL | {"load": state}


def test_a_batch_that_was_rejected_is_no_load(home: Path, tmp_path: Path) -> None:
    lake.merge(tmp_path, {"articles": lake.read(home, "articles")})
    _store(tmp_path, "checks", {"check_id": "c1"} | CHECKED | {"success": False})
    assert _states(tmp_path)["load"] == "failed"
    _store(tmp_path, "checks", {"check_id": "c2"} | CHECKED | {"batch": "run2"})
    assert _states(tmp_path)["load"] == "ok"


def test_alerts_that_failed_or_should_be_out_are_late(home: Path, tmp_path: Path) -> None:
    lake.merge(tmp_path, {name: lake.read(home, name) for name in ("articles", "checks")})
    raised = older.alert("a1", "primary", raised_at=NOW - timedelta(hours=2), kind="first_confirmation")
    _store(tmp_path, "alerts", raised)
    assert _states(tmp_path)["alerts"] == "ok"  # no channel is set up
    sent = {"channel": "json", "state": "sent", "at": NOW, "error": None}
    _store(tmp_path, "alerts", older.alert("a2", "primary", deliveries=[sent]))
    assert _states(tmp_path)["alerts"] == "late"
    _store(tmp_path, "alerts", raised | {"due_at": NOW})
    assert _states(tmp_path)["alerts"] == "ok"
    _store(tmp_path, "alerts", raised | {"due_at": NOW, "deliveries": [sent | {"state": "failed"}]})
    assert _states(tmp_path)["alerts"] == "late"


def test_a_file_that_cannot_be_read_or_published_is_a_failure(tmp_path: Path) -> None:
    assert _states(tmp_path / "none") == {"published": "failed", "disk": "failed"}
    published = places.published(tmp_path)
    published.write_bytes(b"damaged" * 1000)
    assert _states(tmp_path)["published"] == "failed"
    os.truncate(published, os.statvfs(tmp_path).f_bavail * os.statvfs(tmp_path).f_frsize + (1 << 40))  # sparse
    assert _states(tmp_path)["disk"] == "failed"


@pytest.fixture
def at_that_time(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    monkeypatch.setenv(f"{config.PREFIX}HOME", str(home))
    return lambda after: monkeypatch.setenv(f"{config.PREFIX}AS_OF", (NOW + after).isoformat())


@pytest.mark.parametrize(("hours", "state", "code"), [(1, "ok", 0), (3, "late", 1), (30, "failed", 2)])
def test_the_command_tells_by_its_exit_code(
    at_that_time: Callable[[timedelta], None], hours: int, state: str, code: int
) -> None:
    at_that_time(timedelta(hours=hours))
    found = CliRunner().invoke(cli.app, ["health", "--json"])
    assert (found.exit_code, json.loads(found.stdout)["status"]) == (code, state)
    shown = CliRunner().invoke(cli.app, ["health"])
    assert (shown.exit_code, "the last load was at 2025-04-28 12:00 UTC" in shown.stdout) == (code, True)


@pytest.mark.parametrize(("hours", "state", "code"), [(1, "ok", 200), (3, "late", 200), (30, "failed", 503)])
def test_the_route_is_open_where_nothing_else_is_and_holds_no_data(
    home: Path, hours: int, state: str, code: int
) -> None:
    def nobody() -> None:
        raise PermissionError

    settings = Settings(home=home, as_of=NOW + timedelta(hours=hours))

    made = app.create(lambda: settings, readers=[Depends(nobody)])

    async def ask(path: str) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(made), base_url="http://page") as client:
            return await client.get(path)

    answer = asyncio.run(ask("/health"))
    assert (answer.status_code, answer.json()) == (code, {"status": state, "checks": WELL | {"load": state}})
    with pytest.raises(PermissionError):
        asyncio.run(ask("/api/now"))


def test_a_published_file_is_asked_once(home: Path) -> None:
    before = query._remembered.cache_info().misses
    for minutes in (1, 2, 3):
        _states(home, timedelta(minutes=minutes))
    assert query._remembered.cache_info().misses <= before + 1
