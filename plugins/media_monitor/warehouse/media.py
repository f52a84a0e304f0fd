"""Names of media and the publisher family of each, from the beat's families of outlets and its entities."""

from collections.abc import Iterator, Mapping
from typing import Any

from media_monitor.beat import Beat, Entity

SECTOR = "MED"  # of the entities that are media
STATE = "state"


def families(beat: Beat) -> list[dict[str, Any]]:
    """Rows of the table `families`, sorted: every name of each medium, once.

    A medium of the registry belongs to the family that lists one of its names; one that nobody lists is a family of
    its own, named by its entity id. The organs of the beat are state media whatever the families say.

    Raises:
        BeatError: a file of the beat is faulty.
    """
    publishers = beat.publishers
    listed = {name.casefold(): row["id"] for row in reversed(publishers) for name in _names(row)}
    told = {row["id"]: row.get("affiliation") for row in publishers}
    rows = {name: _row(name, family, None, told.get(family)) for name, family in listed.items()}
    for entity, names in _media(beat):
        family = next((listed[name] for name in names if name in listed), entity.entity_id)
        affiliation = STATE if entity.entity_id in beat.settings.get("organs", ()) else told.get(family)
        for name in names:
            if listed.get(name, family) == family:
                rows[name] = _row(name, family, entity.party, affiliation)
    return [rows[name] for name in sorted(rows)]


def titles(beat: Beat) -> dict[str, str]:
    """The name of each publisher family, and of each medium of the registry, by its id.

    Raises:
        BeatError: a file of the beat is faulty.
    """
    own = {entity.entity_id: entity.name for entity in beat.entities.values() if entity.sector == SECTOR}
    return own | {row["id"]: row["name"] for row in beat.publishers if "name" in row}


def _names(row: Mapping[str, Any]) -> list[str]:
    return [row["id"], *([row["name"]] if "name" in row else []), *row.get("outlets", ()), *row.get("credits", ())]


def _media(beat: Beat) -> Iterator[tuple[Entity, list[str]]]:
    """Each medium of the registry with its names, the English one first; patterns for inflected forms are none."""
    aliases: dict[str, list[str]] = {}
    for alias in beat.aliases:
        if len(alias.targets) == 1 and "*" not in alias.alias:
            aliases.setdefault(alias.targets[0], []).append(alias.alias.casefold())
    for entity in beat.entities.values():
        if entity.sector == SECTOR:
            own = [entity.name.casefold(), entity.entity_id.casefold()]
            yield entity, list(dict.fromkeys([*own, *aliases.get(entity.entity_id, [])]))


def _row(name: str, family: str, party: str | None, affiliation: str | None) -> dict[str, Any]:
    return {"name": name, "family": family, "party": party, "affiliation": affiliation}
