"""Keeps Airflow up for daily use: api-server, scheduler and dag-processor on loopback, until Ctrl-C."""

import os
import signal
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
from media_monitor.launch import home
from media_monitor.report.printed.terminal import Terminal

START_SECONDS = 180
STOP_SECONDS = 20


def run(var: Path, port: int) -> int:
    """The exit code: 0 after Ctrl-C or SIGTERM, 1 when a process of Airflow ended by itself."""
    console = Terminal()
    environment = _environment(var, port)
    _want_free(port)
    console.print("Preparing Airflow …")
    subprocess.run([sys.executable, "-m", "media_monitor.launch", "prepare"], env=environment, check=True)
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell's background job starts with SIGINT ignored
        signal.signal(number, signal.default_int_handler)
    processes = [_start(command, environment, var / "log") for command in _commands(port)]
    try:
        _wait_until_healthy(port, processes)
        user, password = home.login(var)
        console.print(
            f"\nAirflow is up:  [bold]http://{home.HOST}:{port}[/]   login [bold]{user}[/] / [bold]{password}[/]"
        )
        console.print("The DAG media_monitor runs every 15 minutes.")
        console.print(f"Data: {environment['MEDIA_MONITOR_HOME']}. Logs: {var / 'log'}.")
        console.print("Stop with Ctrl-C.")
        return _wait(processes, console, var / "log")
    except KeyboardInterrupt:
        return 0
    finally:
        console.print("Stopping …")
        _stop(processes)


def _environment(var: Path, port: int) -> dict[str, str]:
    settings = Settings.load(home=os.environ.get("MEDIA_MONITOR_HOME", var / "live"))
    own = {"MEDIA_MONITOR_HOME": str(Path(settings.home).resolve())}
    scripts = str(Path(sys.executable).parent)
    path = f"{scripts}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**os.environ, **home.environment(var, port), **own, "PATH": path}


def _commands(port: int) -> list[list[str]]:
    # Not `airflow standalone`: it cannot be stopped as a whole, and its log servers listen on every interface.
    return [
        ["api-server", "--host", home.HOST, "--port", str(port), "--workers", "1"],
        ["scheduler", "--skip-serve-logs"],
        ["dag-processor"],
    ]


def _start(command: list[str], environment: dict[str, str], logs: Path) -> subprocess.Popen[bytes]:
    logs.mkdir(parents=True, exist_ok=True)
    with (logs / f"{command[0]}.log").open("ab") as log:
        return subprocess.Popen(
            ["airflow", *command],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )


def _want_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((home.HOST, port))
        except OSError as error:
            raise SettingError(f"port {port}", "is in use; choose another: make up PORT=…") from error


def _wait_until_healthy(port: int, processes: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and all(p.poll() is None for p in processes):
        try:
            with urllib.request.urlopen(f"http://{home.HOST}:{port}/api/v2/monitor/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)


def _wait(processes: list[subprocess.Popen[bytes]], console: Console, logs: Path) -> int:
    while True:
        for process in processes:
            if process.poll() is not None:
                name = str(process.args[1])  # type: ignore[index]
                console.print(
                    f"airflow {name} ended with code {process.returncode}; see {logs / f'{name}.log'}", style="bold red"
                )
                return 1
        time.sleep(0.5)


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Stops each process group: politely, then for good."""
    for step in (signal.SIGTERM, signal.SIGKILL):
        for process in processes:
            _signal_group(process, step)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline and any(_group_lives(p) for p in processes):
            time.sleep(0.2)


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if _group_lives(process):
        os.killpg(process.pid, number)


def _group_lives(process: subprocess.Popen[bytes]) -> bool:
    process.poll()
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return False
    return True
