"""`python -m release.licences > docs/licences.md`: the licence of every locked package, as its metadata tells."""

import re
import tomllib
from collections.abc import Iterator
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any, NamedTuple

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from release import lock

RULES: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
BUNDLED = lock.CHECKOUT / "plugins" / "media_monitor" / "web" / "static" / "vega.LICENSES.txt"
HEAD = """# Licences

media-monitor is under the [Apache License 2.0](https://www.apache.org/licenses/LICENSE-2.0). This page lists
the licence of every package that an installation brings, also by way of others, as SPDX identifiers read from each
package's own metadata. `make lock` makes it; a test fails where a package has a licence that is not permissive and
is not named with a reason in `release/licences.toml`. What each direct dependency is for:
[dependencies.md](dependencies.md).
"""
SECTIONS = (("What runs", lock.RUN), ("What tests, documentation, extras and releases need beside it", lock.DEV))


class Licensed(NamedTuple):
    name: str
    licence: str
    note: str


def licensed(name: str) -> Licensed:
    """A package with its licence. Raises LookupError where neither metadata nor `licences.toml` tell one."""
    found, where = RULES["read"].get(name, (None, ""))
    try:
        found = found or told(metadata(name))
    except PackageNotFoundError:
        found = RULES["elsewhere"].get(name)
    if not found:
        raise LookupError(f"{name}: no licence in its metadata; read it, and add it to release/licences.toml")
    return Licensed(name, found, RULES["allowed"].get(name, where))


def told(fields: Message) -> str | None:
    """SPDX of what metadata tell: the licence expression, else the licence field, else the classifiers."""
    classifiers = [c.split(" :: ")[-1] for c in fields.get_all("Classifier", []) if c.startswith("License :: ")]
    named = [RULES["words"][words] for words in classifiers if words in RULES["words"]]
    field = fields.get("License", "").partition("\n")[0].strip()
    field = RULES["words"].get(field, field)
    return (
        fields.get("License-Expression")
        or (field if field in RULES["permissive"] or _spdx(field) else None)
        or " OR ".join(named)
        or None
    )


def _spdx(words: str) -> bool:
    try:
        return bool(canonicalize_license_expression(words))
    except InvalidLicenseExpression:
        return False


def acceptable(expression: str) -> bool:
    """Whether all that must be kept, of one choice at least, is permissive. Brackets are not understood: False."""
    choices = (choice.split(" AND ") for choice in expression.split(" OR "))
    return any(set(choice) <= set(RULES["permissive"]) for choice in choices)


def bundled() -> list[tuple[str, str, str]]:
    """Name, version and licence of each package inside the page's script."""
    return re.findall(r"^((?:@[\w.-]+/)?[\w.-]+) (\d[\w.-]*) \(([^)]+)\)$", BUNDLED.read_text(), re.M)


def page() -> str:
    """The page, Markdown."""
    return HEAD + "".join(_lines())


def _lines() -> Iterator[str]:
    for title, path in SECTIONS:
        yield f"\n## {title}\n\n| package | licence | note |\n| --- | --- | --- |\n"
        for name in sorted({one.name for one in lock.read(path)}):
            one = licensed(name)
            yield f"| {one.name} | {one.licence} | {one.note} |\n"
    yield "\n## What draws the page's charts\n\nInside `web/static/vega.js`; their texts: `vega.LICENSES.txt`.\n\n"
    yield "| package | licence |\n| --- | --- |\n"
    yield from (f"| {name} {version} | {licence} |\n" for name, version, licence in bundled())


if __name__ == "__main__":
    print(page(), end="")
