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
_DECISIONS = """
## Release and discard

A row in quarantine waits until somebody decides. `media-monitor quarantine` and the page `/quality/quarantine` do the
same:

```sh
media-monitor quarantine list --expectation published_not_in_future  # --batch, --table, --state, --json …
media-monitor quarantine show 21eb21ea                                # content, article, decisions, what keeps it out
media-monitor quarantine release 21eb21ea --reason "the clock of the server was wrong"
media-monitor quarantine discard --batch 20250428T101500Z-3f2a81c0 --reason "test feed"
media-monitor quarantine reopen 21eb21ea                              # takes either back
```

**Released**, the row is in its table as if it had passed: an article gets a story and brings the facts that waited
only because of it (`--no-facts` leaves them), a statement counts in the ledger. Nothing is sent at once. What this
makes news, such as a first confirmation, is found by the next load and goes out with `alert`, as ever.

**Refused**, with row and column, is what the table cannot hold: a null where none may be, a value of another type, a
number that is none, a stance, role, modality, claim or event type that nobody knows, a fact whose article is not
stored (release that first), lies on another day, or does not have the fact's words at its span, and a row whose key
another row has by now. The rest of a choice goes through; the command ends with 1 where a row was refused.

**Discarded**, the row stays in quarantine and waits for nobody. **Reopened**, it waits again; one that was released
leaves its table, an article with its facts, and alerts on what it said are told as withdrawn by the next load. A row
that was replaced since stays.

Every decision is a row of the table `quarantine_decisions` (who, when, why; the last counts), stored in one merge
with what it changes: a killed release has happened or has not, and asking again changes nothing. Decisions outlast
`rebuild`, a later load of the same batch, and the same row when a feed gives it again; `replay` takes them along. The
view [`quarantine_state`](sql.md#quarantine_state) has each row with its state.
"""
_MOST_VALUES = 20


def page(folder: Path) -> str:
    """The page of the suites in the folder, Markdown.

    Raises:
        BeatError: a suite is missing or faulty.
    """
    parameters = "".join(f"| `{name}` | {doc} |\n" for name, doc in PARAMETERS.items())
    sections = "".join(_section(folder, table) for table in CHECKED)
    return _HEAD + _DECISIONS + sections + _PARAMETERS_HEAD + parameters


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
