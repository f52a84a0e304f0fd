"""Tables of the beat's own data, so that SQL can join on them. They are replaced whole at every load."""

from collections.abc import Iterable
from dataclasses import asdict

import pyarrow as pa

from media_monitor.beat import Beat
from media_monitor.model import Feed

CLAIMS = pa.schema(
    [
        ("claim", pa.string()),
        ("title", pa.string()),
        ("parties", pa.list_(pa.string())),
        ("implies", pa.list_(pa.string())),
    ]
)
FEEDS = pa.schema(
    [
        ("feed_id", pa.string()),
        ("url", pa.string()),
        ("outlet", pa.string()),
        ("publisher", pa.string()),
        ("language", pa.string()),
        ("country", pa.string()),
        ("affiliation", pa.string()),
        ("tier", pa.int32()),
        ("note", pa.string()),
    ]
)
ENTITIES = pa.schema([(name, pa.string()) for name in ("entity_id", "kind", "party", "sector", "wikidata", "name")])


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
        "claims": pa.Table.from_pylist(claims, schema=CLAIMS),
        "feeds": pa.Table.from_pylist([asdict(feed) for feed in feeds], schema=FEEDS),
        "entities": pa.Table.from_pylist([asdict(entity) for entity in beat.entities.values()], schema=ENTITIES),
    }
