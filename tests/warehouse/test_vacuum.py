"""Space that the warehouse file does not use is given back, and nothing else changes."""

from pathlib import Path

from tests.warehouse import rows

from media_monitor.warehouse import database, index, lake, places, query, vacuum
from media_monitor.warehouse.vacuum import Space

SCRIPTS = [
    "CREATE OR REPLACE VIEW titles AS SELECT title FROM articles",
    "CREATE OR REPLACE MACRO titles_on(wanted) AS TABLE SELECT title FROM articles WHERE day = wanted",
]


def test_a_file_is_written_anew_where_much_of_it_is_unused() -> None:
    assert not Space(0, 0).worth
    assert not Space(1_000_000_000, 200_000_000).worth
    assert not Space(100_000_000, 60_000_000).worth
    assert Space(200_000_000, 70_000_000).worth


def test_the_file_shrinks_and_holds_what_it_held(tmp_path: Path) -> None:
    lake.merge(tmp_path, rows.batch(rows.article("one", "2025-04-28")))
    index.sync(tmp_path, SCRIPTS, {})
    with database.opened(places.working(tmp_path), read_only=False) as connection:
        connection.execute("CREATE TABLE left_over AS SELECT hash(range) AS n FROM range(2000000)").fetchall()
        connection.execute("CREATE TABLE after_it AS SELECT hash(range) AS n FROM range(500000)").fetchall()
        connection.execute("CHECKPOINT").fetchall()
        connection.execute("DROP TABLE left_over").fetchall()
        connection.execute("CHECKPOINT").fetchall()
    before = vacuum.space(tmp_path)
    assert before.free > 10_000_000
    freed = vacuum.vacuum(tmp_path)
    after = vacuum.space(tmp_path)
    assert after.size == before.size - freed
    assert freed > 10_000_000
    assert places.published(tmp_path).stat().st_size == after.size
    inode = places.published(tmp_path).stat().st_ino
    assert index.sync(tmp_path, SCRIPTS, {}) == []
    assert places.published(tmp_path).stat().st_ino == inode  # nothing was made again
    for sql in ("FROM titles", "FROM titles_on(DATE '2025-04-28')"):
        assert query.rows(tmp_path, sql) == [{"title": "Headline of one"}]
