"""A Jupyter notebook as a page: its words, its code, and what it printed."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def page(notebook: Path, pictures: Path) -> str:
    """The page, Markdown; pictures of its outputs are written into that folder."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "\n".join(part for number, cell in enumerate(cells) for part in _cell(cell, number, pictures))


def _cell(cell: dict[str, Any], number: int, pictures: Path) -> Iterator[str]:
    source = "".join(cell["source"])
    yield f"{source}\n" if cell["cell_type"] == "markdown" else f"```python\n{source}\n```\n"
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        if "image/png" in data:
            name = f"notebook-{number}.png"
            (pictures / name).write_bytes(base64.b64decode("".join(data["image/png"])))
            yield f"![What the cell above draws](images/{name})\n"
        elif text := "".join(data.get("text/plain", output.get("text", ""))).rstrip():
            yield f"```text\n{text}\n```\n"
