"""How long collecting takes: a chunk of 25 feeds at 50 ms latency, and with --scheduler a run over 150 feeds of which
one in ten has changed, by the real Airflow. Every feed is on a host of its own, at loopback."""

import argparse
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from media_monitor.collect.chunk import collect
from media_monitor.config import Settings, variables
from media_monitor.sources import Feed

LATENCY = 0.05
OWN = {"private_addresses": ("127.0.0.0/8",)}
CHECKOUT = Path(__file__).resolve().parents[1]
_ITEM = """<item><title>{title}, item {n}</title><link>http://{host}/{n}/{edition}</link>
<pubDate>Mon, 28 Apr 2025 09:{n:02}:00 +0000</pubDate><description>{text}</description></item>"""
_TASK = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7")  # the id of a task instance, a UUID of version 7
_TEXT = "A bridge was closed for repairs on Monday, the ministry of transport said. " * 4


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Feeds"

    def do_GET(self) -> None:
        time.sleep(LATENCY)
        number = int(self.path.strip("/"))
        tag = f'"{self.server.editions[number]}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        body = self.server.body(number)
        self.send_response(200)
        for name, value in (("Content-Type", "application/rss+xml"), ("ETag", tag), ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silent."""


class Feeds(ThreadingHTTPServer):
    """So many feeds; `editions` says what each has got to."""

    daemon_threads = True
    request_queue_size = 200

    def __init__(self, count: int) -> None:
        super().__init__(("0.0.0.0", 0), _Handler)
        self.editions = [0] * count

    def verify_request(self, _request: Any, client_address: Any) -> bool:
        return str(client_address[0]).startswith("127.")

    def body(self, number: int) -> bytes:
        edition = self.editions[number]
        items = (
            _ITEM.format(
                title=f"Feed {number}", host=f"feed{number}.example", n=n, text=_TEXT, edition=edition * (n < 3)
            )
            for n in range(20)
        )
        return f'<rss version="2.0"><channel><title>{number}</title>{"".join(items)}</channel></rss>'.encode()

    def url(self, number: int) -> str:
        return f"http://127.1.{number // 250}.{number % 250 + 1}:{self.server_port}/{number}"


@contextmanager
def serving(count: int) -> Iterator[Feeds]:
    """A server for so many feeds."""
    with Feeds(count) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def chunk_seconds(home: Path, count: int = 25) -> float:
    """Seconds for a chunk of feeds that were never read: fetched, archived, parsed."""
    with serving(count) as server:
        feeds = [Feed(str(n), server.url(n), f"Outlet {n}", f"publisher {n}") for n in range(count)]
        settings = replace(Settings(home=home), **OWN)
        start = time.monotonic()
        fetches, articles = collect(feeds, {}, settings, "batch", home / "0000.warc.gz")
        seconds = time.monotonic() - start
    if any(fetch.error for fetch in fetches) or len(articles) != 20 * count:
        raise RuntimeError(f"{sum(bool(f.error) for f in fetches)} feeds failed")
    return seconds


class _Airflow:
    """`make up` on the feeds; its runs by REST."""

    def __init__(self, var: Path, opml: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("AIRFLOW", "MEDIA_MONITOR"))}
        mine = {"MEDIA_MONITOR_FEEDS": str(opml), "MEDIA_MONITOR_HOME": str(var / "live"), **variables(OWN)}
        command = [sys.executable, "-m", "media_monitor.launch", "up", "--port", str(self._port), "--var", str(var)]
        self.process = subprocess.Popen(
            command, cwd=CHECKOUT, env={**clean, **mine}, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        for line in self.process.stdout or ():
            if "Ctrl-C" in line:
                break
        ((user, password),) = json.loads((var / "airflow" / "passwords.json").read_text()).items()
        self._token = ""
        self._token = self.call("POST", "/auth/token", {"username": user, "password": password})["access_token"]

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self._port}{path}", method=method, data=data)
        request.add_header("Content-Type", "application/json")
        if self._token:
            request.add_header("Authorization", f"Bearer {self._token}")
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def ended(self, run_id: str | None) -> dict[str, Any]:
        """The run (the first there is for None) once it has ended."""
        while True:
            runs = self.call("GET", "/api/v2/dags/media_monitor/dagRuns")["dag_runs"]
            for run in runs:
                if run_id in (None, run["dag_run_id"]) and run["state"] in ("success", "failed"):
                    return dict(run)
            time.sleep(1)

    def trigger(self) -> dict[str, Any]:
        body = {"logical_date": None, "conf": {"force": True}}
        return self.ended(self.call("POST", "/api/v2/dags/media_monitor/dagRuns", body)["dag_run_id"])

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)


class _Memory(threading.Thread):
    """The most memory that one process below this one took, in MB, by its command line: RSS, and PSS, to which what
    several processes share counts in parts only."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most: dict[str, tuple[float, float]] = {}
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(0.1):
            for pid in _below(os.getpid()):
                try:
                    peak, share = _megabytes(pid, "status", "VmHWM"), _megabytes(pid, "smaps_rollup", "Pss")
                    command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                except OSError:
                    continue
                before = self.most.get(command.strip(), (0.0, 0.0))
                self.most[command.strip()] = max(before[0], peak), max(before[1], share)

    def of(self, task: str) -> tuple[float, float]:
        """RSS and PSS of the task instance with that id, which Airflow writes into the command line."""
        return max((most for command, most in self.most.items() if task in command), default=(0.0, 0.0))


def _megabytes(pid: int, file: str, field: str) -> float:
    for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _below(parent: int) -> set[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
    found = {parent}
    while more := {pid for pid, above in parents.items() if above in found} - found:
        found |= more
    return found - {parent}


def scheduler(console: Console, var: Path, count: int) -> None:
    """Two runs by the real Airflow: all feeds new, then one in ten changed; times of each task, memory."""
    with serving(count) as server:
        lines = (f'<outline type="rss" text="F{n}" xmlUrl="{server.url(n)}"/>' for n in range(count))
        (var / "feeds.opml").write_text(f'<opml version="2.0"><body>{"".join(lines)}</body></opml>')
        airflow, memory = _Airflow(var, var / "feeds.opml"), _Memory()
        memory.start()
        try:
            console.print(_tasks(airflow, memory, airflow.ended(None), "every feed new"))
            server.editions[::10] = [1] * len(server.editions[::10])
            console.print(_tasks(airflow, memory, airflow.trigger(), "one in ten changed"))
        finally:
            memory.done.set()
            airflow.stop()
    table = Table("Airflow's own processes", "MB (RSS)", "MB (PSS)", box=None)
    for command, (peak, share) in sorted(memory.most.items(), key=lambda pair: -pair[1][0]):
        if not _TASK.search(command):
            table.add_row(command.removeprefix(sys.executable).strip()[:60], f"{peak:.0f}", f"{share:.0f}")
    console.print(table)


def _tasks(airflow: _Airflow, memory: _Memory, run: dict[str, Any], what: str) -> Table:
    path = f"/api/v2/dags/media_monitor/dagRuns/{run['dag_run_id']}/taskInstances?limit=100"
    columns = ("task", "starts after s", "takes s", "MB (RSS)", "MB (PSS)")
    table = Table(*columns, title=f"{what}: {run['state']}", box=None)
    first = _seconds(run["start_date"])
    tasks = [one for one in airflow.call("GET", path)["task_instances"] if one["start_date"] and one["end_date"]]
    for one in sorted(tasks, key=lambda task: str(task["start_date"])):
        start, end = _seconds(one["start_date"]), _seconds(one["end_date"])
        name = one["task_id"] + (f" {one['map_index']}" if one["map_index"] >= 0 else "")
        peak, share = memory.of(one["id"])
        table.add_row(name, f"{start - first:.1f}", f"{end - start:.1f}", f"{peak:.0f}", f"{share:.0f}")
    table.add_row("all", "", f"{_seconds(run['end_date']) - first:.1f}")
    return table


def _seconds(text: str) -> float:
    from datetime import datetime

    return datetime.fromisoformat(text).timestamp()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scheduler", action="store_true", help="also a run by Airflow, some minutes")
    parser.add_argument("--feeds", type=int, default=150)
    given = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        times = [chunk_seconds(Path(folder) / str(n)) for n in range(3)]
        console.print(f"a chunk of 25 feeds at 50 ms latency: {min(times):.2f} s (best of 3; {max(times):.2f} s worst)")
        if given.scheduler:
            scheduler(console, Path(folder), given.feeds)


if __name__ == "__main__":
    main()
