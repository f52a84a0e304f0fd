"""Known codes that live elsewhere and come into the suites as parameters, so that no list is written twice."""

from types import MappingProxyType

from media_monitor.beat import Beat, read_tsv
from media_monitor.config import PACKAGE

OTHER = "OTHER"  # the party of anybody whose side is not in the registry
NO_PARTY = "-"
PLOVER = PACKAGE / "lexicons" / "plover.tsv"

# Every parameter that a suite may name.
PARAMETERS = MappingProxyType(
    {
        "claims": "claim ids of the beat",
        "entities": "entity ids of the beat",
        "parties": "party codes of the beat's entities and claims, and OTHER",
        "entity_parties": "each entity of the beat with its party, as `id party` (`-` for none)",
        "people": "ids of the beat's entities that are persons",
        "event_types": "event types of PLOVER",
        "event_codes": "each of them with its CAMEO root and quad class, as `TYPE root class`",
        "least_articles": "1 where the batch's fetches report new items, else 0",
    }
)


def of(beat: Beat) -> dict[str, list[str]]:
    """The codes of the beat and of the event table, by parameter.

    Raises:
        BeatError: a file of the beat, or the event table, is faulty.
    """
    events = [row for _, row in read_tsv(PLOVER, ("type", "cameo", "quad_class", "goldstein"))]
    entities = beat.entities.values()
    parties = {e.party for e in entities if e.party} | {p for c in beat.claims.values() for p in c.parties}
    return {
        "claims": list(beat.claims),
        "entities": list(beat.entities),
        "parties": [*sorted(parties), OTHER],
        "entity_parties": [with_party(e.entity_id, e.party) for e in entities],
        "people": [e.entity_id for e in entities if e.kind == "person"],
        "event_types": [row["type"] for row in events],
        "event_codes": [f"{row['type']} {row['cameo']} {row['quad_class']}" for row in events],
    }


def with_party(entity_id: str, party: str | None) -> str:
    """Entity and party as one code.

    >>> with_party("kim_jong_un", "KP"), with_party("kursk_region", None)
    ('kim_jong_un KP', 'kursk_region -')
    """
    return f"{entity_id} {party or NO_PARTY}"
