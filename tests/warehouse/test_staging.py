from pathlib import Path

import pytest
from tests.warehouse import rows

from media_monitor.errors import CorruptFileError, StorageError
from media_monitor.warehouse import staging

ARTICLES = rows.batch(rows.article("one", "2025-04-28"))
FEWER = {"articles": ARTICLES["articles"].slice(0, 0)}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    staging.write(tmp_path, "run", "settle", ARTICLES)
    found = staging.read(tmp_path, "run", "settle")
    assert found.keys() == ARTICLES.keys()
    assert all(found[name].equals(ARTICLES[name]) for name in ARTICLES)


def test_a_stage_replaces_its_earlier_result_as_a_whole(tmp_path: Path) -> None:
    staging.write(tmp_path, "run", "settle", ARTICLES)
    staging.write(tmp_path, "run", "settle", FEWER)
    found = staging.read(tmp_path, "run", "settle")
    assert list(found) == ["articles"]
    assert found["articles"].num_rows == 0


def test_a_half_written_folder_does_not_exist(tmp_path: Path) -> None:
    left = tmp_path / "batches" / "run" / ".settle.new"
    left.mkdir(parents=True)
    (left / "articles.parquet").write_bytes(b"half")
    assert not staging.exists(tmp_path, "run", "settle")
    staging.write(tmp_path, "run", "settle", ARTICLES)
    assert staging.read(tmp_path, "run", "settle")["articles"].num_rows == 1


def test_a_stage_without_result_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="stage 'settle' of batch 'run' has no result"):
        staging.read(tmp_path, "run", "settle")


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    staging.write(tmp_path, "run", "settle", ARTICLES)
    file = tmp_path / "batches" / "run" / "settle" / "articles.parquet"
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(CorruptFileError, match=r"settle/articles\.parquet: cannot be read"):
        staging.read(tmp_path, "run", "settle")


@pytest.mark.parametrize("batch", ["scheduled__2025-04-28T10:15:00+00:00", "a/b", "..", ".hidden", "ключ"])
def test_any_run_id_is_a_folder_of_its_own(tmp_path: Path, batch: str) -> None:
    staging.write(tmp_path, batch, "settle", ARTICLES)
    staging.write(tmp_path, "other", "settle", FEWER)
    assert staging.read(tmp_path, batch, "settle")["articles"].num_rows == 1
    assert len(list((tmp_path / "batches").iterdir())) == 2
    staging.discard(tmp_path, batch)
    assert not staging.exists(tmp_path, batch, "settle")
    assert staging.exists(tmp_path, "other", "settle")


def test_discard_leaves_nothing_and_may_be_repeated(tmp_path: Path) -> None:
    staging.write(tmp_path, "run", "settle", ARTICLES)
    staging.discard(tmp_path, "run")
    staging.discard(tmp_path, "run")
    assert list((tmp_path / "batches").iterdir()) == []


def test_batches_and_their_stages_are_listed_in_order(tmp_path: Path) -> None:
    assert staging.batches(tmp_path) == []
    assert staging.stages(tmp_path, "none") == []
    for batch, stage in (("b/2", "settle"), ("b1", "settle"), ("b1", "collect-0000")):
        staging.write(tmp_path, batch, stage, ARTICLES)
    (tmp_path / "batches" / "b1" / ".extract.new").mkdir()
    assert staging.batches(tmp_path) == ["b/2", "b1"]
    assert staging.stages(tmp_path, "b1") == ["collect-0000", "settle"]
