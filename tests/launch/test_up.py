"""`make up`: the real api-server, scheduler and dag-processor, driven by REST, stopped by Ctrl-C."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
from tests.browser import logged_in
from tests.launch.api import Api
from tests.launch.conftest import CHECKOUT
from tests.launch.processes import descendants, listening
from tests.metrics.receivers import Statsd
from tests.web import looks
from tests.web.routes import is_page, routes

from media_monitor.config import PACKAGE, Settings, variables
from media_monitor.launch.samples import ON_LOOPBACK, serving
from media_monitor.warehouse import query

pytestmark = [pytest.mark.slow, pytest.mark.timeout(420)]


@pytest.fixture(scope="module")
def metrics():
    """What Airflow tells of itself: of all that it could, only what a run of tasks says."""
    receiver = Statsd()
    yield receiver
    receiver.close()


@pytest.fixture(scope="module")
def airflow(var, environment, metrics):
    """(process, port) of `make up` on the sample feeds, with one DAG more that listens for confirmations."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    listeners = var / "listeners"
    listeners.mkdir()
    shutil.copy(Path(__file__).with_name("listener.py"), listeners)
    bundles = [
        {
            "name": name,
            "classpath": "airflow.dag_processing.bundles.local.LocalDagBundle",
            "kwargs": {"path": str(path)},
        }
        for name, path in (("dags", CHECKOUT / "dags"), ("listeners", listeners))
    ]
    with serving(PACKAGE / "beats/dprk_russia/samples", var / "samples.opml"):
        process = subprocess.Popen(
            [sys.executable, "-m", "media_monitor.launch", "up", "--port", str(port), "--var", str(var)],
            cwd=CHECKOUT,
            env={
                **environment,
                "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": json.dumps(bundles),
                "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.5",
                "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:admin,desk:viewer",
                "AIRFLOW__METRICS__STATSD_ON": "True",
                "AIRFLOW__METRICS__STATSD_HOST": "127.0.0.1",
                "AIRFLOW__METRICS__STATSD_PORT": metrics.address.rpartition(":")[2],
                "AIRFLOW__METRICS__METRICS_ALLOW_LIST": r"^media_monitor\.,^ti\.finish\.",
                "MEDIA_MONITOR_FEEDS": str(var / "samples.opml"),
                "MEDIA_MONITOR_HOME": str(var / "live"),
                "MEDIA_MONITOR_AS_OF": "2025-08-01T00:00:00+00:00",
                **variables(ON_LOOPBACK),
            },
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        with process:  # closes the pipe and waits
            yield process, port
            if process.poll() is None:
                process.send_signal(signal.SIGINT)


@pytest.fixture(scope="module")
def api(airflow, var):
    process, port = airflow
    printed = []
    for line in process.stdout:
        printed.append(line)
        if "Ctrl-C" in line:
            break
    assert any(f"http://127.0.0.1:{port}" in line for line in printed), printed
    password = _passwords(var)["admin"]
    assert any(password in line for line in printed)
    return Api(port, ("admin", password))


@pytest.fixture(scope="module")
def viewer(api, var):
    """Somebody who may look at everything and change nothing."""
    return Api(int(api.address.rpartition(":")[2]), ("desk", _passwords(var)["desk"]))


def _passwords(var):
    return json.loads((var / "airflow" / "passwords.json").read_text())


@pytest.fixture(scope="module")
def triggered(api):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not {"media_monitor", "listener"} <= {
        dag["dag_id"] for dag in api.call("GET", "/api/v2/dags")["dags"]
    }:
        time.sleep(1)
    body = {"logical_date": None, "conf": {"force": True}}
    run = api.call("POST", "/api/v2/dags/media_monitor/dagRuns", body)
    return api.wait_for_run("media_monitor", run["dag_run_id"])


def test_a_run_triggered_by_rest_succeeds(triggered, var):
    assert triggered["state"] == "success", _errors(var / "airflow" / "logs")


def test_tasks_under_the_scheduler_tell_statsd_what_they_did(triggered, metrics, var):
    """Airflow's prefix stands before the names; its own metrics come the same way."""
    assert triggered["state"] == "success"
    told = metrics.received()
    for stage in ("plan", "collect", "settle", "pages", "extract", "validate", "load", "alert"):
        assert {kind for kind, _ in told[f"airflow.media_monitor.stage.{stage}"]} == {"ms"}
        assert ("c", 1) in told[f"airflow.ti.finish.media_monitor.{stage}.success"]
    articles = query.rows(var / "live", "SELECT count(*) AS n FROM articles")[0]["n"]
    assert sum(number for _, number in told["airflow.media_monitor.articles.new"]) == articles > 100
    assert told["airflow.media_monitor.outbox.records"][-1] == ("g", 0)


@pytest.mark.usefixtures("triggered")
def test_a_dag_scheduled_on_the_asset_fires_with_the_confirmations(api):
    run = api.wait_for_run("listener")
    assert run["state"] == "success"
    assert run["run_type"] == "asset_triggered"
    value = api.call(
        "GET", f"/api/v2/dags/listener/dagRuns/{run['dag_run_id']}/taskInstances/tell/xcomEntries/return_value"
    )["value"]
    assert "troops_in_combat RU" in str(value)
    assert "troops_in_combat KP" in str(value)


def test_each_task_links_to_the_page_of_its_batch(api, triggered, chromium):
    run = f"/api/v2/dags/media_monitor/dagRuns/{triggered['dag_run_id']}/taskInstances"
    done = [task for task in api.call("GET", run)["task_instances"] if task["state"] == "success"]
    assert {"plan", "collect", "validate", "load"} <= {task["task_id"] for task in done}
    links = {
        api.call("GET", f"{run}/{task['task_id']}/links?map_index={task['map_index']}")["extra_links"]["Batch quality"]
        for task in done
    }
    (link,) = links
    answer = httpx.get(urljoin(api.address, link), timeout=60, headers={"Authorization": f"Bearer {api.token}"})
    assert answer.status_code == 200, answer.text
    assert "Loaded 20" in answer.text
    with logged_in(chromium, api.address, *api.login) as page:
        page.goto(f"{api.address}/dags/media_monitor/runs/{triggered['dag_run_id']}/tasks/load/details")
        page.get_by_role("link", name="Batch quality").click()
        page.get_by_role("heading", level=1, name="Batch").wait_for()


def test_the_page_shows_the_green_run(api, triggered, chromium, tmp_path):
    """With SCREENSHOTS=docs/images the picture of the README is taken anew."""
    folder = Path(os.environ.get("SCREENSHOTS", tmp_path))
    with logged_in(chromium, api.address, *api.login) as page:
        page.goto(f"{api.address}/dags/media_monitor")
        names = ["plan", "collect", "settle", "extract", "validate", "load", "alert"]
        shown = "names => names.every(name => document.body.innerText.includes(name))"
        page.wait_for_function(shown, arg=names)
        assert triggered["state"] == "success"
        assert page.get_by_text("Latest Run").is_visible()
        page.wait_for_timeout(1500)  # the graph is drawn after its data came
        page.screenshot(path=folder / "airflow-run.png")
    assert (folder / "airflow-run.png").stat().st_size > 20_000


EVIDENCE = "/media-monitor/claims/troops_in_combat/KP"


@pytest.fixture(scope="module")
def page_routes(triggered, var):
    """(method, path) of every route of the page inside Airflow."""
    assert triggered["state"] == "success"
    return [(method, f"/media-monitor{path}") for method, path in routes(Settings(home=var / "live"))]


def test_nobody_gets_anything_of_the_page_without_a_login(api, page_routes):
    answers = {(method, path): httpx.request(method, api.address + path, timeout=60) for method, path in page_routes}
    codes = {key: answer.status_code for key, answer in answers.items()}
    health = next(key for key in codes if key[1].endswith("/health"))  # open to probes, and without data
    assert (codes.pop(health), set(answers[health].json())) == (200, {"status", "checks"})
    assert codes == {key: 401 for key in page_routes if key != health}


def test_a_viewer_reads_every_route_and_changes_nothing(viewer, page_routes, var):
    before = query.rows(var / "live", "SELECT * FROM alerts ORDER BY alert_id")
    told = {key: asked(viewer, *key) for key in page_routes}
    assert told == {(method, path): 200 if method == "GET" else 403 for method, path in page_routes}
    assert query.rows(var / "live", "SELECT * FROM alerts ORDER BY alert_id") == before


def test_the_admin_reads_every_route_and_may_judge(api, page_routes):
    reading = [key for key in page_routes if key[0] == "GET"]
    assert {key: asked(api, *key) for key in reading} == dict.fromkeys(reading, 200)
    for method, path in page_routes:
        if method == "POST":  # a form that is empty may be told so, but never that it may not
            assert (path, asked(api, method, path)) in ((path, 303), (path, 422))


def asked(user: Api, method: str, path: str) -> int:
    """The status of the answer to the user, as if a form of the page itself had asked."""
    headers = {"Authorization": f"Bearer {user.token}", "Origin": user.address}
    return httpx.request(method, user.address + path, headers=headers, timeout=60).status_code


SEEN = [(1440, "light"), (390, "dark")]


@pytest.mark.parametrize(("width", "scheme"), SEEN)
def test_every_view_is_seen_inside_airflow(api, page_routes, chromium, tmp_path, width, scheme):
    """With VIEWS=folder the pictures are kept there."""
    folder, complaints = Path(os.environ.get("VIEWS", tmp_path)), []
    with logged_in(chromium, api.address, *api.login) as page:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for path in [path for method, path in page_routes if method == "GET" and is_page(path)]:
            page.goto(api.address + path)
            looks.drawn(page)
            assert page.get_by_role("heading", level=1).count() == 1, path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} scrolls sideways"
            name = path.removeprefix("/media-monitor/").replace("/", "-") or "now"
            page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")
    assert not complaints


@pytest.mark.usefixtures("triggered")
def test_an_alert_is_seen_from_inside_airflow(api, chromium):
    with logged_in(chromium, api.address, *api.login) as page:
        page.goto(f"{api.address}{EVIDENCE}")
        page.get_by_role("heading", name="KP: confirmed").wait_for()
        page.get_by_role("button", name="Seen").first.click()
        page.get_by_text(f"by {api.login[0]}").first.wait_for()
        assert page.url == api.address + EVIDENCE
        page.goto(f"{api.address}/plugin/media-monitor")
        page.frame_locator("iframe").get_by_role("heading", name="What changed").wait_for()


@pytest.mark.usefixtures("triggered")
def test_the_card_on_the_home_page_tells_what_is_new(api, chromium, tmp_path):
    folder = Path(os.environ.get("SCREENSHOTS", tmp_path))
    assert api.call("GET", "/api/v2/plugins/importErrors")["total_entries"] == 0
    with logged_in(chromium, api.address, *api.login) as page:
        card = page.get_by_test_id("media-monitor-card")
        card.get_by_text("North Korea confirms").first.wait_for()
        card.get_by_text("run: ").wait_for()
        page.screenshot(path=folder / "airflow-home.png")
        card.get_by_role("link", name="North Korea confirms").first.click()
        page.get_by_role("heading", name="KP: confirmed").wait_for()


@pytest.mark.usefixtures("triggered")
def test_an_error_that_trying_again_cannot_cure_fails_at_once(api):
    body = {"logical_date": None, "conf": {"feeds": "/nowhere/my.opml"}}
    run_id = api.call("POST", "/api/v2/dags/media_monitor/dagRuns", body)["dag_run_id"]
    assert api.wait_for_run("media_monitor", run_id)["state"] == "failed"
    plan = api.call("GET", f"/api/v2/dags/media_monitor/dagRuns/{run_id}/taskInstances/plan")
    assert (plan["state"], plan["try_number"], plan["max_tries"]) == ("failed", 1, 2)


@pytest.mark.usefixtures("triggered")
def test_only_loopback_listens_and_ctrl_c_stops_everything(airflow):
    process, _ = airflow
    family = descendants(process.pid)
    assert len(family) >= 3
    assert listening(family) <= {"127.0.0.1"}
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and any(Path(f"/proc/{pid}").exists() for pid in family):
        time.sleep(0.5)
    assert [pid for pid in family if Path(f"/proc/{pid}").exists()] == []


def _errors(logs: Path) -> str:
    """What the task logs say went wrong."""
    lines = [line for path in sorted(logs.rglob("*.log")) for line in path.read_text(errors="replace").splitlines()]
    return "\n".join(line for line in lines if "error" in line.lower())[-6000:]
