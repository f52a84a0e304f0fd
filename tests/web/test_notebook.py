"""The notebook of the docs runs, on the samples, and gives what it shows."""

import base64
import re

import nbformat
import pytest
from nbformat import NotebookNode
from tests.web import notebook as run

STORED = nbformat.read(run.PATH, as_version=4)
IMAGE = "image/png"


@pytest.fixture(scope="module")
def again(loaded) -> NotebookNode:
    return run.executed(loaded.home)


def _texts(notebook: NotebookNode) -> list[list[str]]:
    outputs = [cell.get("outputs", []) for cell in notebook.cells]
    return [[output.get("text") or output.data["text/plain"] for output in of_cell] for of_cell in outputs]


def test_it_gives_what_is_stored(again):
    assert _texts(again) == _texts(STORED), "run `python -m tests.web.notebook`"


def test_its_charts_are_pictures(again):
    def pictures(notebook: NotebookNode) -> list[int]:
        found = [o.data[IMAGE] for c in notebook.cells for o in c.get("outputs", []) if IMAGE in o.get("data", {})]
        return [len(base64.b64decode(one)) for one in found if base64.b64decode(one).startswith(b"\x89PNG")]

    assert len(pictures(STORED)) == 2
    for stored, made in zip(pictures(STORED), pictures(again), strict=True):
        assert 0.5 < made / stored < 2  # fonts differ from machine to machine


def test_nothing_in_it_tells_of_a_machine_or_an_hour():
    text = run.PATH.read_text(encoding="utf-8")
    assert not re.search(r"/home/|/root|/tmp|/Users/|/var/folders|execution\"?: ?{|iopub|0x[0-9a-f]{8}", text)
    assert STORED.metadata.language_info == {"name": "python"}
    assert all(output.output_type != "error" for cell in STORED.cells for output in cell.get("outputs", []))
    counts = [cell.execution_count for cell in STORED.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))


def test_its_links_lead_to_pages_of_the_docs():
    prose = "\n".join(cell.source for cell in STORED.cells if cell.cell_type == "markdown")
    links = re.findall(r"\]\(([\w./-]+)", prose)
    assert links
    assert [link for link in links if not (run.PATH.parent / link).exists()] == []
