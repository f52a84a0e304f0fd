"""Every locked package has a licence that is permissive, or is named with a reason; and the page says so as it is."""

import json
from email.message import Message
from hashlib import sha256

import pytest

from release import licences, lock

STATIC = licences.BUNDLED.parent
VENDOR = lock.CHECKOUT / "vendor"
NAMES = sorted({one.name for one in lock.read(lock.RUN) + lock.read(lock.DEV)})


def test_the_page_is_up_to_date():
    assert (lock.CHECKOUT / "docs" / "licences.md").read_text() == licences.page(), "run `make lock`"


def test_every_licence_is_permissive_or_named_with_a_reason():
    found = [licences.licensed(name) for name in NAMES]
    other = {one.name for one in found if not licences.acceptable(one.licence)}
    assert other == set(licences.RULES["allowed"])
    assert all(licences.acceptable(licence) for _, _, licence in licences.bundled())


def test_no_rule_is_about_what_is_not_there():
    for table in ("read", "elsewhere", "allowed"):
        assert sorted(set(licences.RULES[table]) - set(NAMES)) == []


@pytest.mark.parametrize(
    ("expression", "free"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("MIT AND (Apache-2.0 OR MIT)", False),
        ("", False),
    ],
)
def test_a_choice_counts_and_a_second_duty_too(expression, free):
    assert licences.acceptable(expression) is free


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ({"License-Expression": "MIT-0", "License": "whatever"}, "MIT-0"),
        ({"License": "Apache 2.0"}, "Apache-2.0"),
        (
            {"License": "BSD 3-Clause License\n\nCopyright", "Classifier": "License :: OSI Approved :: BSD License"},
            "BSD",
        ),
        ({"License": "All rights reserved"}, None),
        ({"Classifier": "Programming Language :: Python"}, None),
    ],
)
def test_what_metadata_tell(fields, licence):
    message = Message()
    for name, value in fields.items():
        message[name] = value
    assert licences.told(message) == licence


def test_a_package_that_tells_none_is_named():
    with pytest.raises(LookupError, match="no-such-package: no licence"):
        licences.licensed("no-such-package")


def test_the_script_in_the_package_is_the_one_that_was_built():
    sums = dict(reversed(line.split("  ")) for line in (VENDOR / "SHA256SUMS").read_text().splitlines())
    assert sums == {name: sha256((STATIC / name).read_bytes()).hexdigest() for name in ("vega.js", "vega.LICENSES.txt")}


def test_the_script_holds_locked_versions_of_packages_with_hashes():
    packages = json.loads((VENDOR / "package-lock.json").read_text())["packages"]
    assert [path for path, one in packages.items() if path and not one.get("integrity", "").startswith("sha512-")] == []
    held = {(path.rpartition("node_modules/")[2], one["version"]) for path, one in packages.items() if path}
    inside = licences.bundled()
    assert {"vega", "vega-lite", "vega-interpreter"} <= {name for name, _, _ in inside}
    assert sorted({(name, version) for name, version, _ in inside} - held) == []
