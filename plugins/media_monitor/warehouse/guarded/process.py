"""The process that runs one query: reads a request from its standard input, writes the answer, and ends.

It has no environment, may write no file, and is ended by the operating system when its time or memory is used up,
whatever it hangs in. DuckDB in it is read-only, may spill nothing to disk, and its settings are locked.
"""

import contextlib
import json
import os
import re
import resource
import signal
import sys
from collections.abc import Iterator
from typing import Any

import duckdb

from media_monitor.warehouse.guarded import barred
from media_monitor.warehouse.guarded.cells import Cutter

TOO_MUCH = "needs more memory than a query may have"
TOO_DEEP = "is nested too deeply"
MOST_SQL = 100_000  # characters
_LONGEST_MESSAGE = 500
_LONGEST_NAME = 200  # characters of a column's name or type
_AT_ONCE = 200  # rows
_OWN_MEMORY = 1536  # MB of addresses that Python and DuckDB take before they hold any data
_TABLE_FUNCTIONS = """
    SELECT DISTINCT lower(function_name) FROM duckdb_functions()
    WHERE internal AND function_type IN ('table', 'table_macro', 'pragma')
"""
_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
_EXPLAIN = re.compile(r"\s*EXPLAIN\s+(ANALYZE\s+)?(?=\w|\()", re.IGNORECASE)


class RefusedError(Exception):
    """The query may not run, or does not; `position` in bytes of the query."""

    def __init__(self, reason: str, position: int | None = None) -> None:
        super().__init__(reason)
        self.position = position


def serve() -> None:
    """Answers the request on the standard input."""
    request = json.load(sys.stdin)
    _limit(request["seconds"], request["memory_mb"])
    try:
        answer = _answer(request)
    except RefusedError as refused:
        answer = {"error": str(refused), "position": refused.position}
    except duckdb.Error as error:
        answer = _told(error, 0)
    except MemoryError:
        answer = {"error": TOO_MUCH, "position": None}
    json.dump(answer, sys.stdout, ensure_ascii=True)
    sys.stdout.flush()
    os._exit(0)  # without waiting for what DuckDB still has under way


def _limit(seconds: float | None, memory_mb: int | None) -> None:
    if seconds is not None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # nobody handles it, so that it ends the process
        signal.setitimer(signal.ITIMER_REAL, seconds)
        os.nice(5)  # the page itself comes first
    if memory_mb is not None:
        most = (memory_mb * 2 + _OWN_MEMORY) * 1024**2
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(kind, (0, 0))


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    with contextlib.closing(_opened(request)) as connection:
        sql, skipped, named = _checked(connection, request["sql"])
        given = request["parameters"]
        missing = sorted(named - given.keys())
        if missing:
            raise RefusedError(f"needs a value for ${missing[0]}")
        most = request["rows"]
        head = _HEAD if most is not None and not _EXPLAIN.match(sql) else ""
        tail = f"\n) LIMIT {most + 1}" if head else ""
        try:
            found = connection.execute(f"{head}{sql}{tail}", {name: given[name] for name in named} or None)
            described = found.description or []
            rows, more, cut = _taken(_rows(found), most, Cutter(request["longest_cell"]), request["most_characters"])
        except duckdb.Error as error:
            return _told(error, len(head) - skipped)
    return {
        "columns": [one[0][:_LONGEST_NAME] for one in described],
        "types": [str(one[1])[:_LONGEST_NAME] for one in described],
        "rows": rows,
        "more": more,
        "cut": cut,
    }


_HEAD = "SELECT * FROM (\n"  # makes DuckDB stop, and sort no more than it must, where only some rows are asked for


def _opened(request: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    config = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "allow_persistent_secrets": False,
        "enable_external_access": False,
        "errors_as_json": True,
        "max_temp_directory_size": "0B",
        "python_enable_replacements": False,
        "temp_directory": "",
        "threads": request["threads"],
    }
    if request["memory_mb"] is not None:
        config["memory_limit"] = f"{request['memory_mb']}MB"
    connection = duckdb.connect(request["path"], read_only=True, config=config)
    for setting in (
        "TimeZone = 'UTC'",
        "enable_progress_bar = false",
        "show_behavior = 'table'",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}").fetchall()
    return connection


def _checked(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[str, int, set[str]]:
    """The query without what ends it and without comments before it, the bytes of these, and its parameters.

    Raises:
        RefusedError: it is not one SELECT, or asks what is barred.
    """
    if len(sql) > MOST_SQL:
        raise RefusedError(f"is longer than {MOST_SQL:,} characters")
    statements = connection.extract_statements(sql)
    if not statements:
        raise RefusedError("there is no query")
    if len(statements) > 1:
        raise RefusedError("one query at a time: there is another after the first ;")
    kind = statements[0].type
    if kind == duckdb.StatementType.MULTI:
        raise RefusedError("PIVOT needs its values here: PIVOT … ON column IN ('a', 'b')")
    if kind not in _READING:
        raise RefusedError(f"only SELECT is allowed here, no {kind.name.replace('_', ' ')}")
    bare = statements[0].query.rstrip().rstrip(";")
    select = _EXPLAIN.sub("", bare, count=1) if kind == duckdb.StatementType.EXPLAIN else bare
    _inspect(connection, select, len(sql[: max(sql.find(select), 0)].encode()))
    return bare, len(sql[: max(sql.find(bare), 0)].encode()), statements[0].named_parameters


def _inspect(connection: duckdb.DuckDBPyConnection, select: str, skipped: int) -> None:
    try:
        (serialized,) = connection.execute("SELECT json_serialize_sql(CAST(? AS VARCHAR))", [select]).fetchall()[0]
        tree = json.loads(serialized)
        known = {name for (name,) in connection.execute(_TABLE_FUNCTIONS).fetchall()}
        if tree.get("error"):
            raise RefusedError(f"only SELECT is allowed here: {tree['error_message']}")
        refusal = barred.refusal(serialized, known)
    except RecursionError:
        raise RefusedError(TOO_DEEP) from None
    if refusal:
        raise RefusedError(refusal.reason, None if refusal.position is None else refusal.position + skipped)


def _rows(found: duckdb.DuckDBPyConnection) -> Iterator[Any]:
    while some := found.fetchmany(_AT_ONCE):
        yield from some


def _taken(
    rows: Iterator[Any], most: int | None, cutter: Cutter, most_characters: int | None
) -> tuple[list[Any], bool, int]:
    """Rows as far as there is room, whether there are more, and how many cells were cut."""
    taken: list[Any] = []
    room = most_characters
    for row in rows:
        if len(taken) == most or (room is not None and room <= 0):
            return taken, True, cutter.cut
        taken.append(cutter.row(row))
        if room is not None:
            room -= len(json.dumps(taken[-1]))
    return taken, False, cutter.cut


def _told(error: duckdb.Error, before: int) -> dict[str, Any]:
    """DuckDB's message on one line, and its place in the query; `before`: bytes that stand before the query."""
    if isinstance(error, duckdb.OutOfMemoryException):
        return {"error": TOO_MUCH, "position": None}
    kind, _, rest = str(error).partition(": ")
    try:
        detail = json.loads(rest)
    except ValueError:
        detail = {"exception_message": rest or kind}
    text = detail["exception_message"]
    if "expression depth" in text:
        return {"error": TOO_DEEP, "position": None}
    message = re.sub(r"!(?= |$)", ".", " ".join(text.split())).removesuffix(".")[:_LONGEST_MESSAGE]
    place = int(detail.get("position", -1)) - before
    return {"error": message, "position": place if place >= 0 else None}


if __name__ == "__main__":
    serve()
