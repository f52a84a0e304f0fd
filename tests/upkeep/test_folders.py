"""Old files beside the lake: what goes, what stays, and that an interruption is made good."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from tests.upkeep import years
from tests.warehouse import rows

from media_monitor import pipeline
from media_monitor.config import Settings
from media_monitor.errors import StorageError
from media_monitor.upkeep import answers, folders, repoint, steps
from media_monitor.warehouse import lake, query, staging

EVIDENCE, OTHER = years.SAID.warc_file, years.IDLE.warc_file
assert EVIDENCE
assert OTHER


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, as_of=years.NOW, semantic="off")


def _aged(path: Path, days: int) -> Path:
    for found in (*path.rglob("*"), path):
        moment = (years.NOW - timedelta(days=days)).timestamp()
        os.utime(found, (moment, moment))
    return path


def test_stages_that_nobody_wrote_to_for_long_go_and_others_stay(settings: Settings) -> None:
    for batch, days in (("forgotten", 15), ("waiting", 13)):
        staging.write(settings.home, batch, "settle", rows.batch(rows.article("one", years.NEW)))
        _aged(settings.home / "batches" / batch, days)
    cut = settings.home / "batches" / ".killed.new"
    cut.mkdir()
    _aged(cut, 15)
    (found,) = steps.run(settings, ["batches"])["batches"].removals
    assert (found.files, found.bytes > 0) == (4, True)
    assert staging.batches(settings.home) == ["waiting"]
    assert not cut.exists()
    assert steps.run(settings, ["batches"]) == {"batches": steps.Done()}


def test_messages_go_and_the_record_that_they_were_sent_stays(settings: Settings) -> None:
    for folder, name in (("messages", "old"), ("messages", "new"), ("outbox", "old")):
        path = settings.home / folder / f"{name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}")
        _aged(path, 401 if name == "old" else 399)
    rehearsed = folders.messages(settings.home, 400, years.NOW, rehearse=True)
    assert rehearsed is not None
    assert (settings.home / "messages" / "old.json").exists()
    assert folders.messages(settings.home, 400, years.NOW) == rehearsed
    left = {str(path.relative_to(settings.home)) for path in settings.home.rglob("*.json")}
    assert left == {"messages/new.json", "outbox/old.json"}


@pytest.fixture
def archived(tmp_path: Path) -> Settings:
    settings = years.home(tmp_path)
    young = "warc/20260530T100000Z-bb/0000.warc.gz"
    for name in (EVIDENCE, OTHER, young):
        path = settings.home / str(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"answer")
        (path.parent / pipeline.LOADED).touch()
    return Settings(home=tmp_path, as_of=years.NOW, semantic="off", retention_days=("warc=30",))


def _archive(settings: Settings) -> set[str]:
    return {p.relative_to(settings.home).as_posix() for p in (settings.home / "warc").rglob("*") if p.is_file()}


YOUNG = {"warc/20260530T100000Z-bb/0000.warc.gz", "warc/20260530T100000Z-bb/loaded"}


def test_archives_go_but_for_evidence_and_no_row_points_at_what_is_gone(archived: Settings) -> None:
    before = lake.read(archived.home, "articles")
    (found,) = steps.run(archived, ["archive"])["archive"].removals
    assert (found.files, found.kept) == (2, 1)
    assert _archive(archived) == {EVIDENCE, *YOUNG}
    for table in repoint.NAMING:
        for row in lake.read(archived.home, table.name).to_pylist():
            assert row["warc_file"] is None or (archived.home / row["warc_file"]).exists()
    said = query.rows(
        archived.home, "SELECT warc_file, warc_offset FROM articles WHERE article_id = 'said' AND revision = 1"
    )
    assert said == [{"warc_file": EVIDENCE, "warc_offset": 512}]
    others = [name for name in before.column_names if not name.startswith("warc")]
    assert lake.read(archived.home, "articles").select(others).equals(before.select(others))
    assert steps.run(archived, ["archive"]) == {"archive": steps.Done()}


def test_an_archive_that_could_not_be_removed_is_removed_by_the_next_time(
    archived: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> None:
        raise OSError(13, "Permission denied", OTHER)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refused)
        with pytest.raises(StorageError, match="Permission denied"):
            answers.remove(archived.home, 30, years.NOW)
    assert OTHER in _archive(archived)
    assert query.rows(archived.home, "SELECT count(warc_file) AS n FROM articles WHERE article_id = 'idle'")
    steps.run(archived, ["archive"])
    assert _archive(archived) == {EVIDENCE, *YOUNG}
