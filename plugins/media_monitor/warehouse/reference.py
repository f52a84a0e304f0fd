"""Tables of the beat's own data, so that SQL can join on them. They are replaced whole at every load."""

from collections.abc import Iterable

import pyarrow as pa

from media_monitor.beat import Beat
from media_monitor.columns import DAY, FLAG, INT, TEXT, TEXTS, Column, Table
from media_monitor.sources import Feed
from media_monitor.warehouse import media, record

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
FAMILIES = Table(
    "families",
    "Names of media: outlets, wire credits and entities of the beat, each with the publisher family that it is of.",
    key=("name",),
    owner=("name",),
    columns=(
        Column("name", TEXT, "A name, credit or entity id, case-folded"),
        Column("family", TEXT, "The publisher family; counted once"),
        Column("party", TEXT, "Side that the medium is of, where it is an entity of the beat", null=True),
        Column("affiliation", TEXT, "state, independent, wire or official, where the beat tells", null=True),
    ),
)
RECORD = Table(
    "record",
    "What the public record says of where parties stand, so that old confirmations are no news.",
    key=("claim", "party", "state"),
    owner=("claim", "party", "state"),
    columns=(
        Column("beat", TEXT, "The beat"),
        Column("claim", TEXT, "The claim"),
        Column("party", TEXT, "A party to it"),
        Column("state", TEXT, "alleged, declined, denied, implicit or confirmed"),
        Column("since", DAY, "The day that it was said"),
        Column("source_url", TEXT, "Public address of the source; null where only its title is cited", null=True),
        Column("source_title", TEXT, "The source: who published it, what and when"),
    ),
)
TABLES: tuple[Table, ...] = (CLAIMS, FEEDS, ENTITIES, FAMILIES, RECORD)


def tables(beat: Beat, feeds: Iterable[Feed]) -> dict[str, pa.Table]:
    """The tables `claims`, `feeds`, `entities`, `families` and `record`.

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
        FAMILIES.name: pa.Table.from_pylist(media.families(beat), schema=FAMILIES.schema),
        RECORD.name: pa.Table.from_pylist(record.entries(beat), schema=RECORD.schema),
    }
