"""Runs docs/notebook.ipynb on a data folder.

After a change of its cells or of what the samples give: `PYTHONPATH=.:plugins python -m tests.web.notebook` loads the
samples, without the sentence encoder, and writes the outputs again.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from tests.web.samples import loaded
from traitlets.config import Config

PATH = Path(__file__).resolve().parents[2] / "docs" / "notebook.ipynb"


def executed(home: Path) -> NotebookNode:
    """The notebook with the outputs that it gives on the data folder; nothing in it tells of this machine or hour."""
    notebook = nbformat.read(PATH, as_version=4)
    # A kernel on sockets of the file system: nobody else can speak to it.
    client = NotebookClient(notebook, timeout=120, config=Config({"KernelManager": {"transport": "ipc"}}))
    with TemporaryDirectory() as own, patch.dict(os.environ, {"JUPYTER_RUNTIME_DIR": own}):
        # No colours and no user's configuration: the same outputs everywhere.
        told = {"HOME": own, "IPYTHONDIR": own, "NO_COLOR": "1", "TZ": "Asia/Seoul", "MEDIA_MONITOR_HOME": str(home)}
        client.execute(env={"PATH": "/usr/bin:/bin", "JUPYTER_RUNTIME_DIR": own, **told})
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


def write(notebook: NotebookNode) -> None:
    """Stores it, in the form that git compares well."""
    nbformat.write(notebook, PATH)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        write(executed(loaded(Path(folder)).home))
