"""The Spark engine on a real standalone cluster: the same lake to the byte, also where a worker is killed."""

import os
import signal
import warnings

import pytest
from tests.backfill import archive
from tests.backfill.conftest import source, whole  # noqa: F401
from tests.engines.conftest import ON_LOOPBACK
from tests.engines.work import MADE, item, work

from media_monitor.backfill import run
from media_monitor.backfill.request import Request
from media_monitor.engines.spark import Spark


@pytest.fixture(scope="module")
def killed(cluster, source, tmp_path_factory):  # noqa: F811
    """(data folder, summary, what was killed, faults by item) of a backfill on two workers, one of which is killed with
    an executor while parts are worked on."""
    first, _ = cluster.worker(), cluster.worker()
    home = tmp_path_factory.mktemp("spark") / "home"
    shots, faults = list[str](), dict[int, str | None]()

    def shoot(step: str, done: int, total: int) -> None:
        if step == "extract" and 0 < done < total and not shots:
            victim = max(cluster.executors())
            os.kill(victim, signal.SIGKILL)
            os.killpg(first.pid, signal.SIGKILL)
            shots.extend(("executor", "worker"))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of PySpark itself: of pandas 3, and sockets that a lost worker leaves
        with Spark(cluster.address, 2, **ON_LOOPBACK) as engine:
            faults.update({one.number: one.fault for one in engine.run(work, MADE, [item(0), item(1, "raise")])})
            summary = run.backfill(archive.settings(home), Request((str(source),)), engine, shoot)
    return home, summary, shots, faults


def test_the_lake_is_the_same_to_the_byte_though_a_worker_was_killed(whole, killed):  # noqa: F811
    home, summary, shots, _ = killed
    assert shots == ["executor", "worker"]
    assert (summary.parts, summary.failed) == (whole[1].parts, {})
    assert archive.partitions(home) == archive.partitions(whole[0])


def test_an_item_over_which_the_function_raises_comes_with_its_fault_alone(killed):
    assert killed[3] == {0: None, 1: "ValueError: cannot be read"}
