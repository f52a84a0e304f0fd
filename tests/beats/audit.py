"""What is wrong with a beat's registry, one line a fault; an empty list where all is well."""

import csv
import itertools
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from defusedxml import ElementTree

from media_monitor.beat import Beat, read_tsv
from media_monitor.collect.web.domains import registrable
from media_monitor.config import PACKAGE

MM = "{urn:media-monitor:opml}"
AFFILIATIONS = {"state", "independent", "wire", "official"}
AGENCIES = PACKAGE / "lexicons" / "agencies.tsv"


def order_faults(path: Path) -> Iterator[str]:
    """Lines of an alias file that are not in the order of targets, then alias, or stand twice."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(r["targets"], r["alias"]) for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    for before, after in itertools.pairwise(rows):
        if before >= after:
            yield f"{path.name}: {after[1]} must not stand after {before[1]}"


def unnamed(beat: Beat, language: str) -> set[str]:
    """Ids of the entities without an alias in the language."""
    return set(beat.entities) - {t for a in beat.aliases if a.language == language for t in a.targets}


def family_faults(folder: Path) -> Iterator[str]:
    """Families that nothing needs, that join outlets of several names without a reason, or that share a credit; and
    agencies of the lexicon that no family signs as."""
    rows = tomllib.loads((folder / "publishers.toml").read_text(encoding="utf-8"))["publisher"]
    outlines = ElementTree.parse(folder / "feeds.opml").getroot().iter("outline")
    used = {outline.get(f"{MM}publisher") for outline in outlines}
    credited: dict[str, str] = {}
    for row in rows:
        brands = {registrable(f"https://{domain}").partition(".")[0] for domain in row["domains"]}
        needed = row["id"] in used or row.get("credits") or row.get("affiliation") or len(brands) > 1
        if not needed:
            yield f"{row['id']}: no feed, no credit, no affiliation and nothing that it joins"
        if (len(brands) > 1) != bool(row.get("why")):
            yield f"{row['id']}: does not tell why {', '.join(sorted(brands))} are one, or need not"
        for form in row.get("credits", ()):
            if credited.setdefault(form, row["id"]) != row["id"]:
                yield f"{row['id']}: {form!r} is a credit of {credited[form]}"
    yield from _unsigned(credited)


def _unsigned(credited: Mapping[str, str]) -> Iterator[str]:
    owners: dict[str, set[str]] = {}
    for _, row in read_tsv(AGENCIES, ("agency", "form")):
        if row["form"] not in credited:
            yield f"the agency {row['agency']} signs as {row['form']!r}, which is no family's credit"
        else:
            owners.setdefault(row["agency"], set()).add(credited[row["form"]])
    for agency, families in owners.items():
        if len(families) > 1:
            yield f"the agency {agency} is of {', '.join(sorted(families))}"
