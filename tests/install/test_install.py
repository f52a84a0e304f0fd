"""A wheel installed into an empty environment gives the command and the Airflow provider, with all their data."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.utils import canonicalize_name

from release import licences, sbom

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "plugins" / "media_monitor"

DATA = """
import json
from importlib.resources import files
root = files("media_monitor")
print(json.dumps(sorted(str(p.relative_to(str(root))) for p in root.rglob("*") if p.is_file())))
"""
ENTRY_POINTS = """
import json
from importlib.metadata import entry_points
groups = ("apache_airflow_provider", "airflow.plugins", "console_scripts")
found = {g: [(e.name, e.value) for e in entry_points(group=g) if e.dist.name == "media-monitor"] for g in groups}
loaded = [e.load() is not None for g in groups for e in entry_points(group=g) if e.dist.name == "media-monitor"]
print(json.dumps(found | {"loaded": loaded}))
"""
PLUGINS = """
import json, os
import media_monitor
from airflow import plugins_manager
plugins, errors = plugins_manager._get_plugins()
ours = [p.name for p in plugins if p.name == "media_monitor"]
print(json.dumps({"ours": ours, "errors": errors, "from": os.path.dirname(media_monitor.__file__)}))
"""
PROVIDER = """
import importlib, json, re
from importlib.resources import files
import jsonschema
from media_monitor.provider import get_provider_info
info = get_provider_info()
jsonschema.validate(info, json.loads((files("airflow") / "provider_info.schema.json").read_text()))
paths = [path.rpartition(".") for path in re.findall(r'"(media_monitor[.][\\w.]+)"', json.dumps(info))]
print(json.dumps([getattr(importlib.import_module(module), name).__name__ for module, _, name in paths]))
"""


def _run(*command: str | Path, environment: dict[str, str], **more: Any) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(part) for part in command], env=environment, capture_output=True, text=True, check=False, **more
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done


def _last(done: subprocess.CompletedProcess[str]) -> Any:
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the machine gives every process, without any of our settings, and an Airflow home in a folder of its own."""
    home = tmp_path_factory.mktemp("airflow")
    ours = ("AIRFLOW", "MEDIA_MONITOR", "PYTHONPATH", "VIRTUAL_ENV")
    return {k: v for k, v in os.environ.items() if not k.startswith(ours)} | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(home / "plugins"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "PYTHONWARNINGS": "ignore",
        "COLUMNS": "200",
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """Built from what is committed and what is not yet, in a copy, so that nothing is left in the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    listed = _run(
        "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=CHECKOUT, environment=environment
    )
    source = folder / "source"
    for name in filter(None, listed.stdout.split("\0")):
        _copy(CHECKOUT / name, source / name)
    _run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, source, environment=environment)
    (built,) = folder.glob("*.whl")
    return built


def _copy(source: Path, target: Path) -> None:
    if source.is_symlink():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(source.readlink())
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory, wheel: Path, environment: dict[str, str]) -> Path:
    """The interpreter of an environment that holds the wheel and its locked dependencies, and nothing else."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    install = [python, "-m", "pip", "install", "-q", "--no-compile"]
    locked = ["--require-hashes", "--only-binary", ":all:", "-r", CHECKOUT / "requirements.lock"]
    _run(*install, *locked, environment=environment, cwd=folder)
    _run(*install, "--no-deps", wheel, environment=environment, cwd=folder)
    return python


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder that holds no code, to work in."""
    return tmp_path


def test_the_wheel_holds_all_data_and_nothing_else(wheel):
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "plugins", "expectations"],
        cwd=CHECKOUT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    wanted = {name.removeprefix("plugins/") for name in tracked if name.startswith("plugins/media_monitor")}
    wanted |= {f"media_monitor/{name}" for name in tracked if name.startswith("expectations/")}
    wanted -= {"media_monitor/expectations"}  # in the checkout a link to the folder of that name
    assert sorted(wanted - names) == []
    assert sorted(names - wanted) == []


def test_the_lock_is_all_that_the_wheel_needs(python, environment, elsewhere):
    done = _run(python, "-m", "pip", "check", environment=environment, cwd=elsewhere)
    assert done.stdout.strip() == "No broken requirements found."


def test_the_bill_of_materials_lists_all_that_is_installed(python, environment, elsewhere):
    listed = _run(python, "-m", "pip", "list", "--format", "json", environment=environment, cwd=elsewhere)
    installed = {(canonicalize_name(one["name"]), one["version"]) for one in json.loads(listed.stdout)}
    bom = sbom.bill(str(python))
    told = {
        (canonicalize_name(one["name"]), one["version"]) for one in [*bom["components"], bom["metadata"]["component"]]
    }
    assert {name for name, _ in installed - told} <= {"pip"}  # what installs, and is not installed
    assert {name for name, _ in told - installed} == {name for name, _, _ in licences.bundled()}


def test_the_command_says_its_version(python, environment, elsewhere):
    done = _run(python.parent / "media-monitor", "--version", environment=environment, cwd=elsewhere)
    assert done.stdout.strip() == "0.1.0"


def test_the_command_extracts(python, environment, elsewhere):
    document = {"id": "one", "title": "Moscow denies sending for North Korean troops", "published": "2025-01-10"}
    document["text"] = "The Kremlin spokesman Dmitry Peskov denied that North Korean soldiers are fighting in Kursk."
    (elsewhere / "documents.jsonl").write_text(json.dumps(document) + "\n")
    command = [python.parent / "media-monitor", "extract", "documents.jsonl", "-o", "predictions.jsonl"]
    _run(*command, environment=environment, cwd=elsewhere)
    (found,) = [json.loads(line) for line in (elsewhere / "predictions.jsonl").read_text().splitlines()]
    assert (found["id"], found["language"], found["relevant"]) == ("one", "en", True)
    assert ("RU", "deny") in {(s["party"], s["stance"]) for s in found["statements"]}


def test_the_data_is_installed(python, environment, elsewhere):
    names = _last(_run(python, "-c", DATA, environment=environment, cwd=elsewhere))
    for folder in ("beats/dprk_russia/samples/", "beats/dprk_russia/aliases/", "lexicons/ar/", "expectations/"):
        assert [name for name in names if name.startswith(folder)], folder
    assert {"py.typed", "beats/dprk_russia/claims.toml", "beats/dprk_russia/feeds.opml"} <= set(names)
    assert [name for name in names if name.startswith("warehouse/sql/") and name.endswith(".sql")]
    assert [name for name in names if name.startswith("watch/sql/") and name.endswith(".sql")]


def test_entry_points_load(python, environment, elsewhere):
    found = _last(_run(python, "-c", ENTRY_POINTS, environment=environment, cwd=elsewhere))
    assert found == {
        "apache_airflow_provider": [["provider_info", "media_monitor.provider:get_provider_info"]],
        "airflow.plugins": [["media_monitor", "media_monitor.airflow_plugin:MediaMonitorPlugin"]],
        "console_scripts": [["media-monitor", "media_monitor.cli:main"]],
        "loaded": [True, True, True],
    }


def test_airflow_lists_the_provider(python, environment, elsewhere):
    done = _run(python.parent / "airflow", "providers", "list", "-o", "json", environment=environment, cwd=elsewhere)
    listed = {row["package_name"]: row["version"] for row in json.loads(done.stdout[done.stdout.index("[") :])}
    assert listed["media-monitor"] == "0.1.0"


def test_the_provider_info_is_valid_and_its_classes_load(python, environment, elsewhere):
    names = _last(_run(python, "-c", PROVIDER, environment=environment, cwd=elsewhere))
    assert names == ["ConfirmationNotifier"]


def test_one_plugin_where_the_package_is_installed(python, environment, elsewhere):
    found = _last(_run(python, "-c", PLUGINS, environment=environment, cwd=elsewhere))
    assert found["ours"] == ["media_monitor"]
    assert found["errors"] == {}
    assert Path(found["from"]).is_relative_to(python.parents[1])


def test_one_plugin_where_package_and_folder_are_both_there(python, environment, elsewhere):
    both = {**environment, "AIRFLOW__CORE__PLUGINS_FOLDER": str(CHECKOUT / "plugins")}
    found = _last(_run(python, "-c", PLUGINS, environment=both, cwd=elsewhere))
    assert found["ours"] == ["media_monitor"]
    assert found["errors"] == {}


def test_one_plugin_where_only_the_folder_is_there(python, environment, elsewhere):
    """The last test: it takes the package out of the environment."""
    _run(python, "-m", "pip", "uninstall", "-q", "-y", "media-monitor", environment=environment)
    plugins = str(CHECKOUT / "plugins")
    folder = {**environment, "AIRFLOW__CORE__PLUGINS_FOLDER": plugins, "PYTHONPATH": plugins}
    found = _last(_run(python, "-c", PLUGINS, environment=folder, cwd=elsewhere))
    assert found["ours"] == ["media_monitor"]
    assert found["errors"] == {}
    assert Path(found["from"]) == PACKAGE
