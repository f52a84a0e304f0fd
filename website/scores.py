"""The table of published scores per language, from the package's `extract/scores.json`."""

import json
from typing import Any

from media_monitor.config import PACKAGE

FILE = PACKAGE / "extract" / "scores.json"
MARK = "<!-- scores -->"
LAYERS = ("relevant", "entities", "statements", "confirmations", "events")
ELSEWHERE = "The scores stand in [How facts are made](extraction.md#how-good-is-it)."


def table() -> str:
    """Markdown: F1 by language and layer on the first set, measured on its odd half."""
    if not FILE.is_file():
        return ELSEWHERE
    told = json.loads(FILE.read_text(encoding="utf-8"))
    measured = told["sets"][0]
    head = f"| language | documents | {' | '.join(LAYERS)} |\n| --- | --- |{' --- |' * len(LAYERS)}\n"
    languages: dict[str, Any] = measured["extractors"]["rules"]["languages"]
    rows = "".join(_row(code, measured["documents"][code], languages[code]) for code in sorted(languages))
    return (
        f"F1 on `{measured['name']}`, by rules alone, {told['measured_on']}:\n\n{head}{rows}\n    {told['command']}\n"
    )


def _row(code: str, documents: int, layers: dict[str, dict[str, float]]) -> str:
    cells = (f"{layers[one]['f1']:.2f}" if one in layers and layers[one]["f1"] is not None else "–" for one in LAYERS)
    return f"| {code} | {documents} | {' | '.join(cells)} |\n"
