"""Feeds, publishers and samples."""

from collections.abc import Iterator

from media_monitor.audit.fault import Fault, line_of
from media_monitor.beat import PUBLISHERS, Beat
from media_monitor.collect.lists import audit
from media_monitor.collect.lists.citations import NAME
from media_monitor.collect.lists.opml import read_opml
from media_monitor.collect.lists.publishers import families

NEEDED = ("id", "country", "affiliation", "publisher", "tier", "note")


def feed_faults(beat: Beat) -> Iterator[Fault]:
    """What `feeds check` finds, attributes that are missing, languages without a feed."""
    path = beat.folder / "feeds.opml"
    for found in audit.audit(beat, None):
        where = found.where if found.where.rpartition(":")[2].isdigit() else f"{found.where}:1"
        yield Fault(where, f"{found.feed_id}: {found.told}" if found.feed_id else found.told, found.grade)
    outlines = read_opml(path)
    for one in outlines:
        missing = [f"mm:{key}" for key in NEEDED if not one.own.get(key)]
        missing += [name for name, told in (("htmlUrl", one.page), ("language", one.language)) if not told]
        if missing:
            yield Fault(one.where, f"{one.own.get('id', one.title)}: {', '.join(missing)} missing")
    for language in beat.languages:
        if language not in {one.own.get("language") or one.language for one in outlines}:
            yield Fault(f"{path}:1", f"no feed in {language}", "note")
    if outlines and not path.with_name(NAME).exists():
        yield Fault(f"{path.with_name(NAME)}:1", "is missing: it tells where the address of each feed was seen", "note")


def publisher_faults(beat: Beat) -> Iterator[Fault]:
    """Families without a name, an outlet or a domain, or that stand twice."""
    path = beat.folder / PUBLISHERS
    families(beat)
    seen: set[str] = set()
    for row in beat.publishers:
        where = line_of(path, f'id = "{row["id"]}"')
        missing = [key for key in ("name", "outlets", "domains") if not row.get(key)]
        if missing:
            yield Fault(where, f"{row['id']}: {', '.join(missing)} missing")
        if row["id"] in seen:
            yield Fault(where, f"{row['id']}: stands twice")
        seen.add(row["id"])


def sample_faults(beat: Beat) -> Iterator[Fault]:
    """A folder of samples without a list, or a list that names another server."""
    folder = beat.folder / "samples"
    if not folder.is_dir():
        yield Fault(f"{folder}:1", "there are no samples: `run --samples` has nothing to read", "note")
        return
    for one in read_opml(folder / "feeds.opml"):
        if not one.url.startswith("{base}/"):
            yield Fault(one.where, f"{one.url}: addresses of samples begin with {{base}}/")
