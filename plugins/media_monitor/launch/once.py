"""Runs the `media_monitor` DAG once in this process, without a scheduler, and prints what came of it."""

import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from media_monitor import consistency
from media_monitor.beat import Beat
from media_monitor.config import Settings, variables
from media_monitor.launch import home
from media_monitor.launch.samples import ON_LOOPBACK, serving
from media_monitor.report.printed import run as report
from media_monitor.report.printed.terminal import Terminal

PORT = 8080  # nothing listens there in this mode; Airflow wants an address in its settings


def run(feeds: Path | None, var: Path) -> int:
    """The exit code of one run over `feeds` (an OPML file), or over the beat's samples when None.

    Samples and live feeds have a data folder each, so that invented outlets never stand in a real ledger; so have the
    samples of each beat.
    """
    terminal = os.fdopen(os.dup(1), "w", encoding="utf-8")  # stays the terminal while output goes to the log
    console = Terminal(file=terminal)
    settings = _settings(feeds, var)
    if feeds:
        consistency.feeds_of(settings)  # a fault in the file is told at once, by its line
    started = time.monotonic()
    source = nullcontext() if feeds else serving(Beat.load(settings.beat).folder / "samples", var / "samples.opml")
    with source:
        os.environ.update(home.environment(var, PORT) | _own_environment(settings))
        log = var / "run.log"
        with console.status("Starting Airflow") as status, _output_to(log):
            home.prepare()
            outcome = _run_dag(status)
    if outcome["state"] != "success":
        report.print_tasks(console, outcome["tasks"])
        console.print(f"The DAG run ended as {outcome['state']}. {_reason(log)}", style="bold red", markup=False)
        console.print(f"Airflow's log: {log}")
        return 1
    report.print_tasks(console, outcome["tasks"])
    report.print_run(console, settings, outcome["batch"], outcome["loaded"])
    console.print(
        f"\nDone in {time.monotonic() - started:.0f} s. Data: {settings.home}. Airflow's log: {log}", style="dim"
    )
    command = os.path.relpath(Path(sys.executable).with_name("media-monitor"))
    console.print(
        f"Look at it: {command} --home {os.path.relpath(settings.home)} serve",
        style="bold",
        highlight=False,
        soft_wrap=True,
    )
    return 0


def _settings(feeds: Path | None, var: Path) -> Settings:
    if feeds:
        return Settings.load(home=var / "live", feeds=feeds.resolve())
    beat = Beat.load(Settings.load().beat)
    as_of = beat.settings.get("samples", {}).get("as_of")
    folder = "samples" if beat.name == Settings().beat else f"samples-{beat.name}"
    return Settings.load(home=var / folder, feeds=var / "samples.opml", as_of=as_of, **ON_LOOPBACK)


def _own_environment(settings: Settings) -> dict[str, str]:
    """The variables by which the tasks read these settings."""
    names = ("home", "feeds", "private_addresses", "host_spacing_seconds")
    as_of = {"as_of": settings.as_of.isoformat()} if settings.as_of else {}
    return variables({name: getattr(settings, name) for name in names} | as_of)


def _run_dag(status: Any) -> dict[str, Any]:
    """State, tasks, batch and the load's result of one run of the DAG through `dag.test()`."""
    from airflow.dag_processing.dagbag import DagBag

    from media_monitor import pipeline

    dag = DagBag(str(home.CHECKOUT / "dags")).get_dag("media_monitor")
    done = threading.Event()
    watcher = threading.Thread(target=_show_progress, args=(status, done), daemon=True)
    watcher.start()
    try:
        run = dag.test(run_conf={"force": True})
    finally:
        done.set()
        watcher.join()
    order = [task.task_id for task in dag.topological_sort()]
    instances = sorted(run.get_task_instances(), key=lambda ti: (order.index(ti.task_id), ti.map_index))
    return {
        "state": str(run.state.value if hasattr(run.state, "value") else run.state),
        "batch": pipeline.batch_id(run.run_after, run.run_id),
        "tasks": [(ti.task_id, ti.map_index, str(ti.state), ti.duration) for ti in instances],
        "loaded": next((ti.xcom_pull("load") for ti in instances if ti.task_id == "load"), None),
    }


def _show_progress(status: Any, done: threading.Event) -> None:
    """Names the task that runs, until `done`."""
    from airflow import settings
    from airflow.models.taskinstance import TaskInstance
    from sqlalchemy import select

    while not done.wait(0.3):
        with settings.Session() as session:  # type: ignore[misc]
            running = session.scalars(select(TaskInstance.task_id).where(TaskInstance.state == "running")).first()
        if running:
            status.update(f"Running the DAG media_monitor: {running}")


def _reason(log: Path) -> str:
    """The last error that the log tells of, in its own words."""
    told = re.findall(r"^(?:[\w.]*\.)?\w*Error: .+$", log.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
    return told[-1] if told else "The log says why."


@contextmanager
def _output_to(log: Path) -> Iterator[None]:
    """What the process and its libraries print goes to `log` meanwhile; rich keeps the terminal it was given."""
    log.parent.mkdir(parents=True, exist_ok=True)
    sys.stdout.flush()
    sys.stderr.flush()
    saved = os.dup(1), os.dup(2)
    with log.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            yield
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os.dup2(saved[0], 1)
            os.dup2(saved[1], 2)
            os.close(saved[0])
            os.close(saved[1])
