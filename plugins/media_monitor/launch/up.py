"""Keeps Airflow up for daily use: api-server, scheduler and dag-processor on loopback, until Ctrl-C."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from rich.console import Console

from media_monitor.config import Settings
from media_monitor.errors import SettingError
from media_monitor.launch import home, together
from media_monitor.report.printed.terminal import Terminal

START_SECONDS = 180


def run(var: Path, port: int) -> int:
    """The exit code: 0 after Ctrl-C or SIGTERM, 1 when a process of Airflow ended by itself."""
    console = Terminal()
    environment = _environment(var, port)
    _want_free(port)
    console.print("Preparing Airflow …")
    subprocess.run([sys.executable, "-m", "media_monitor.launch", "prepare"], env=environment, check=True)
    asked, logs = together.Asked(), var / "log"
    with together.running(_commands(port), environment, logs, asked) as processes:
        if _is_healthy(port, processes, asked):
            _tell(console, var, port, environment["MEDIA_MONITOR_HOME"])
        elif not asked.times:
            console.print(f"Airflow does not answer yet; see {logs}.", style="bold red")
        ended = together.first_ended(processes, asked)
        if ended:
            name = str(ended.args[1])  # type: ignore[index]
            told = f"airflow {name} ended with code {ended.returncode}; see {logs / f'{name}.log'}"
            console.print(told, style="bold red")
        console.print("Stopping …")
    return 1 if ended else 0


def _tell(console: Console, var: Path, port: int, data: str) -> None:
    user, password = home.login(var)
    console.print(f"\nAirflow is up:  [bold]http://{home.HOST}:{port}[/]   login [bold]{user}[/] / [bold]{password}[/]")
    console.print("The DAG media_monitor runs every 15 minutes.")
    console.print(f"Data: {data}. Logs: {var / 'log'}.")
    console.print("Stop with Ctrl-C.")


def _environment(var: Path, port: int) -> dict[str, str]:
    settings = Settings.load(home=os.environ.get("MEDIA_MONITOR_HOME", var / "live"))
    own = {"MEDIA_MONITOR_HOME": str(Path(settings.home).resolve())}
    scripts = str(Path(sys.executable).parent)
    path = f"{scripts}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**os.environ, **home.environment(var, port), **own, "PATH": path}


def _commands(port: int) -> list[list[str]]:
    # Not `airflow standalone`: it cannot be stopped as a whole, and its log servers listen on every interface.
    return [
        ["airflow", "api-server", "--host", home.HOST, "--port", str(port), "--workers", "1"],
        ["airflow", "scheduler", "--skip-serve-logs"],
        ["airflow", "dag-processor"],
    ]


def _want_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((home.HOST, port))
        except OSError as error:
            raise SettingError(f"port {port}", "is in use; choose another: make up PORT=…") from error


def _is_healthy(port: int, processes: list[together.Process], asked: together.Asked) -> bool:
    """Whether Airflow answers in time, with all its processes alive, before this one is asked to end."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and not asked.times and all(p.poll() is None for p in processes):
        try:
            with urllib.request.urlopen(f"http://{home.HOST}:{port}/api/v2/monitor/health", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    return False
