"""The page of the DAGs and their tasks, made from the DAG files: `python -m website.dags_page > docs/dags.md`."""

import inspect
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

HEAD = """# DAGs and their tasks

Made from the files in `dags/` by `python -m website.dags_page > docs/dags.md`. [Architecture](architecture.md) tells
what each stage reads and leaves, [Airflow in production](airflow.md) how to run them.
"""
DAGS = Path(__file__).resolve().parents[1] / "dags"


def page(dags: list[Any]) -> str:
    """The page of these DAGs, Markdown."""
    return HEAD + "".join("".join(_dag(dag)) for dag in sorted(dags, key=lambda dag: str(dag.dag_id)))


def _dag(dag: Any) -> Iterator[str]:
    head, _, told = inspect.cleandoc(dag.doc_md or dag.description or "").partition("\n")
    yield f"\n## {dag.dag_id}\n\n{head.lstrip('# ')}.\n\n{told.strip()}\n\n"
    yield f"Schedule: {_schedule(dag)}. Runs at a time: {dag.max_active_runs}.\n\n"
    yield "| task | after | operator | pool | retries | what it does |\n| --- | --- | --- | --- | --- | --- |\n"
    for task in dag.topological_sort():
        after = ", ".join(f"`{one}`" for one in sorted(task.upstream_task_ids)) or "–"
        mapped = " (mapped)" if task.is_mapped else ""
        kind = task.operator_class if task.is_mapped else type(task)
        told = " ".join(((kind.__doc__ or "").strip().splitlines() or [""])[0].split())
        cells = (f"`{task.task_id}`{mapped}", after, f"`{kind.__name__}`", f"`{task.pool}`", str(task.retries), told)
        yield f"| {' | '.join(cells)} |\n"


def _schedule(dag: Any) -> str:
    told = getattr(dag.timetable, "expression", None)
    return f"`{told}` ({dag.timetable.timezone})" if told else "none, it is started by hand or by another"


def load() -> list[Any]:
    """The DAGs of the folder."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.setdefault("AIRFLOW_HOME", home)
        os.environ.setdefault("AIRFLOW__CORE__LOAD_EXAMPLES", "False")
        from airflow.dag_processing.dagbag import DagBag

        with redirect_stdout(sys.stderr):  # where Airflow's log goes
            return list(DagBag(str(DAGS)).dags.values())


if __name__ == "__main__":
    sys.stdout.write(page(load()))
