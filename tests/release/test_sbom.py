"""The bill of materials is complete against the environment that it describes, and is CycloneDX."""

import json
from importlib.metadata import version
from importlib.resources import files

import jsonschema_rs
import pytest

from release import licences, lock, sbom


@pytest.fixture(scope="module")
def bom() -> dict:
    return sbom.bill()


def test_all_that_runs_is_listed_in_the_version_installed(bom):
    wanted = {f"pkg:pypi/{one.name}@{version(one.name)}" for one in lock.read(lock.RUN) if one.here()}
    wanted |= {f"pkg:npm/{name}@{number}" for name, number, _ in licences.bundled()}
    assert {one["purl"].lower().replace("ruamel.", "ruamel-") for one in bom["components"]} == wanted


def test_it_is_about_the_package_and_tells_what_needs_what(bom):
    about = bom["metadata"]["component"]
    assert (about["name"], about["version"]) == ("media-monitor", version("media-monitor"))
    needs = {one["ref"].lower(): {ref.lower() for ref in one["dependsOn"]} for one in bom["dependencies"]}
    assert {f"feedparser=={version('feedparser')}", "pkg:npm/vega@6.4.0"} <= needs[about["bom-ref"]]
    reached, ahead = set(), {about["bom-ref"]}
    while ahead:
        reached |= ahead
        ahead = set().union(*(needs[ref] for ref in ahead)) - reached
    assert set(needs) - reached <= {f"setuptools=={version('setuptools')}"}  # it builds, and nothing asks for it


def test_every_part_has_a_licence(bom):
    assert [one["name"] for one in bom["components"] if not one.get("licenses")] == []


def test_it_is_valid_and_names_no_folder_of_this_machine(bom):
    schemas = files("cyclonedx.schema._res")
    store = {
        name: json.loads((schemas / f"{name}.SNAPSHOT.schema.json").read_text())
        for name in ("spdx", "jsf-0.82", "bom-1.6")
    }
    place = "http://cyclonedx.org/schema/"
    registry = jsonschema_rs.Registry([(f"{place}{name}.SNAPSHOT.schema.json", one) for name, one in store.items()])
    validator = jsonschema_rs.Draft7Validator(store["bom-1.6"], registry=registry)
    assert [str(error) for error in validator.iter_errors(bom)] == []
    assert not validator.is_valid(bom | {"specVersion": 16})
    assert "file://" not in json.dumps(bom)
