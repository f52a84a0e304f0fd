from tests.warehouse.example import FEEDS

from media_monitor.beat import Beat
from media_monitor.warehouse import reference


def test_the_shipped_beat_fills_the_tables() -> None:
    beat = Beat.load("dprk_russia")
    made = reference.tables(beat, FEEDS)
    assert {name: made[name].schema for name in made} == {t.name: t.schema for t in reference.TABLES}
    assert made["claims"]["claim"].to_pylist() == list(beat.claims)
    assert made["entities"].num_rows == len(beat.entities)
    assert made["feeds"]["feed_id"].to_pylist() == [feed.feed_id for feed in FEEDS]
    assert made["claims"]["parties"].to_pylist()[0] == list(next(iter(beat.claims.values())).parties)
