"""A real Spark cluster on loopback: a standalone master and its workers, as processes of their own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
ON_LOOPBACK = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.executor.memory": "512m",
    "spark.executor.cores": "1",
    "spark.executorEnv.PYTHONPATH": f"{CHECKOUT / 'plugins'}:{CHECKOUT}",
    "spark.executorEnv.PYTHONWARNINGS": "ignore",
}


class Cluster:
    """A master and workers of one core each."""

    def __init__(self, folder: Path) -> None:
        import pyspark

        assert shutil.which("java"), "Java is not installed: apt-get install openjdk-17-jre-headless"
        self._folder, self._processes = folder, list[subprocess.Popen[bytes]]()
        self._program = Path(pyspark.__file__).parent / "bin" / "spark-class"
        port = _free_port()
        self.address = f"spark://127.0.0.1:{port}"
        self._start("master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
        self._told("master.Master", "I have been elected leader", 1)

    def worker(self) -> subprocess.Popen[bytes]:
        """One more worker, once the master knows it."""
        known = self._log("master.Master").count("Registering worker")
        place = self._folder / f"worker{known}"
        limits = ["--cores", "1", "--memory", "600m", "--webui-port", "0", "--work-dir", str(place)]
        process = self._start("worker.Worker", "--host", "127.0.0.1", *limits, self.address)
        self._told("master.Master", "Registering worker", known + 1)
        return process

    def executors(self) -> list[int]:
        """Processes of the executors, by their command lines."""
        found = []
        for entry in Path("/proc").iterdir():
            try:
                command = (entry / "cmdline").read_bytes() if entry.name.isdigit() else b""
            except OSError:
                continue
            if b"CoarseGrainedExecutorBackend" in command and str(self._folder).encode() in command + _cwd(entry):
                found.append(int(entry.name))
        return found

    def close(self) -> None:
        for process in self._processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("SPARK", "PYSPARK"))}
        environment |= {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m"}
        with (self._folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [str(self._program), f"org.apache.spark.deploy.{name}", *arguments],
                env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self._processes.append(process)
        return process

    def _log(self, name: str) -> str:
        return (self._folder / f"{name}.log").read_text("utf-8", "replace")

    def _told(self, name: str, words: str, times: int) -> None:
        deadline = time.monotonic() + 120
        while self._log(name).count(words) < times:
            assert time.monotonic() < deadline, self._log(name)[-2_000:]
            time.sleep(0.1)


def _cwd(entry: Path) -> bytes:
    try:
        return bytes((entry / "cwd").readlink())
    except OSError:
        return b""


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A master, without a worker yet."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    found = Cluster(tmp_path_factory.mktemp("cluster"))
    yield found
    found.close()
