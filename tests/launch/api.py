"""The REST interface of a running Airflow."""

import json
import time
import urllib.request


class Api:
    """The REST interface of a running Airflow, as one of its users."""

    def __init__(self, port: int, login: tuple[str, str]) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.login = login
        user, password = login
        self.token = None
        self.token = self.call("POST", "/auth/token", {"username": user, "password": password})["access_token"]

    def call(self, method: str, path: str, body: dict | None = None) -> dict:
        request = urllib.request.Request(
            self.address + path, method=method, data=None if body is None else json.dumps(body).encode()
        )
        request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def runs(self, dag_id: str) -> list[dict]:
        return self.call("GET", f"/api/v2/dags/{dag_id}/dagRuns")["dag_runs"]

    def wait_for_run(self, dag_id: str, run_id: str | None = None, seconds: int = 200) -> dict:
        """The run (any one when `run_id` is None) once it has ended."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for run in self.runs(dag_id):
                if run_id in (None, run["dag_run_id"]) and run["state"] in ("success", "failed"):
                    return run
            time.sleep(1)
        raise AssertionError(f"{dag_id} did not end: {self.runs(dag_id)}")
