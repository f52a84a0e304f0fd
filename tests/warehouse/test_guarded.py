"""SQL of people whom one does not trust: each attack is tried, and what it gets is nothing."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from media_monitor.errors import QueryError, WarehouseBusyError
from media_monitor.warehouse import places
from media_monitor.warehouse.guarded import ask, barred
from media_monitor.warehouse.guarded.ask import Limits

LIMITS = Limits(seconds=10, rows=1_000, memory_mb=256, longest_cell=2_000, most_characters=1_000_000)
SHORT = Limits(seconds=1, rows=1_000, memory_mb=256, longest_cell=2_000, most_characters=1_000_000)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guarded")
    with duckdb.connect(places.published(folder)) as connection:
        connection.execute("""
            CREATE TABLE articles AS
            SELECT i AS n, 'title ' || i AS title, DATE '2025-01-01' AS day FROM range(100000) t(i);
            CREATE MACRO since(first, most := 5) AS TABLE SELECT n FROM articles WHERE day >= first::DATE LIMIT 5
        """)
    (folder / "secret.csv").write_text("secret\n")
    return folder


def asked(home: Path, sql: str, limits: Limits = LIMITS, **values: str) -> list[list[object]]:
    return ask.run(home, sql, values, limits).rows


def refused(home: Path, sql: str, limits: Limits = LIMITS) -> str:
    with pytest.raises(QueryError) as caught:
        ask.run(home, sql, {}, limits)
    assert "\n" not in str(caught.value)
    return caught.value.reason


def test_rows_come_with_names_and_types_and_values_of_json(home: Path) -> None:
    sql = """SELECT 1 AS a, 2.5::DECIMAL(4, 1) AS a, DATE '2025-01-01' AS d, [1, NULL] AS l, {'k': 'v'} AS s,
        'nan'::DOUBLE AS f, '\\x00'::BLOB AS b, now() > TIMESTAMPTZ '2020-01-01' AS later"""
    found = ask.run(home, sql)
    assert found.columns == ("a", "a", "d", "l", "s", "f", "b", "later")
    assert found.types[2] == "DATE"
    assert found.rows == [[1, 2.5, "2025-01-01", [1, None], {"k": "v"}, "nan", "00", True]]
    assert list(found.records()[0])[:2] == ["a", "a_2"]


def test_parameters_are_numbers_days_texts_or_nothing(home: Path) -> None:
    assert asked(home, "FROM since($since, most := 3)", since="2025-01-01") == [[0], [1], [2], [3], [4]]
    assert asked(home, "SELECT n FROM articles ORDER BY n LIMIT $n", n="2", unused="x") == [[0], [1]]
    assert asked(home, "SELECT $claim IS NULL, '$other'", claim=" ") == [[True, "$other"]]
    assert refused(home, "SELECT $claim") == "needs a value for $claim"


def test_more_rows_than_the_limit_are_told_and_order_is_kept(home: Path) -> None:
    found = ask.run(home, "SELECT n FROM articles ORDER BY n DESC", {}, LIMITS)
    assert (len(found.rows), found.more, found.rows[0]) == (1_000, True, [99_999])
    assert not ask.run(home, "SELECT n FROM articles LIMIT 1000", {}, LIMITS).more
    assert len(ask.run(home, "SELECT n FROM articles").rows) == 100_000


def test_huge_cells_are_cut_and_say_so(home: Path) -> None:
    found = ask.run(home, "SELECT repeat('x', 1000000) AS big, range(5000) AS list, 'small' AS small", {}, LIMITS)
    text, numbers, small = found.rows[0]
    assert text.endswith("… (cut, of 1,000,000 characters)")
    assert (len(text) < 2_100, len(numbers), small, found.cut) == (True, 200, "small", 2)
    wide = ask.run(home, "SELECT repeat('x', 5000) FROM articles", {}, LIMITS)
    assert wide.more
    assert 400 < len(wide.rows) < 600  # a million characters


def test_names_of_columns_are_cut(home: Path) -> None:
    found = ask.run(home, f"SELECT '{'x' * 50_000}'", {}, LIMITS)
    assert len(found.columns[0]) == 200


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("SELEC 1", 'line 1, column 1: syntax error at or near "SELEC"'),
        ("-- которые\n SELECT 'да',\n  titel FROM articles", "line 3, column 3: Referenced column \"titel\" not found"),
        ("FROM artikles", 'line 1, column 6: Table with name artikles does not exist. Did you mean "articles"?'),
        ("FROM sinc('2025')", 'line 1, column 6: Table Function with name sinc does not exist. Did you mean "since"?'),
        ("EXPLAIN SELECT 'да', getenv('HOME')", "line 1, column 22: getenv() may not be called here"),
        ("", "there is no query"),
        ("SELECT 1; SELECT 2", "one query at a time"),
        ("PIVOT articles ON n", "PIVOT needs its values here"),
        (f"SELECT '{'x' * 100_000}'", "is longer than 100,000 characters"),
        ("SELECT " + "(" * 5_000 + "1" + ")" * 5_000, "is nested too deeply"),
        ("SELECT * FROM (" * 900 + "SELECT 1" + ")" * 900, "is nested too deeply"),
    ],
)  # fmt: skip
def test_errors_are_one_line_with_the_place_and_the_nearest_name(home: Path, sql: str, reason: str) -> None:
    assert refused(home, sql).startswith(reason)


WRITES = (
    "COPY articles TO '{home}/warehouse.duckdb' (USE_TMP_FILE false)",
    "COPY articles TO '{home}/warehouse.duckdb.wal'",
    "EXPORT DATABASE '{home}/out'",
    "INSERT INTO articles VALUES (1, 'x', NULL)",
    "CREATE TEMP TABLE x AS SELECT 1",
    "CREATE MACRO f() AS TABLE SELECT * FROM read_csv('{home}/secret.csv')",
    "CREATE SECRET (TYPE s3)",
    "ATTACH '{home}/other.duckdb'",
    "ATTACH ':memory:' AS other",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET threads = 64",
    "PRAGMA database_list",
    "CALL enable_logging()",
    "PREPARE x AS SELECT 1",
    "CHECKPOINT",
    "USE temp",
)


def test_nothing_but_select_runs_and_the_data_folder_stays_as_it_is(home: Path) -> None:
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    with ThreadPoolExecutor(ask.AT_ONCE) as pool:
        told_of = dict(zip(WRITES, pool.map(lambda sql: refused(home, sql.format(home=home)), WRITES), strict=True))
    assert {sql: told for sql, told in told_of.items() if not told.startswith("only SELECT is allowed here")} == {}
    assert {path.name: path.read_bytes() for path in home.iterdir()} == before


READS = (
    "FROM read_csv('{home}/secret.csv')",
    "FROM system.main.read_csv('{home}/secret.csv')",
    "WITH q AS (FROM \"READ_TEXT\"('{home}/secret.csv')) FROM q",
    "SELECT * FROM articles WHERE EXISTS (FROM read_blob('{home}/warehouse.duckdb'))",
    "SELECT n FROM articles ORDER BY (SELECT size FROM read_blob('{home}/warehouse.duckdb'))",
    "FROM glob('{home}/*')",
    "FROM parquet_metadata('{home}/x')",
    "FROM sniff_csv('{home}/secret.csv')",
    "FROM query('FROM read_csv(''{home}/secret.csv'')')",
    "FROM query_table('articles')",
    "FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
    "SELECT 'HOME'.getenv()",
    "SELECT list_transform(['temp_directory'], lambda x: current_setting(x))",
    "FROM duckdb_settings()",
    "FROM pg_catalog.pg_settings",
    "FROM duckdb_databases",
    "FROM duckdb_databases()",
    "FROM pragma_database_list",
    "FROM duckdb_secrets()",
    "FROM duckdb_extensions()",
    "FROM duckdb_logs",
    "FROM (SHOW DATABASES)",
    "SHOW temp_directory",
    "SELECT sleep_ms(100)",
    "SELECT write_log('x')",
    "SUMMARIZE FROM read_csv('{home}/secret.csv')",
    "EXPLAIN ANALYZE FROM read_csv('{home}/secret.csv')",
)


def test_no_file_setting_or_system_view_is_read(home: Path) -> None:
    with ThreadPoolExecutor(ask.AT_ONCE) as pool:
        told_of = dict(zip(READS, pool.map(lambda sql: refused(home, sql.format(home=home)), READS), strict=True))
    assert {sql: told for sql, told in told_of.items() if "may not be" not in told and "not allowed" not in told} == {}
    for sql in (f"FROM '{home}/secret.csv'", f'FROM "{home}/secret.csv"', "FROM request", "FROM 'https://a.example/x'"):
        assert "does not exist" in (told := refused(home, sql)) or "disabled by configuration" in told


def test_what_an_analyst_needs_is_allowed(home: Path) -> None:
    assert asked(home, "SHOW TABLES") == [["articles"]]
    assert [row[0] for row in asked(home, "DESCRIBE articles")] == ["n", "title", "day"]
    assert len(asked(home, "SUMMARIZE articles")) == 3
    assert asked(home, "SELECT table_name FROM information_schema.tables") == [["articles"]]
    assert asked(home, "FROM articles PIVOT (count(*) FOR day IN ('2025-01-01')) LIMIT 1")
    assert asked(home, "EXPLAIN FROM articles")
    assert asked(home, "SELECT unnest([1, 2]) UNION ALL FROM range(1)") == [[1], [2], [0]]


def test_every_function_of_duckdb_that_gives_a_table_was_looked_at() -> None:
    """Fails when a new DuckDB brings one: it is barred until somebody adds it to the list."""
    with duckdb.connect() as connection:
        kinds = connection.execute("SELECT lower(function_name), function_type FROM duckdb_functions()").fetchall()
    tables = {name for name, kind in kinds if kind in ("table", "table_macro", "pragma")}
    values = {name for name, _ in kinds}
    assert barred.TABLE_FUNCTIONS - {"unnest", "regexp_split_to_table"} <= tables
    assert barred.FUNCTIONS - {"getenv"} <= values  # which only DuckDB's own shell has
    assert [name for name in values if "read_" in name and not barred.is_barred(name, tables)] == []
    suspicious = ("file", "glob", "secret", "env", "log_", "attach", "setting", "extension", "sleep", "scan", "http")
    left = sorted(n for n in values if any(s in n for s in suspicious) and not barred.is_barred(n, tables))
    assert left == ["parse_duckdb_log_message", "parse_filename"]


ENDLESS = (
    "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
    "SELECT regexp_replace(repeat('ab', 100000000), '(a|b)(b|a)', '\\2\\1\\2\\1', 'g')",
    "SELECT levenshtein(repeat('a', 1000000), repeat('b', 1000000))",
    "SELECT list_reduce(range(100000000), lambda x, y: x + y)",
    "SELECT lpad('x', 2000000000, 'y')",
    "SELECT sum(a.range * b.range) FROM range(1000000000) a, range(1000000000) b WHERE a.range <> b.range",
    "WITH a0 AS (FROM articles), "
    + ", ".join(f"a{i} AS (SELECT x.n FROM a{i - 1} x, a{i - 1} y)" for i in range(1, 30))
    + " FROM a29",
)


def test_what_does_not_end_is_ended_and_holds_nobody_up(home: Path) -> None:
    started = time.monotonic()
    with ThreadPoolExecutor(ask.AT_ONCE) as pool:
        told = list(pool.map(lambda sql: refused(home, sql, SHORT), ENDLESS))
    assert all("was stopped: it took longer than 1 s" in one or "more memory" in one for one in told), told
    assert sum("took longer" in one for one in told) >= 4
    assert time.monotonic() - started < 20
    assert asked(home, "SELECT 1") == [[1]]


GREEDY = (
    "SELECT repeat('x', 2000000000)",
    "SELECT range(1000000000)",
    "SELECT array_agg(range) FROM range(1000000000)",
    "SELECT string_agg(repeat('x', 1000), '') FROM range(100000000)",
    "SELECT count(DISTINCT a.range || b.range) FROM range(10000) a, range(100000) b",
    "SELECT format('{:>2000000000}', 'x')",
    "SELECT json_extract(repeat('[', 10000000), '$')",
)


def test_what_takes_too_much_memory_is_ended_and_nothing_goes_to_disk(home: Path) -> None:
    with ThreadPoolExecutor(ask.AT_ONCE) as pool:
        told = list(pool.map(lambda sql: refused(home, sql), GREEDY))
    assert [one for one in told if not ("memory" in one or "allocat" in one.lower() or "longer" in one)] == []
    assert sorted(path.name for path in home.iterdir()) == ["secret.csv", "warehouse.duckdb"]


def test_only_some_queries_run_at_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "_PATIENCE", 0.2)
    slow = Limits(seconds=2, rows=1, memory_mb=256)
    threads = [threading.Thread(target=refused, args=(home, ENDLESS[0], slow)) for _ in range(ask.AT_ONCE)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    with pytest.raises(WarehouseBusyError, match="4 queries are under way; try again"):
        ask.run(home, "SELECT 1", {}, slow)
    for thread in threads:
        thread.join()
    assert asked(home, "SELECT 1") == [[1]]


def test_the_environment_of_the_server_is_not_that_of_the_query(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_SECRET", "hidden")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(refused, home, ENDLESS[0], SHORT)
        environments = list(_children())
        while not environments and not running.done():
            environments = list(_children())
        running.result()
    assert environments
    assert all(b"hidden" not in one for one in environments)


def _children() -> list[bytes]:
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if b"guarded.process" in (path / "cmdline").read_bytes():
                found.append((path / "environ").read_bytes())
        except OSError:  # it ended meanwhile, or is somebody else's
            continue
    return [one for one in found if one]


def test_before_the_first_run_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="has no warehouse yet: run `media-monitor run` first"):
        ask.run(tmp_path, "SELECT 1")
    assert list(tmp_path.iterdir()) == []
