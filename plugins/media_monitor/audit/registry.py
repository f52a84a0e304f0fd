"""Entities and their names."""

import re
from collections.abc import Iterator

from media_monitor.audit.fault import Fault
from media_monitor.beat import Beat, read_tsv
from media_monitor.extract.text.normalise import folded

SECTORS = {"GOV", "MIL", "LEG", "SPY", "MED", "IGO", "NGO", "BUS", "EDU", "CIV"}
ALIASES = ("alias", "targets", "kind")
ENTITIES = ("id", "kind", "party", "sector", "wikidata", "name")


def entity_faults(beat: Beat) -> Iterator[Fault]:
    """Entities with a malformed id or item number, without a name, or with an item that another one has; party and
    sector stand for whoever acts, and not for places."""
    items: dict[str, str] = {}
    for where, row in read_tsv(beat.folder / "entities.tsv", ENTITIES):
        acts, empty = row["kind"] != "place", ("", "-")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", row["id"]) or not row["name"].strip():
            yield Fault(where, f"{row['id']}: malformed id or no name")
        if (row["party"] not in empty) != acts or (row["sector"] not in empty) != acts:
            yield Fault(where, f"{row['id']}: party and sector are for whoever acts, and for nobody else")
        if row["sector"] not in {*empty, *SECTORS}:
            yield Fault(where, f"{row['id']}: unknown sector {row['sector']}")
        if row["wikidata"] in empty:
            continue
        if not re.fullmatch(r"Q[1-9]\d*", row["wikidata"]):
            yield Fault(where, f"{row['id']}: {row['wikidata']} is no Wikidata item")
        if items.setdefault(row["wikidata"], row["id"]) != row["id"]:
            yield Fault(where, f"{row['id']}: {row['wikidata']} is the item of {items[row['wikidata']]}")


def alias_faults(beat: Beat) -> Iterator[Fault]:
    """Languages without a file of names, aliases with stray signs or two meanings, entities that nothing names."""
    named: set[str] = set()
    for language in beat.languages:
        path = beat.folder / "aliases" / f"{language}.tsv"
        if not path.is_file():
            yield Fault(f"{path}:1", f"there are no names in {language}")
            continue
        meanings: dict[str, str] = {}
        for where, row in read_tsv(path, ALIASES):
            named |= set(row["targets"].split(","))
            if row["alias"] != " ".join(row["alias"].split()) or not folded(row["alias"]).strip("* "):
                yield Fault(where, f"{row['alias']!r} has stray spaces or no letters")
            before = meanings.setdefault(folded(row["alias"]), row["targets"])
            if before != row["targets"]:
                yield Fault(where, f"{row['alias']} means {before} and {row['targets']}")
    for where, row in read_tsv(beat.folder / "entities.tsv", ENTITIES):
        if row["id"] not in named:
            yield Fault(where, f"{row['id']}: no name in any of {', '.join(beat.languages)}")
