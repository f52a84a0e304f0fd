"""A data folder belongs to one beat: whoever would write into it for another is refused, and told which it is."""

from pathlib import Path

import pytest
from tests.warehouse import rows

from media_monitor import consistency, judging, pipeline, tables
from media_monitor.config import Settings
from media_monitor.errors import SettingError
from media_monitor.warehouse import belonging, lake, places, staging

HELD, OTHER = "dprk_russia", "nord_stream"
ARTICLES = (rows.article("a", "2025-04-28"), rows.article("b", "2025-04-29"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    lake.merge(folder, {"articles": tables.ARTICLES.arrow(ARTICLES)})
    return folder


def files(home: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "write",
    [
        pipeline.plan,
        consistency.rebuild,
        lambda settings: pipeline.load(settings, "batch"),
        lambda settings: judging.acknowledge(settings, "alert"),
    ],
)
def test_who_writes_for_another_beat_is_refused_and_told_what_to_do(home, write):
    staging.write(home, "batch", "validate", {"articles": tables.ARTICLES.arrow([rows.article("c", "2025-04-30")])})
    before = files(home)
    with pytest.raises(SettingError) as refused:
        write(Settings(home=home, beat=OTHER))
    told = str(refused.value)
    assert told.startswith(f"data folder {home}: holds the beat '{HELD}', and this is '{OTHER}'")
    assert [word for word in ("--home", "MEDIA_MONITOR_HOME", "--beat", "MEDIA_MONITOR_BEAT") if word not in told] == []
    assert files(home) == before


def test_its_own_beat_goes_on_and_an_empty_folder_takes_any(home, tmp_path):
    assert pipeline.plan(Settings(home=home, beat=HELD))
    assert pipeline.plan(Settings(home=tmp_path / "empty", beat=OTHER))
    assert belonging.beat_of(tmp_path / "empty") is None


def test_a_damaged_file_does_not_hide_the_beat(home):
    first, second = (path for _, path in places.partitions(home, "articles"))
    first.write_bytes(b"no Parquet")
    assert belonging.beat_of(home) == HELD
    second.unlink()
    assert belonging.beat_of(home) is None
