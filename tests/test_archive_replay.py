"""Past batches run again from the archive alone: the same rows in every table."""

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from media_monitor import pipeline, releasing, tables
from media_monitor import replay as replaying
from media_monitor.beat import Beat
from media_monitor.cli import app
from media_monitor.config import PACKAGE, Settings
from media_monitor.errors import CorruptFileError, StorageError
from media_monitor.launch.samples import ON_LOOPBACK, serving
from media_monitor.warehouse import lake

SAMPLES = PACKAGE / "beats" / "dprk_russia" / "samples"
DEAD = '<outline text="Dead" type="rss" xmlUrl="http://127.0.0.1:1/rss"/></body>'
AS_OF = Beat.load("dprk_russia").settings["samples"]["as_of"]


@pytest.fixture(scope="module")
def past(tmp_path_factory) -> Settings:
    """A data folder of three batches: all feeds, nothing changed but one feed two days later, and one never loaded."""
    folder = tmp_path_factory.mktemp("past")
    opml = folder / "feeds.opml"
    settings = Settings(home=folder / "home", feeds=opml, as_of=AS_OF, chunk_size=6, semantic="off", **ON_LOOPBACK)
    shutil.copytree(SAMPLES, folder / "served")
    with serving(folder / "served", opml):
        opml.write_text(opml.read_text().replace("</body>", DEAD))
        pipeline.run(settings, force=True)
        changed = next(p for p in sorted((folder / "served").glob("*.xml")) if b"</item>" in p.read_bytes())
        first, _, rest = changed.read_bytes().partition(b"</title>")
        head, _, tail = rest.partition(b"</title>")
        changed.write_bytes(first + b"</title>" + head + b" (updated)</title>" + tail)
        later = replace(settings, as_of=AS_OF + timedelta(days=2))
        pipeline.run(later, force=True)
        chunks = pipeline.plan(later, force=True)
        pipeline.collect(later, "20990101T000000Z-00000000", 0, chunks[0])  # killed before it was loaded
    kept = [row["quarantine_id"] for row in lake.read(settings.home, "quarantine").to_pylist()]
    assert releasing.release(later, kept, "kept all the same", "ed").rows
    return settings


def differences(one: Path, other: Path) -> list[str]:
    """Names of the tables whose rows are not the same, in order."""
    return [t.name for t in tables.TABLES if not lake.read(one, t.name).equals(lake.read(other, t.name))]


@pytest.fixture(scope="module")
def replayed(past, tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("again") / "home"
    done = list(replaying.replay(replace(past, home=home, as_of=None), past.home))
    assert len(done) == 2
    return home


def test_every_table_comes_out_the_same(past, replayed):
    fetches = lake.read(past.home, "fetches").to_pylist()
    assert {"unchanged (304)", "unchanged (same body)"} & {f["note"] for f in fetches}
    assert sum(f["error"] is not None and f["status"] is None for f in fetches) == 2  # nobody answered at all
    assert max(lake.read(past.home, "articles")["revision"].to_pylist()) == 2
    assert lake.read(past.home, "alerts").num_rows > 0
    assert differences(past.home, replayed) == []


def test_the_files_of_confirmations_are_made_at_the_end(past, replayed):
    feeds = [json.loads((home / "exports" / "confirmations.json").read_text()) for home in (past.home, replayed)]
    ids = [[item["id"] for item in feed["items"]] for feed in feeds]
    assert ids[0] == ids[1] != []


def test_a_file_of_a_chunk_that_ran_again_takes_the_place_of_the_first(past, replayed, tmp_path):
    copy = tmp_path / "copy"
    for part in ("warc", "lake/quarantine_decisions"):  # a replay follows what people decided
        shutil.copytree(past.home / part, copy / part)
    for path in list((copy / "warc").glob("*/0000.warc.gz")):
        path.rename(path.with_name("0000.2.warc.gz"))
        path.write_bytes(b"")  # what was left of the first
    again = replace(past, home=tmp_path / "again", as_of=None)
    assert len(list(replaying.replay(again, copy))) == 2
    assert lake.read(again.home, "articles").num_rows == lake.read(replayed, "articles").num_rows


def test_days_can_be_chosen_and_the_command_says_what_it_did(past, tmp_path, monkeypatch):
    monkeypatch.setenv("MEDIA_MONITOR_FEEDS", str(past.feeds))
    monkeypatch.setenv("MEDIA_MONITOR_SEMANTIC", past.semantic)
    started = date.fromisoformat(min(replaying.batches(past.home))[:8])
    assert len(replaying.batches(past.home, started, started + timedelta(days=1))) == 2
    assert replaying.batches(past.home, until=started - timedelta(days=1)) == []
    runner = CliRunner()
    into = ["--home", str(tmp_path / "again")]
    done = runner.invoke(app, [*into, "replay", str(past.home), "--since", started.isoformat()])
    assert done.exit_code == 0, done.output
    assert len([line for line in done.output.splitlines() if "fetches" in line]) == 2
    none = runner.invoke(app, [*into, "replay", str(past.home), "--until", "2020-01-01"])
    assert "there is nothing to replay" in none.output
    turned = runner.invoke(app, [*into, "replay", str(past.home), "--since", "2025-05-01", "--until", "2025-04-01"])
    assert turned.exit_code == 2
    assert "--until 2025-04-01 is before --since 2025-05-01" in turned.output


def test_a_folder_without_archive_or_the_archive_itself_is_refused(past, tmp_path):
    with pytest.raises(StorageError, match="has no archive"):
        list(replaying.replay(replace(past, home=tmp_path / "a"), tmp_path))
    with pytest.raises(StorageError, match="nowhere: there is no such folder"):
        list(replaying.replay(past, tmp_path / "nowhere"))
    with pytest.raises(StorageError, match="replay into another one"):
        list(replaying.replay(past, past.home))


def test_a_damaged_archive_is_named(past, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(past.home / "warc", copy / "warc")
    path = sorted((copy / "warc").glob("*/0000.warc.gz"))[0]
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises((CorruptFileError, StorageError), match=r"0000\.warc\.gz"):
        list(replaying.replay(replace(past, home=tmp_path / "again"), copy))
    whole = bytearray(sorted((past.home / "warc").glob("*/0000.warc.gz"))[0].read_bytes())
    whole[500:512] = b"junkjunkjunk"
    path.write_bytes(whole)
    with pytest.raises(CorruptFileError, match=r"0000\.warc\.gz: is no archive of answers") as raised:
        list(replaying.replay(replace(past, home=tmp_path / "once more"), copy))
    assert str(raised.value).isprintable()
