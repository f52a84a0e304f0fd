"""The beat that a data folder belongs to: that of the articles in its lake."""

from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from media_monitor import tables
from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.errors import SettingError
from media_monitor.warehouse import places

_BEAT = "beat"


def beat_of(home: Path) -> str | None:
    """The name of the beat; None while the lake has no article that was read for one. Files that cannot be read are
    passed over: whoever reads or merges them tells of it."""
    for folder in sorted((places.lake(home) / tables.ARTICLES.name).glob("day=*")):  # an entry, not a file each
        if places.day_of(folder.name) and (found := _beat_in(folder / places.PART)):
            return found
    return None


def check(settings: Settings) -> None:
    """Refuses a data folder of another beat.

    Raises:
        SettingError: the folder holds another beat.
    """
    held, asked = beat_of(settings.home), Beat.load(settings.beat).name
    if held not in (asked, None):
        raise SettingError(
            f"data folder {settings.home}",
            f"holds the beat {held!r}, and this is {asked!r}: a folder belongs to one beat. Choose another folder "
            f"for {asked} by --home or MEDIA_MONITOR_HOME, or work on {held} by --beat or MEDIA_MONITOR_BEAT",
        )


def _beat_in(path: Path) -> str | None:
    try:
        file = parquet.ParquetFile(path)
        if _BEAT not in file.schema_arrow.names:
            return None
        rows = (row[_BEAT] for batch in file.iter_batches(batch_size=100, columns=[_BEAT]) for row in batch.to_pylist())
        return next((beat for beat in rows if beat), None)
    except (pa.ArrowException, OSError):
        return None
