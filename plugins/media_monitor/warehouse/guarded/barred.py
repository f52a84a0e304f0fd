"""What a query must not ask: files, the network, settings of DuckDB, and everything that is no reading.

DuckDB itself has no notion of an untrusted user (its security page says so), and a file that it has open stays open to
`COPY TO` and `read_blob` even with `enable_external_access = false`. So the query is looked at as DuckDB parses it, not
as text: one SELECT, which names no function or system view that is not known to be harmless.
"""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any


def _names(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


# Functions that give a table. All others are barred, also those that a later DuckDB brings.
TABLE_FUNCTIONS = _names("""
    duckdb_columns duckdb_constraints duckdb_functions duckdb_keywords duckdb_tables duckdb_types duckdb_views
    generate_series histogram histogram_values icu_calendar_names json_each json_tree pg_timezone_names
    pragma_collations pragma_show pragma_table_info pragma_version range regexp_split_to_table repeat repeat_row
    summary unnest
""")
# Functions that give a value, and tell of the machine, wait, write or run SQL that stands in a text.
FUNCTIONS = _names("""
    current_setting getenv getvariable json_execute_serialized_sql nextval currval setval pg_sleep sleep_ms write_log
    inet_client_addr inet_client_port inet_server_addr inet_server_port pg_conf_load_time pg_postmaster_start_time
""")
VIEWS = _names("duckdb_databases duckdb_logs pg_settings pg_prepared_statements pragma_database_list")
SHOWN = frozenset(("DESCRIBE", "SUMMARY"))
SPECIAL = frozenset(('"tables"', "__show_tables_expanded", ""))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a query is not run, and where: `position` in bytes from its beginning, where that is known."""

    reason: str
    position: int | None = None


def refusal(serialized: str, table_functions: Collection[str]) -> Refusal | None:
    """Why the query that DuckDB's `json_serialize_sql` gave may not run; None where it may.

    `table_functions` are the names, in small letters, of all functions of DuckDB's own that give a table.
    """
    for node in _nodes(json.loads(serialized)):
        found = _of_function(node, table_functions) or _of_view(node) or _of_show(node)
        if found:
            return found
    return None


def is_barred(function: str, table_functions: Collection[str]) -> bool:
    """Whether a function of DuckDB must not be called."""
    return function in FUNCTIONS or (function in table_functions and function not in TABLE_FUNCTIONS)


def _of_function(node: dict[str, Any], table_functions: Collection[str]) -> Refusal | None:
    name = str(node.get("function_name", "")).lower()
    if not is_barred(name, table_functions):
        return None
    return Refusal(f"{name}() may not be called here: it can reach files, settings or the machine", _position(node))


def _of_view(node: dict[str, Any]) -> Refusal | None:
    name = str(node.get("table_name", "")).lower()
    return Refusal(f"{name} may not be read here: it tells of the machine", _position(node)) if name in VIEWS else None


def _of_show(node: dict[str, Any]) -> Refusal | None:
    if node.get("type") != "SHOW_REF" or node["show_type"] in SHOWN or node["table_name"] in SPECIAL:
        return None
    return Refusal(f"SHOW {node['table_name']} is not allowed here; SHOW TABLES and DESCRIBE are")


def _position(node: dict[str, Any]) -> int | None:
    place = node.get("query_location", -1)
    return place if 0 <= place < 2**31 else None


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of the tree, in the order of the text where that matters, whatever its depth."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(reversed(list(one.values())))
        elif isinstance(one, list):
            waiting.extend(reversed(one))
