"""What a run tells of itself: over the wire to StatsD and OpenTelemetry, and to nobody where none is set up."""

import logging
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.metrics import receivers
from typer.testing import CliRunner

from media_monitor import cli, config
from media_monitor.config import Settings
from media_monitor.errors import SettingError
from media_monitor.launch.samples import ON_LOOPBACK
from media_monitor.metrics import emit, sinks

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title>
<item><title>Ministers met on fishing rights</title><link>https://courier.example/1</link>
<description>Two ministers met.</description><pubDate>Mon, 28 Apr 2025 10:00:00 GMT</pubDate></item>
<item><title>Harvest was good</title><link>https://courier.example/2</link>
<description>Much was reaped.</description><pubDate>Mon, 28 Apr 2025 11:00:00 GMT</pubDate></item></channel></rss>"""
STAGES = ("plan", "collect", "settle", "pages", "extract", "validate", "load", "alert")


@pytest.fixture(autouse=True)
def nobody_afterwards() -> Iterator[None]:
    yield
    emit.use(None)


@pytest.fixture
def listener() -> Iterator[receivers.Statsd]:
    made = receivers.Statsd()
    yield made
    made.close()


@pytest.fixture
def feeds(tmp_path: Path) -> Iterator[Path]:
    """A list of a feed with two items, and a dead one."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    (tmp_path / "served").mkdir()
    (tmp_path / "served" / "rss.xml").write_text(FEED)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "served")))
    Thread(target=server.serve_forever, daemon=True).start()
    addresses = (f"http://127.0.0.1:{server.server_port}/rss.xml", "http://127.0.0.1:1/rss")
    outlines = "".join(f'<outline text="Feed {n}" xmlUrl="{url}"/>' for n, url in enumerate(addresses))
    (tmp_path / "feeds.opml").write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    yield tmp_path / "feeds.opml"
    server.shutdown()
    server.server_close()


def test_a_run_tells_statsd_what_it_did(
    listener: receivers.Statsd, feeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {
        **ON_LOOPBACK, "statsd": listener.address, "home": feeds.parent / "home", "semantic": "off",
        "as_of": "2025-04-28T12:00:00+00:00",
    }  # fmt: skip
    for name, value in config.variables(given).items():
        monkeypatch.setenv(name, value)
    done = CliRunner().invoke(cli.app, ["run", "--feeds", str(feeds), "--json"])
    assert done.exit_code == 0, done.output
    found = {name.removeprefix("media_monitor."): values for name, values in listener.received().items()}
    for stage in STAGES:
        ((kind, milliseconds),) = found.pop(f"stage.{stage}")
        assert kind == "ms"
        assert milliseconds >= 0
    assert found.pop("warehouse.bytes")[0][1] == (feeds.parent / "home" / "warehouse.duckdb").stat().st_size
    assert found.pop("disk.free_bytes")[0][1] > 0
    assert found == {
        "feeds.fetched": [("c", 2)],
        "feeds.failed": [("c", 1)],
        "articles.new": [("c", 2)],
        "batches.loaded": [("c", 1)],
        "articles.newest_age_seconds": [("g", 3600)],
        "alerts.waiting": [("g", 0), ("g", 0)],
        "outbox.records": [("g", 0), ("g", 0)],
    }


def test_metrics_go_to_a_collector_by_the_standard_variables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with receivers.otlp() as (address, found):
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", address)
        sinks.use(Settings(home=tmp_path))
        emit.count("articles.new", 2)
        emit.count("articles.new", 3)
        emit.gauge("outbox.records", 7)
        emit.time("stage.{stage}", 1500, stage="load")
        emit.use(None)
    assert found["media_monitor.articles.new"].as_int == 5
    assert found["media_monitor.outbox.records"].as_int == 7
    assert (found["media_monitor.stage.load"].count, found["media_monitor.stage.load"].sum) == (1, 1500)


def test_a_receiver_that_fails_is_told_of_once_and_fails_nothing(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    sinks.use(Settings(home=tmp_path, statsd="255.255.255.255:9"))  # the system lets nobody send to all
    with caplog.at_level(logging.WARNING):
        emit.count("articles.new")
        emit.gauge("outbox.records", 1)
    (told,) = caplog.messages
    assert told.startswith("metrics cannot be sent: ")


@pytest.mark.parametrize("address", ["nowhere", "localhost:many", ":8125x"])
def test_an_address_that_is_none_is_named(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingError, match=r"setting statsd: .* is no host:port"):
        sinks.use(Settings(home=tmp_path, statsd=address))


def test_nothing_goes_anywhere_where_nobody_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in sinks.OTEL:
        monkeypatch.delenv(name, raising=False)
    sinks.use(Settings(home=tmp_path))
    assert not emit.wanted()
    emit.count("articles.new")
