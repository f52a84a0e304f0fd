"""No article lost: each entry that was archived is an article, or in quarantine, or was removed by upkeep: nobody can
tell of days so old that upkeep removed articles or rows in quarantine of them, so those are left out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from media_monitor import consistency
from media_monitor.collect import chunk
from media_monitor.collect.sandbox import Sandbox
from media_monitor.collect.warc import batches
from media_monitor.collect.warc.joined import Piece
from media_monitor.doctor import remake
from media_monitor.doctor.finding import Finding
from media_monitor.doctor.patient import Patient
from media_monitor.errors import MediaMonitorError
from media_monitor.model import Article
from media_monitor.sources import Fetch
from media_monitor.warehouse import census, query

_AGAIN = "the batch is read again from its archive and loaded"
_REJECTED = """
    SELECT DISTINCT batch FROM checks WHERE scope = 'batch' AND severity = 'critical' AND NOT success
"""


def find(patient: Patient) -> Iterator[Finding]:
    """Loaded batches of which the tables have fewer articles than fetches brought, and archived ones that were never
    loaded: their archives are read, and what they hold is looked for."""
    suspected = _short(patient) | dict.fromkeys(_unloaded(patient))
    for name in sorted(suspected):
        patient.progress(f"entries: {name}")
        try:
            lost = _lost(patient, _files(patient, name))
        except MediaMonitorError as error:
            yield Finding(f"batch {name}", f"its archive cannot be read: {error}", severity="warning")
            continue
        if lost:
            loaded = "was loaded, and" if suspected[name] is not None else "was archived and never loaded, and"
            yield Finding(f"batch {name}", f"{loaded} {len(lost)} of its entries are no article and in no quarantine",
                          _AGAIN, target=name)  # fmt: skip
        elif suspected[name] and not _files(patient, name):
            yield Finding(f"batch {name}", f"{suspected[name]} new entries are no articles under its name, and its "
                          "archive is gone: another batch may have brought them", severity="note")  # fmt: skip


def _short(patient: Patient) -> dict[str, int | None]:
    missing: dict[str, int | None] = defaultdict(int)
    removed = max(map(patient.removed_until, ("articles", "quarantine")))
    for batch, _, _, entries, articles in census.short(patient.lake, removed):
        missing[batch] = (missing[batch] or 0) + entries - articles
    return dict(missing)


def _unloaded(patient: Patient) -> list[str]:
    """Batches with an archive, of before the last that was loaded, that were not loaded and not rejected."""
    removed = max(map(patient.removed_until, ("warc", "quarantine")))  # with an archive goes the mark of its load
    first = f"{removed + timedelta(days=1):%Y%m%d}".zfill(8)  # batches are named by their time
    folders = [path for path in batches.unjoined(patient.home / "warc") if any(path.glob("*.warc.gz"))]
    young = [path for path in folders if first <= path.name < patient.newest]
    dead = [path.name for path in young if not (path / batches.LOADED).exists()]
    if not dead:
        return []
    rejected = {row["batch"] for row in query.rows(patient.home, _REJECTED)}
    return [name for name in dead if name not in rejected]


def _files(patient: Patient, batch: str) -> list[Piece]:
    """All of its archives of feeds, also those of a chunk that was written more than once."""
    found = batches.files(patient.home / "warc", batch)
    return [piece for name, piece in found.items() if name.partition(".")[0].partition("-")[0].isdigit()]


def _lost(patient: Patient, files: Sequence[Piece]) -> set[tuple[str, str]]:
    removed = patient.removed_until("articles")
    articles = [one for one in _read(patient, "", files)[1] if one.day > removed]
    entries = [(one.article_id, one.content_sha256) for one in articles]
    return census.unstored(patient.lake, entries) if entries else set()


def _read(patient: Patient, batch: str, files: Sequence[Piece]) -> tuple[list[Fetch], list[Article]]:
    with Sandbox(patient.settings.timeout_seconds) as sandbox:
        fetches, articles = chunk.replay(files, {}, patient.settings, batch, patient.home, sandbox)
    return fetches, remake.attributed(patient, articles)


def mend(patient: Patient, findings: Sequence[Finding]) -> None:
    consistency.refresh(patient.settings)  # what is known is asked of the index
    for finding in findings:
        name: str = finding.target
        files = _files(patient, name)
        lost = _lost(patient, files)
        fetches, articles = _read(patient, name, files)
        loaded = batches.loaded_at(patient.home / "warc", name)
        own = [one for one in articles if (one.article_id, one.content_sha256) in lost]
        remake.batch(patient, name, [] if loaded else fetches, own)
