"""The DAG files: they parse, are listed here, explain themselves, and stay light to import."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.backfill import archive
from tests.metrics.receivers import otlp

from media_monitor.upkeep import steps
from media_monitor.warehouse import lake

CHECKOUT = Path(__file__).resolve().parents[2]
DAGS = {
    "backfill_dag.py": {"backfill"},
    "media_monitor_dag.py": {"media_monitor"},
    "upkeep_dag.py": {"media_monitor_upkeep"},
}

INSPECT = """
import json
from airflow.dag_processing.dagbag import DagBag
from website import dags_page
bag = DagBag("dags")
print(json.dumps({
    "errors": bag.import_errors,
    "page": dags_page.page(list(bag.dags.values())),
    "dags": {
        dag.dag_id: {
            "file": dag.fileloc.rsplit("/", 1)[-1],
            "doc": dag.doc_md,
            "tags": sorted(dag.tags),
            "runs": dag.max_active_runs,
            "order": [t.task_id for t in dag.topological_sort()],
            "tasks": {t.task_id: [t.pool, t.retries, t.retry_policy is not None] for t in dag.tasks},
            "ends": [t.task_id for t in sorted(dag.leaves, key=lambda t: -t.priority_weight)],
        }
        for dag in bag.dags.values()
    },
}))
"""

IMPORTS = """
import json, sys
sys.path.insert(0, "dags")
import backfill_dag, media_monitor_dag, upkeep_dag
heavy = ("great_expectations", "pandas", "duckdb", "feedparser", "apprise", "pyspark")
print(json.dumps([m for m in heavy if m in sys.modules]))
"""


@pytest.fixture(scope="module")
def airflow_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    from media_monitor.launch.home import environment

    return {**os.environ, **environment(tmp_path_factory.mktemp("var"), 8080), "PYTHONPATH": str(CHECKOUT / "plugins")}


@pytest.fixture(scope="module")
def bag(airflow_environment: dict[str, str]) -> dict:
    return _python(INSPECT, airflow_environment)


def _python(code: str, environment: dict[str, str], *arguments: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_page_of_dags_is_that_of_the_files(bag):
    page = (CHECKOUT / "docs" / "dags.md").read_text(encoding="utf-8")
    assert page == bag["page"], "python -m website.dags_page > docs/dags.md"


def test_every_dag_file_parses(bag):
    assert bag["errors"] == {}


def test_every_dag_file_is_listed_here(bag):
    assert {path.name for path in (CHECKOUT / "dags").glob("*.py")} == set(DAGS)
    for file, ids in DAGS.items():
        assert {dag_id for dag_id, dag in bag["dags"].items() if dag["file"] == file} == ids


def test_every_dag_explains_itself_and_never_runs_twice_at_once(bag):
    for dag in bag["dags"].values():
        assert len(dag["doc"]) > 500
        assert dag["tags"] == ["media-monitor"]
        assert dag["runs"] == 1


def test_the_flow_reads_in_order(bag):
    order = bag["dags"]["media_monitor"]["order"]
    assert order == ["plan", "collect", "settle", "pages", "extract", "validate", "load", "alert"]


def test_writers_share_the_pool_of_one_slot_and_every_task_retries_by_error_class(bag):
    tasks = bag["dags"]["media_monitor"]["tasks"]
    writers = {name for name, (pool, _, _) in tasks.items() if pool == "media_monitor_writer"}
    assert writers == {"plan", "load", "alert"}
    assert all(retries == 2 and has_policy for _, retries, has_policy in tasks.values())


UPKEEP = """
import json, os
from airflow.sdk.observability import stats
from airflow.sdk.observability.metrics import stats_utils
from media_monitor.operators.stages import UpkeepOperator
operator = UpkeepOperator(task_id="batches", step="batches")
home = os.environ["MEDIA_MONITOR_HOME"]
told = []
stats.initialize(factory=stats_utils.get_stats_factory(), export_legacy_names=False)  # as Airflow's task runner does
for dry_run in (True, False):
    operator.pre_execute({})
    done = operator.execute({"params": {"dry_run": dry_run}})
    told.append([json.loads(json.dumps(done)), os.path.exists(home + "/batches/killed")])
print(json.dumps(told))
"""


def test_the_tasks_of_upkeep_are_its_steps_in_their_order_by_the_one_writer(bag):
    dag = bag["dags"]["media_monitor_upkeep"]
    assert dag["ends"] == list(steps.STEPS)  # the heaviest first; a run is as its ends are
    assert {tuple(task) for task in dag["tasks"].values()} == {("media_monitor_writer", 2, True)}


def test_a_task_of_upkeep_does_its_step_and_only_tells_of_it_where_it_is_a_rehearsal(airflow_environment, tmp_path):
    staged = tmp_path / "batches" / "killed" / "settle"
    staged.mkdir(parents=True)
    (staged / "articles.parquet").write_bytes(b"cut off")
    for path in (staged / "articles.parquet", staged, staged.parent):
        os.utime(path, (0, 0))
    with otlp() as (collector, metrics):
        given = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector, "AIRFLOW__METRICS__OTEL_ON": "True"}
        told = _python(UPKEEP, airflow_environment | given | {"MEDIA_MONITOR_HOME": str(tmp_path)})
    assert metrics["airflow.media_monitor.upkeep.bytes"].as_int == len(b"cut off")
    assert [is_left for _, is_left in told] == [True, False]
    for (done,), _ in told:
        assert (done["what"], done["files"], done["reason"]) == ("batches", 1, "retention_days batches=14")


BACKFILL = """
import json, sys
from media_monitor.launch import home
home.prepare()
from airflow.dag_processing.dagbag import DagBag
dag = DagBag("dags").get_dag("backfill")
told = []
for _ in range(2):
    run = dag.test(run_conf={"sources": sys.argv[1:], "until": "2025-03-10", "alerts_since": "2025-03-02"})
    done = {ti.task_id: ti for ti in run.get_task_instances()}
    loaded = done["load"].xcom_pull("load")
    states = {name: str(ti.state) for name, ti in done.items()}
    told.append([str(run.state.value), states, loaded["rows"], loaded["news"]])
print(json.dumps(told))
"""


def test_the_tasks_of_a_backfill_read_extract_and_load_an_archive_once(airflow_environment, tmp_path):
    source = archive.lines(tmp_path / "a.jsonl", archive.rows(40))
    environment = {"MEDIA_MONITOR_HOME": str(tmp_path / "home"), "MEDIA_MONITOR_SEMANTIC": "off"}
    first, again = _python(BACKFILL, airflow_environment | environment, str(source))
    assert (first[0], set(first[1].values())) == ("success", {"success"})
    articles = lake.read(tmp_path / "home", "articles")
    assert first[2]["articles"] == articles.num_rows > 10
    assert max(articles["day"].to_pylist()) <= date(2025, 3, 10)
    assert first[3] > 0
    assert (again[0], again[1]["extract"], again[2]) == ("success", "skipped", {})


def test_parsing_a_dag_file_loads_no_heavy_library(airflow_environment):
    assert _python(IMPORTS, airflow_environment) == []
