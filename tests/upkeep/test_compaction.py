"""The archive of a day joined into one file: rows name the same answers, and whoever reads it finds all that he did."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from signal import SIGKILL
from typing import Any

import pytest
from tests.upkeep import archived
from tests.upkeep.archived import DAY, JOINED, KILLED, LOADED

from media_monitor import replay as replaying
from media_monitor.backfill import dividing, work
from media_monitor.backfill.request import Request
from media_monitor.backfill.tally import Tally
from media_monitor.collect.sandbox import Sandbox
from media_monitor.collect.warc import batches, joined
from media_monitor.collect.warc.archive import read_body
from media_monitor.config import Settings
from media_monitor.doctor.examine import examine
from media_monitor.errors import StorageError
from media_monitor.report.asked.quality.batches import batch as asked_batch
from media_monitor.upkeep import compaction, evidence, steps
from media_monitor.upkeep.repoint import NAMING
from media_monitor.warehouse import lake, query

PLACE = {"warc_file", "warc_offset"}
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return archived.build(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def compacted(world: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The world with its archive joined."""
    found = _copy(world, tmp_path_factory.mktemp("compacted") / "home")
    steps.run(found, ["compact"])
    return found


@pytest.fixture
def settings(world: Settings, tmp_path: Path) -> Settings:
    return _copy(world, tmp_path / "home")


@pytest.fixture
def after(compacted: Settings, tmp_path: Path) -> Settings:
    return _copy(compacted, tmp_path / "home")


def _copy(settings: Settings, home: Path) -> Settings:
    """The files of the lake are replaced and never written to: linked, they are those that the index has loaded."""
    shutil.copytree(settings.home, home, ignore=shutil.ignore_patterns("lake"))
    shutil.copytree(settings.home / "lake", home / "lake", copy_function=os.link)
    return replace(settings, home=home)


def _joined(settings: Settings) -> compaction.Joined | None:
    return steps.run(settings, ["compact"])["compact"].joined


def _places(home: Path) -> Iterator[tuple[str, tuple[Any, ...], str, int]]:
    for table in NAMING:
        for row in lake.read(home, table.name).to_pylist():
            if row["warc_file"]:
                yield table.name, tuple(row[n] for n in table.key), row["warc_file"], row["warc_offset"]


def _answers(home: Path) -> dict[tuple[str, tuple[Any, ...]], bytes]:
    return {(table, key): read_body(home / file, offset) for table, key, file, offset in _places(home)}


def _without_places(rows: Rows) -> Rows:
    """The rows, and those kept in quarantine, without what tells where an answer is archived."""
    bare = {name: [{k: v for k, v in row.items() if k not in PLACE} for row in found] for name, found in rows.items()}
    for row in bare["quarantine"]:
        row["row"] = {k: v for k, v in json.loads(row["row"]).items() if k not in PLACE}
    return bare


def test_rows_name_the_same_answers_in_one_file_a_day(world: Settings, settings: Settings) -> None:
    before, rows = archived.tree(world.home), archived.stored(world.home)
    done = _joined(settings)
    found = archived.tree(settings.home)
    loaded = {name: content for name, content in before.items() if name.split("/")[1] in LOADED and content}
    assert done is not None
    assert (done.days, done.files, done.into, done.bytes) == (2, len(loaded), 2, sum(map(len, loaded.values())))
    kept = [name for name in before if KILLED in name]
    assert sorted(found) == sorted([*kept, JOINED, "warc/2025-07-31/0000.warc.gz"])
    pieces = {f"warc/{one.batch}/{one.name}": one for name in found for one in joined.read(settings.home / name)}
    assert {name: found[JOINED if DAY in str(p.path) else "warc/2025-07-31/0000.warc.gz"][p.start : p.end]
            for name, p in pieces.items() if p.batch} == loaded  # fmt: skip
    assert _without_places(archived.stored(settings.home)) == _without_places(rows)
    assert _answers(settings.home) == _answers(world.home)
    assert {file for *_, file, _ in _places(settings.home)} <= set(found)
    assert sum(file.startswith("warc/2025-07-3") for *_, file, _ in _places(settings.home)) == done.rows - 1
    (out,) = (json.loads(row["row"]) for row in lake.read(settings.home, "quarantine").to_pylist())
    assert read_body(settings.home / out["warc_file"], out["warc_offset"])
    assert out["warc_file"] == JOINED


def test_the_doctor_finds_nothing_and_the_second_time_nothing_is_done(after: Settings) -> None:
    assert examine(after).left == []
    left = after.home / f"{JOINED}.open"
    left.write_bytes(b"cut off")
    (told,) = examine(after, only=["archive"]).left
    assert (told.where, told.severity) == (f"{JOINED}.open", "note")
    left.unlink()
    before = {path: path.read_bytes() for path in after.home.rglob("*.gz")}
    assert _joined(after) is None
    assert {path: path.read_bytes() for path in after.home.rglob("*.gz")} == before


def test_a_rehearsal_tells_the_same_and_changes_nothing(world: Settings, compacted: Settings) -> None:
    before = {path: path.stat().st_mtime_ns for path in world.home.rglob("*")}
    told = steps.run(world, ["compact"], rehearse=True)["compact"]
    assert {path: path.stat().st_mtime_ns for path in world.home.rglob("*")} == before
    files = sum(len(batches.files(compacted.home / "warc", batch)) for batch in LOADED)
    assert told.joined is not None
    assert (told.joined.files, told.joined.into) == (files, 2)
    assert told.told == (f"{files} files of the archive, 0.0 MB of 2 days, would be joined into 2",)


def test_young_batches_stay_and_so_do_all_where_it_is_switched_off(settings: Settings) -> None:
    assert _joined(replace(settings, compact_days=0)) is None
    assert _joined(replace(settings, as_of=archived.NOW.replace(day=6))) is None
    done = _joined(replace(settings, as_of=archived.NOW.replace(day=8), compact_days=8))
    assert done is not None
    assert done.days == 1
    assert not (settings.home / "warc" / "2025-07-31").exists()


def test_the_page_of_a_batch_still_tells_when_it_was_loaded(world: Settings, compacted: Settings) -> None:
    for batch in LOADED:
        assert asked_batch(compacted, batch)["loaded_at"] == asked_batch(world, batch)["loaded_at"] is not None


def test_a_backfill_of_joined_files_gives_the_same_articles(world: Settings, after: Settings) -> None:
    def read(settings: Settings) -> tuple[dict[tuple[str, str], bytes], int]:
        request, tally = Request((str(settings.home / "warc"),)), Tally()
        wanted = work.job(settings, request, archived.NOW.date())
        with Sandbox(20) as sandbox:
            parts, _ = dividing.parts(request)
            found = [one for part in parts for one in work.read(part, wanted, sandbox, tally)]
        places = {(a.article_id, a.content_sha256): (a.warc_file, a.warc_offset) for a in found}
        return {k: read_body(settings.home / str(f), o or 0) for k, (f, o) in places.items()}, len(tally.faults)

    whole, _ = read(world)
    assert read(after) == (whole, 0)
    content = bytearray((after.home / JOINED).read_bytes())
    second = joined.read(after.home / JOINED)[1]
    content[second.start + 400 : second.start + 420] = bytes(20)
    (after.home / JOINED).write_bytes(content)
    rest, faults = read(after)
    assert faults == 1
    assert {key: whole[key] for key in rest} == rest
    assert len(rest) >= len(whole) - 2


def test_a_damaged_joined_file_is_saved_and_its_batches_stay_apart(after: Settings) -> None:
    before, path = _answers(after.home), after.home / JOINED
    second = joined.read(path)[1]
    content = bytearray(path.read_bytes())
    content[second.start - 30 : second.start - 20] = bytes(10)  # the record that tells whose the piece is
    path.write_bytes(content)
    (found,) = [one for one in examine(after, only=["archive"], repair=True).found if one.where == JOINED]
    assert "cannot be read" in found.what
    assert _answers(after.home) == before
    assert {file for *_, file, _ in _places(after.home)} >= {"warc/2025-07-30/0000.2.warc.gz"}
    assert not path.exists()
    assert [one for one in examine(after, only=["archive", "entries"]).left if one.severity == "error"] == []
    assert set(replaying.batches(after.home)) == set(LOADED)


def test_rows_of_an_older_backup_of_the_lake_find_their_answers_again(world: Settings, after: Settings) -> None:
    wanted = _answers(after.home)
    shutil.rmtree(after.home / "lake")
    shutil.copytree(world.home / "lake", after.home / "lake", copy_function=os.link)
    done = examine(after, only=["archive"], repair=True)
    assert {f"was joined into {JOINED}, and rows name its old place"} <= {one.what for one in done.found}
    assert _answers(after.home) == wanted
    assert done.left == []


def test_a_batch_that_is_collected_again_later_counts_by_its_last_time(after: Settings, world: Settings) -> None:
    folder = after.home / "warc" / LOADED[1]
    shutil.copytree(world.home / "warc" / LOADED[0], folder)
    (folder / batches.LOADED).unlink()
    assert batches.finished(after.home / "warc", LOADED[1])["0001"][0].path == folder / "0001.warc.gz"
    assert _joined(after) is None  # nobody has loaded it
    (folder / batches.LOADED).touch()
    os.utime(folder / batches.LOADED, (0, 0))
    assert _joined(after) is None  # it may be loaded yet
    (folder / batches.LOADED).touch()
    done = _joined(after)
    assert done is not None
    assert (done.into, folder.exists()) == (1, False)
    ((last,),) = [batches.finished(after.home / "warc", LOADED[1])["0001"]]
    assert last.path.name == "0001.warc.gz"
    assert _answers(after.home) == _answers(world.home)


def test_joined_files_end_at_the_size_that_is_set_and_no_room_is_told(
    settings: Settings, world: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 10**6))
        with pytest.raises(StorageError, match=r"2025-07-30: .* take 64 MB more for a moment, and 1 MB are free"):
            steps.run(settings, ["compact"])
    assert archived.tree(settings.home) == archived.tree(world.home)
    steps.run(replace(settings, warc_max_bytes=4_000), ["compact"])
    files = [joined.read(path) for path in sorted((settings.home / "warc" / DAY).iterdir())]
    assert len(files) >= 2
    assert all(sum(piece.size for piece in file[:-1]) < 4_000 for file in files)
    assert all(sum(piece.size for piece in file) >= 4_000 for file in files[:-1])
    assert _answers(settings.home) == _answers(world.home)


def test_old_answers_go_and_those_of_evidence_stay(after: Settings, tmp_path: Path) -> None:
    limited = replace(after, as_of=archived.NOW.replace(year=2026), retention_days=("warc=30",))
    said = query.rows(after.home, f"SELECT DISTINCT article_id FROM ({evidence.ARTICLES})")
    before, rows = _answers(after.home), archived.stored(after.home)
    size = sum(map(len, archived.tree(after.home).values()))
    shutil.copytree(after.home, tmp_path / "rehearsed")
    would = steps.run(replace(limited, home=tmp_path / "rehearsed"), ["archive"], rehearse=True)["archive"].removals[0]
    (done,) = steps.run(limited, ["archive"])["archive"].removals
    assert (would.files, would.kept) == (done.files, done.kept)
    assert done.bytes == size - sum(map(len, archived.tree(after.home).values()))
    left = _answers(after.home)
    assert 0 < len(left) < len(before)
    assert left == {key: before[key] for key in left}
    articles = {key[0] for table, key in before if table == "articles"} & {row["article_id"] for row in said}
    assert articles
    assert articles == {key[0] for table, key in left if table == "articles"} & articles
    assert _without_places(archived.stored(after.home)) | {"removals": []} == _without_places(rows)
    held = {(f, o) for *_, f, o in _places(after.home)}
    for name in archived.tree(after.home):
        for piece in joined.read(after.home / name):
            assert any(file == name and piece.start <= offset < piece.end for file, offset in held), piece
    assert LOADED[0] not in replaying.batches(after.home)
    assert steps.run(limited, ["archive"])["archive"].removals == ()
    assert [one for one in examine(limited, only=["archive"]).left if one.severity == "error"] == []


def test_what_an_interruption_left_of_cutting_old_answers_out_goes_by_the_next_time(
    after: Settings, compacted: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def limited(settings: Settings) -> Settings:
        return replace(settings, as_of=archived.NOW.replace(year=2026), retention_days=("warc=30",))

    def refused(path: Path) -> None:
        raise OSError(13, "Permission denied", str(path))

    whole = limited(_copy(compacted, tmp_path / "whole"))
    steps.run(whole, ["archive"])
    wanted = {one.read_bytes() for one in whole.home.glob("warc/2025-*/*")}
    shutil.copy(
        after.home / JOINED, (after.home / JOINED).with_name("0001.warc.gz")
    )  # written, and no row names it yet
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refused)
        with pytest.raises(StorageError, match="Permission denied"):
            steps.run(limited(after), ["archive"])
    assert _answers(after.home) == _answers(whole.home)
    steps.run(limited(after), ["archive"])
    assert {one.read_bytes() for one in after.home.glob("warc/2025-*/*")} == wanted
    assert _answers(after.home) == _answers(whole.home)
    assert replaying.batches(after.home) == replaying.batches(whole.home)


def test_killed_anywhere_it_loses_nothing_and_the_next_time_ends_it(world: Settings, tmp_path: Path) -> None:
    program = Path(__file__).with_name("killed_compaction.py")
    for part in ("lake", "warc"):
        shutil.copytree(world.home / part, tmp_path / "home" / part)
    shutil.copy(world.home / "warehouse.duckdb", tmp_path / "home")
    done = subprocess.run(
        [sys.executable, str(program), str(tmp_path / "home"), str(tmp_path)],
        capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    attempts = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(attempts) > 12
    assert {attempt["ended"] for attempt in attempts} == {SIGKILL}
    for name in ("answers", "again", "state"):
        assert len({attempt[name] for attempt in attempts}) == 1, name
    assert attempts[0]["answers"] == attempts[0]["again"] != hashlib.sha256().hexdigest()
    assert [attempt["leftovers"] for attempt in attempts if attempt["leftovers"]] == []
