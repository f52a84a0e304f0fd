"""`python -m release.sbom FILE [PYTHON]`: what an installation is made of, as CycloneDX 1.6 JSON.

The Python packages are those of `requirements.lock` as they stand in the environment of PYTHON (this one if not given),
with the licences that they declare and what needs what; the JavaScript packages are those inside the page's script.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from release import licences, lock

OURS = "media-monitor"
LISTING = ["--no-validate", "--output-reproducible", "--short-PURLs", "--spec-version", "1.6"]
Bom = dict[str, Any]


def bill(python: str = sys.executable) -> Bom:
    """The bill of materials of the environment to which `python` belongs. Raises LookupError where we are not in it."""
    bom = _environment(python)
    by_name = {canonicalize_name(one["name"]): one for one in bom["components"]}
    if OURS not in by_name:
        raise LookupError(f"{python}: {OURS} is not installed there")
    version = by_name[OURS]["version"]
    ref = f"pkg:pypi/{OURS}@{version}"
    about = {"type": "application", "bom-ref": ref, "name": OURS, "version": version, "purl": ref}
    scripts = [_script(*one) for one in licences.bundled()]
    parts = [_licensed(one.name, by_name[one.name]) for one in lock.read(lock.RUN) if one.name in by_name] + scripts
    bom["metadata"]["component"] = about | {"licenses": by_name[OURS]["licenses"]}
    return bom | {"components": parts, "dependencies": _needs(bom, by_name[OURS]["bom-ref"], ref, parts, scripts)}


def _environment(python: str) -> Bom:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "environment.json"
        command = [sys.executable, "-m", "cyclonedx_py", "environment", *LISTING, "--output-file", str(out), python]
        subprocess.run(command, check=True)
        found: Bom = json.loads(out.read_text())
    return found


def _needs(bom: Bom, found: str, ref: str, parts: list[Bom], scripts: list[Bom]) -> list[Bom]:
    """What needs what among the parts and us, `found` under another name; the scripts are ours."""
    ours = [one["bom-ref"] for one in scripts]
    listed = {one["ref"]: one.get("dependsOn", []) for one in bom["dependencies"]} | {name: [] for name in ours}
    listed[ref] = listed.pop(found) + ours
    refs = {ref} | {one["bom-ref"] for one in parts}
    return [
        {"ref": name, "dependsOn": [n for n in needs if n in refs]} for name, needs in listed.items() if name in refs
    ]


def _licensed(name: str, found: Bom) -> Bom:
    """With the licence of our page, where the lister understood none."""
    return (
        found
        if found.get("licenses")
        else found | {"licenses": [{"license": {"name": licences.licensed(name).licence}}]}
    )


def _script(name: str, version: str, licence: str) -> Bom:
    purl = f"pkg:npm/{name.replace('@', '%40')}@{version}"
    licensed = [{"license": {"id": licence, "acknowledgement": "declared"}}]
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "licenses": licensed, "purl": purl}


if __name__ == "__main__":
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    made = json.dumps(bill(*sys.argv[2:3]), indent=1, sort_keys=True) + "\n"
    if wrong := JsonStrictValidator(SchemaVersion.V1_6).validate_str(made):
        sys.exit(f"not CycloneDX 1.6: {wrong}")
    Path(sys.argv[1]).parent.mkdir(parents=True, exist_ok=True)
    Path(sys.argv[1]).write_text(made)
    print(f"{sys.argv[1]}: {made.count('bom-ref')} components")
