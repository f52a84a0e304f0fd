"""The page of all expectations: `python -m media_monitor.validate.docs > docs/expectations.md`."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from media_monitor.config import Settings
from media_monitor.validate import frames, suites
from media_monitor.validate.codes import PARAMETERS
from media_monitor.validate.suites import Expectation

CHECKED = ("fetches", "articles", "pages", "mentions", "events", "statements")
_HEAD = """# Expectations

Made from the suites in `expectations/` by `python -m media_monitor.validate.docs > docs/expectations.md`;
change the suites and make the page again.

An expectation looks at *rows* or at the *batch*, the table as a whole. Its severity says what follows:

| | critical | warning, info |
| --- | --- | --- |
| row | the row goes to the table `quarantine`, an article with its facts; the rest passes | the row passes |
| batch | nothing of the batch is loaded, and the run says why | the batch passes |

Every result, good or bad, is a row of the table `checks`. Most expectations pass over nulls: what may not be null is
said by an expectation of its own. The names of types and arguments are those of
[Great Expectations](https://docs.greatexpectations.io/), so that a suite can be read, changed and added to
without code: another folder is set by `MEDIA_MONITOR_EXPECTATIONS`.
"""
_PARAMETERS_HEAD = """
## Parameters

Values that a suite cannot know are written `{"$PARAMETER": "name"}`.

| name | what it holds |
| --- | --- |
"""
_MOST_VALUES = 20


def page(folder: Path) -> str:
    """The page of the suites in the folder, Markdown.

    Raises:
        BeatError: a suite is missing or faulty.
    """
    parameters = "".join(f"| `{name}` | {doc} |\n" for name, doc in PARAMETERS.items())
    return _HEAD + "".join(_section(folder, table) for table in CHECKED) + _PARAMETERS_HEAD + parameters


def _section(folder: Path, table: str) -> str:
    lines = [_line(e) for e in suites.read(folder, table).expectations]
    made = [f"| `{h.name}` | {h.doc} |" for h in frames.helpers(table)]
    made.append(f"| `{frames.QUARANTINED}` | whether the row failed a critical expectation |")
    return "\n".join(
        [
            f"\n## {table}\n",
            "| name | looks at | severity | expects | why |",
            "| --- | --- | --- | --- | --- |",
            *lines,
            "\nColumns that are made for the check and not stored:\n",
            "| column | what it holds |",
            "| --- | --- |",
            *made,
            "",
        ]
    )


def _line(e: Expectation) -> str:
    expects = _escaped(f"`{e.readable}` {'; '.join(_arguments(e.kwargs))}".strip())
    return f"| `{e.name}` | {e.scope} | {e.severity} | {expects} | {_escaped(e.notes)} |"


def _arguments(kwargs: Mapping[str, Any]) -> Iterator[str]:
    for key, value in kwargs.items():
        if key == "row_condition":
            yield f"where {_condition(value)}"
        elif key != "ignore_row_if":
            yield f"{key.removesuffix('_value').replace('_', ' ')} {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, dict) and "$PARAMETER" in value:
        return f"*{value['$PARAMETER']}*"
    if isinstance(value, list) and len(value) > _MOST_VALUES:
        return f"one of {len(value)} values"
    if isinstance(value, list):
        return ", ".join(_value(one) for one in value)
    return f"`{value}`" if isinstance(value, str) and value.isprintable() else f"`{json.dumps(value)}`"


def _condition(condition: Mapping[str, Any]) -> str:
    """What rows it holds for: "`relevant` == `true`"."""
    if "conditions" in condition:
        return f" {condition['type']} ".join(_condition(part) for part in condition["conditions"])
    column = f"`{condition['column']['name']}`"
    if condition["type"] == "nullity":
        return f"{column} is {'' if condition['is_null'] else 'not '}null"
    return f"{column} {condition['operator'].lower().replace('_', ' ')} {_value(condition['parameter'])}"


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(page(Settings().expectations))
