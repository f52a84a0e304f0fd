"""The real Airflow, as `make up` starts it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import datetime
from pathlib import Path
from typing import Any

from media_monitor.config import Settings, variables

CHECKOUT = Path(__file__).resolve().parents[2]
OWN = {"private_addresses": ("127.0.0.0/8",)}
"""Settings under which feeds at loopback are fetched."""


class Airflow:
    """`make up` on the feeds; its runs by REST. Of the caller's settings it takes over whether the encoder is used."""

    def __init__(self, var: Path, opml: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("AIRFLOW", "MEDIA_MONITOR"))}
        own = {**OWN, "feeds": opml, "home": var / "live", "semantic": Settings.load().semantic}
        command = [sys.executable, "-m", "media_monitor.launch", "up", "--port", str(self._port), "--var", str(var)]
        self.process = subprocess.Popen(
            command,
            cwd=CHECKOUT,
            env={**clean, **variables(own)},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
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
            for run in self._runs(run_id):
                if run["state"] in ("success", "failed"):
                    return dict(run)
            time.sleep(1)

    def _runs(self, run_id: str | None) -> list[dict[str, Any]]:
        path = "/api/v2/dags/media_monitor/dagRuns"
        if run_id is None:
            return list(self.call("GET", path)["dag_runs"])
        return [self.call("GET", f"{path}/{run_id}")]

    def tasks(self, run: dict[str, Any]) -> list[dict[str, Any]]:
        """The task instances of the run that have run, in the order in which they began."""
        path = f"/api/v2/dags/media_monitor/dagRuns/{run['dag_run_id']}/taskInstances?limit=100"
        found = [one for one in self.call("GET", path)["task_instances"] if one["start_date"] and one["end_date"]]
        return sorted(found, key=lambda task: str(task["start_date"]))

    def trigger(self) -> dict[str, Any]:
        body = {"logical_date": None, "conf": {"force": True}}
        return self.ended(self.call("POST", "/api/v2/dags/media_monitor/dagRuns", body)["dag_run_id"])

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)


def seconds(text: str) -> float:
    """A time of Airflow's as seconds since 1970."""
    return datetime.fromisoformat(text).timestamp()
