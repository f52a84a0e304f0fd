"""Rows in quarantine made rows of their tables again, and what may not be stored whoever releases it.

Expectations are opinions on what is plausible, and a person may know better. What a table declares is none: a null
where it allows none, a value of another type, a code that no view knows, a fact that cannot be found in its article.
"""

import json
import math
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any, get_args

from media_monitor import tables
from media_monitor.columns import DAY, FLAG, INT, LONG, REAL, TEXT, TEXTS, TIME, Column, Table
from media_monitor.errors import QueryError
from media_monitor.model import Modality, Role, Stance, document_text

Row = Mapping[str, Any]

# By table and column, the values that it may have: those of the model, and by name those of `codes.of(beat)`.
_FIXED: Mapping[str, Mapping[str, Collection[str]]] = {
    "statements": {"stance": get_args(Stance), "role": get_args(Role), "modality": get_args(Modality)},
    "events": {"modality": get_args(Modality)},
}
_OF_BEAT = {"statements": {"claim": "claims"}, "events": {"type": "event_types"}}


def row(quarantined: Row, codes: Mapping[str, Collection[str]]) -> dict[str, Any]:
    """The row of a row of the table `quarantine`, in the types of its own table.

    Raises:
        QueryError: it cannot be stored; the message names row, column and why.
    """
    table = tables.BY_NAME.get(quarantined["table"])
    if table is None:
        raise QueryError(named(quarantined), f"there is no table {quarantined['table']!r}")
    told = json.loads(quarantined["row"])
    unknown = sorted(told.keys() - set(table.names))
    if unknown:
        raise QueryError(named(quarantined), f"column {unknown[0]!r}: table {table.name} has no such column")
    typed = {column.name: _typed(quarantined, column, told.get(column.name)) for column in table.columns}
    for column, values in _known(table, codes).items():
        if typed[column] not in values:
            known = ", ".join(sorted(values)[:8]) + (" …" if len(values) > 8 else "")
            raise QueryError(
                named(quarantined), f"column {column!r}: {typed[column]!r} is not known; known are {known}"
            )
    return typed


def named(quarantined: Row) -> str:
    """How messages name a row in quarantine: id, table and key."""
    return f"{quarantined['quarantine_id']} ({quarantined['table']} {quarantined['row_id']})"


def misfit(fact: Row, article: Row | None) -> str | None:
    """Why the fact cannot stand beside that revision of its article; None where it can."""
    if article is None:
        return (
            "column 'article_id': revision {revision} of article {article_id} is not stored; release it first".format(
                **fact
            )
        )
    if fact["day"] != article["day"]:
        return f"column 'day': {fact['day']} is not the day of its article, {article['day']}"
    text = document_text(article["title"], article["text"])
    if not 0 <= fact["start"] < fact["end"] <= len(text) or text[fact["start"] : fact["end"]] != fact["surface"]:
        return f"column 'surface': the article does not have these words from {fact['start']} to {fact['end']}"
    return None


def _known(table: Table, codes: Mapping[str, Collection[str]]) -> dict[str, Collection[str]]:
    of_beat = {column: codes[name] for column, name in _OF_BEAT.get(table.name, {}).items() if name in codes}
    return {**_FIXED.get(table.name, {}), **of_beat}


def _typed(quarantined: Row, column: Column, value: Any) -> Any:
    if value is None:
        if not column.null:
            raise QueryError(named(quarantined), f"column {column.name!r}: is null, and may not be")
        return None
    try:
        return _READERS[column.type](value)
    except (TypeError, ValueError, OverflowError) as error:
        raise QueryError(
            named(quarantined), f"column {column.name!r}: {value!r} is no value of type {column.type}"
        ) from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # no unpaired surrogates
    return value


def _number(bits: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not -(1 << bits - 1) <= value < 1 << bits - 1:
            raise TypeError
        return value

    return read


def _real(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise TypeError
    return float(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError
    return moment


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise TypeError
    return [_text(one) for one in value]


_READERS: Mapping[Any, Callable[[Any], Any]] = {
    TEXT: _text,
    INT: _number(32),
    LONG: _number(64),
    REAL: _real,
    FLAG: _flag,
    DAY: date.fromisoformat,
    TIME: _moment,
    TEXTS: _texts,
}
