"""Imports the pipeline once and forks a child for each run that it is asked for, so that a run starts at once.

Reads a request (JSON) a line and answers with a line:

    {"start": job}   forks a child that does the job      -> {"pid": …}
    {"wait": pid}    waits for the end of that child      -> {"code": …}    (negative: the signal that ended it)

A job has `argv` (a command line for `media-monitor`) or `settings`: for `pipeline.run`, with `force` for every feed;
with `batch` for `load` and `alert` of a batch that is validated, as a task runs them that is tried again; with `named`
for all stages of a batch of that name. Besides `environment`, `output` (the file that gets all it prints), `file_limit`
(bytes, RLIMIT_FSIZE), and `die_at`: [pattern, n] ends the child, as kill -9 does, just before the n-th change of a file
that matches. A change is told as "rename lake/x -> lake/y", "write lake/x" or "remove lake/x", with paths relative to
the data folder; `changes` names a file that gets them all.

Only what is imported is shared between the runs: no thread is started before the fork, no file is open.
"""

import ctypes
import json
import os
import re
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

import apprise  # noqa: F401
from tests.faults.runs import loaded as settings_of

from media_monitor import cli, cycles, pipeline, results
from media_monitor.config import Settings
from media_monitor.errors import MediaMonitorError
from media_monitor.extract.document import Document
from media_monitor.validate import judge

DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG of linux/prctl.h
PARTS = 40  # articles to a part, so that the samples make several
TITLES = {
    "ar": "كوريا الشمالية ترسل جنودا إلى روسيا",
    "en": "North Korea sends soldiers to Russia",
    "fr": "La Corée du Nord envoie des soldats en Russie",
    "ja": "北朝鮮、ロシアに兵士を派遣",
    "ko": "북한, 러시아에 병력 파견",
    "ru": "Северная Корея отправила солдат в Россию",
    "uk": "Північна Корея відправила солдатів до Росії",
    "zh": "朝鲜向俄罗斯派兵",
}
WRITING = os.O_WRONLY | os.O_RDWR


def main() -> None:
    warm()
    for line in sys.stdin:
        request = json.loads(line)
        answer = {"pid": start(request["start"])} if "start" in request else {"code": wait(request["wait"])}
        print(json.dumps(answer), flush=True)


def warm() -> None:
    """Reads lexicons, names and what judges rows, which every run would else read again."""
    pipeline.PART_SIZE = PARTS
    judge.ready()
    for language, title in TITLES.items():
        pipeline.predict(Settings(semantic="off"), Document(language, title, "", language))
    cycles.settled()


def start(job: dict[str, Any]) -> int:
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            code = work(job)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return pid


def wait(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def work(job: dict[str, Any]) -> int:
    ctypes.CDLL(None).prctl(DEATH_OF_PARENT, signal.SIGKILL)
    redirect(job["output"])
    os.environ.update(job.get("environment", {}))
    if "file_limit" in job:
        resource.setrlimit(resource.RLIMIT_FSIZE, (job["file_limit"], job["file_limit"]))
    if "die_at" in job or "changes" in job:
        sys.addaudithook(Changes(job))
    return command(job["argv"]) if "argv" in job else run(job)


def redirect(output: str) -> None:
    nothing, file = os.open(os.devnull, os.O_RDONLY), os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for source, target in ((nothing, 0), (file, 1), (file, 2)):
        os.dup2(source, target)
    os.closerange(3, 100)


def command(argv: list[str]) -> int:
    sys.argv = ["media-monitor", *argv]
    try:
        cli.main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def run(job: dict[str, Any]) -> int:
    """Runs the pipeline; the output gets each step with its moment, and what became of it, as JSON lines."""
    settings = settings_of(job["settings"])
    began = time.monotonic()

    def tell(step: str) -> None:
        print(json.dumps({"step": step, "at": time.monotonic() - began}), flush=True)

    try:
        loaded = stages(settings, job, tell)
        tell("end")
        print(json.dumps(results.as_json(loaded)))
    except MediaMonitorError as error:
        print(json.dumps({"error": type(error).__name__, "message": str(error)}))
        return 1
    return 0


def stages(settings: Settings, job: dict[str, Any], tell: Callable[[str], None]) -> results.Loaded:
    if "batch" in job:
        return last_stages(settings, job["batch"], tell)
    if "named" in job:
        return tasks(settings, job["named"], tell)
    return pipeline.run(settings, force=job.get("force", False), progress=tell)[1]


def tasks(settings: Settings, batch: str, tell: Callable[[str], None]) -> results.Loaded:
    """All stages of the batch of that name, as the tasks of a DAG run are."""
    chunks = pipeline.plan(settings, force=True)
    for number, feed_ids in enumerate(chunks):
        pipeline.collect(settings, batch, number, feed_ids)
    parts = pipeline.settle(settings, batch, len(chunks))
    pipeline.pages(settings, batch, parts)
    for number in range(parts):
        pipeline.extract(settings, batch, number)
    pipeline.validate(settings, batch, parts)
    return last_stages(settings, batch, tell)


def last_stages(settings: Settings, batch: str, tell: Callable[[str], None]) -> results.Loaded:
    tell("load")
    loaded = pipeline.load(settings, batch)
    tell("alert")
    pipeline.alert(settings)
    return loaded


class Changes:
    """An audit hook that tells each change of a file in the data folder, and ends the process before one of them."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.home = job["settings"]["home"]
        pattern, self.left = job.get("die_at", ("(?!)", 0))
        self.pattern = re.compile(pattern)
        self.file = os.open(job["changes"], os.O_WRONLY | os.O_CREAT | os.O_APPEND) if "changes" in job else None

    def __call__(self, event: str, details: tuple[Any, ...]) -> None:
        change = self.named(event, details)
        if change is None:
            return
        if self.file is not None:
            os.write(self.file, (change + "\n").encode())
        if self.pattern.search(change):
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def named(self, event: str, details: tuple[Any, ...]) -> str | None:
        if event == "os.rename":
            return self.within("rename", *details[:2])
        if event in ("os.remove", "os.rmdir"):
            return self.within("remove", details[0])
        if event == "open" and isinstance(details[2], int) and details[2] & WRITING:
            return self.within("write", details[0])
        return None

    def within(self, what: str, *paths: Any) -> str | None:
        names = [os.fspath(path) if isinstance(path, str | os.PathLike) else "" for path in paths]
        if not any(name.startswith(self.home) for name in names):
            return None
        return f"{what} {' -> '.join(name.removeprefix(self.home + '/') for name in names)}"


if __name__ == "__main__":
    main()
