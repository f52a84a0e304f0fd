"""Tables of the beat's own data, so that SQL can join on them. They are replaced whole at every load."""

from collections.abc import Iterable

import pyarrow as pa

from media_monitor.beat import Beat
from media_monitor.columns import FLAG, INT, TEXT, TEXTS, Column, Table
from media_monitor.sources import Feed

CLAIMS = Table(
    "claims",
    "The claim registry of the beat.",
    key=("claim",),
    owner=("claim",),
    columns=(
        Column("claim", TEXT, "Id of the claim"),
        Column("title", TEXT, "The claim in a sentence"),
        Column("parties", TEXTS, "Those whose word makes it official"),
        Column("implies", TEXTS, "Claims that are true whenever this one is"),
    ),
)
FEEDS = Table(
    "feeds",
    "The feeds that are followed now.",
    key=("feed_id",),
    owner=("feed_id",),
    columns=(
        Column("feed_id", TEXT, "Id of the feed"),
        Column("url", TEXT, "Address of the feed"),
        Column("outlet", TEXT, "Who prints it"),
        Column("publisher", TEXT, "Family that owns the outlet; counted once"),
        Column("language", TEXT, "ISO 639-1 code; null for a feed in several languages", null=True),
        Column("country", TEXT, "ISO 3166 code of the outlet's country", null=True),
        Column("affiliation", TEXT, "state, independent, wire or official"),
        Column("tier", INT, "1 for the best known outlets, 3 for the least"),
        Column("note", TEXT, "Remark of whoever keeps the list"),
        Column(
            "full_text", FLAG, "Whether article pages may be fetched; null: as the setting full_text says", null=True
        ),
    ),
)
ENTITIES = Table(
    "entities",
    "The entity registry of the beat.",
    key=("entity_id",),
    owner=("entity_id",),
    columns=(
        Column("entity_id", TEXT, "Id of the entity"),
        Column("kind", TEXT, "person, organisation, country or place"),
        Column("party", TEXT, "Side that it speaks or acts for", null=True),
        Column("sector", TEXT, "GOV, MIL, LEG, SPY, MED, IGO …", null=True),
        Column("wikidata", TEXT, "Id in Wikidata", null=True),
        Column("name", TEXT, "English name"),
    ),
)
TABLES: tuple[Table, ...] = (CLAIMS, FEEDS, ENTITIES)


def tables(beat: Beat, feeds: Iterable[Feed]) -> dict[str, pa.Table]:
    """The tables `claims`, `feeds` and `entities`.

    Raises:
        BeatError: a file of the beat is faulty.
    """
    claims = [
        {"claim": c.claim_id, "title": c.title, "parties": list(c.parties), "implies": list(c.implies)}
        for c in beat.claims.values()
    ]
    return {
        CLAIMS.name: pa.Table.from_pylist(claims, schema=CLAIMS.schema),
        FEEDS.name: FEEDS.arrow(feeds),
        ENTITIES.name: ENTITIES.arrow(beat.entities.values()),
    }
