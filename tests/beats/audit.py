"""What is wrong with a beat's registry, one line a fault; an empty list where all is well."""

import csv
import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from defusedxml import ElementTree

from media_monitor.beat import Beat, read_tsv
from media_monitor.collect.web.domains import registrable
from media_monitor.config import PACKAGE
from media_monitor.extract.text.normalise import folded

MM = "{urn:media-monitor:opml}"
NEEDED = ("text", "title", "xmlUrl", "htmlUrl", "language", *(f"{MM}{k}" for k in ("id", "country", "note", "tier")))
AFFILIATIONS = {"state", "independent", "wire", "official"}
AGENCIES = PACKAGE / "lexicons" / "agencies.tsv"
SECTORS = {"GOV", "MIL", "LEG", "SPY", "MED", "IGO", "NGO", "BUS", "EDU", "CIV"}


def entity_faults(beat: Beat) -> Iterator[str]:
    """Entities without a name, with a malformed id, with a malformed item number or one that another entity has;
    parties and sectors stand for all but places."""
    items: set[str] = set()
    for entity in beat.entities.values():
        acts = entity.kind != "place"
        if not re.fullmatch(r"[a-z][a-z0-9_]*", entity.entity_id) or not entity.name.strip():
            yield f"{entity.entity_id}: malformed id or no name"
        if bool(entity.party) != acts or bool(entity.sector) != acts:
            yield f"{entity.entity_id}: party and sector are for whoever acts, and for nobody else"
        if entity.sector and entity.sector not in SECTORS:
            yield f"{entity.entity_id}: unknown sector {entity.sector}"
        if entity.wikidata and not re.fullmatch(r"Q[1-9]\d*", entity.wikidata):
            yield f"{entity.entity_id}: {entity.wikidata} is no Wikidata item"
        if entity.wikidata in items:
            yield f"{entity.entity_id}: {entity.wikidata} is the item of another entity"
        items |= {entity.wikidata} - {None}


def alias_faults(beat: Beat) -> Iterator[str]:
    """Aliases that stand twice with different targets (letter case and signs aside), or are not in normal form."""
    meanings: dict[tuple[str, str], tuple[str, ...]] = {}
    for alias in beat.aliases:
        if alias.alias != " ".join(alias.alias.split()) or not folded(alias.alias).strip("* "):
            yield f"{alias.language}: {alias.alias!r} has stray spaces or no letters"
        if len(set(alias.targets)) != len(alias.targets):
            yield f"{alias.language}: {alias.alias} names an entity twice"
        first = meanings.setdefault((alias.language, folded(alias.alias)), alias.targets)
        if first != alias.targets:
            yield f"{alias.language}: {alias.alias} means {first} and {alias.targets}"


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


def feed_faults(opml: Path, publishers: Path, languages: tuple[str, ...]) -> Iterator[str]:
    """Feeds that lack an attribute, stand twice, or name a publisher, language or affiliation that is not known."""
    known = {row["id"] for row in tomllib.loads(publishers.read_text(encoding="utf-8"))["publisher"]}
    seen: set[str] = set()
    for feed in ElementTree.parse(opml).getroot().iter("outline"):
        if feed.get("type") != "rss":
            continue
        name = feed.get(f"{MM}id") or feed.get("xmlUrl") or "a feed"
        yield from (f"{name}: {key.removeprefix(MM)} is missing" for key in NEEDED if not feed.get(key))
        if feed.get(f"{MM}publisher") not in known:
            yield f"{name}: publisher {feed.get(f'{MM}publisher')!r} is not in publishers.toml"
        if feed.get("language", languages[0]) not in languages or feed.get(f"{MM}affiliation") not in AFFILIATIONS:
            yield f"{name}: unknown language or affiliation"
        for key in (feed.get(f"{MM}id", ""), feed.get("xmlUrl", "")):
            if key in seen:
                yield f"{name}: {key} stands twice"
            seen.add(key)


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


def publisher_faults(publishers: Path) -> Iterator[str]:
    """Families without a name or a domain, or that stand twice."""
    seen: set[str] = set()
    for row in tomllib.loads(publishers.read_text(encoding="utf-8"))["publisher"]:
        if not (row.get("name") and row.get("domains") and row.get("outlets")) or row["id"] in seen:
            yield f"{row.get('id')}: no name, no outlet, no domain, or there already"
        seen.add(row["id"])
