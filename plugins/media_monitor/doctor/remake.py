"""Makes rows again that are lost: facts from the stored texts of their articles, all else by replaying the archive."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from media_monitor import columns, consistency, pipeline, readmission, replay, tables
from media_monitor.beat import Beat
from media_monitor.collect.articles import attribution
from media_monitor.columns import Table
from media_monitor.config import Settings
from media_monitor.doctor.patient import Patient
from media_monitor.errors import CorruptFileError
from media_monitor.extract import batch as extraction
from media_monitor.model import Article
from media_monitor.sources import Fetch
from media_monitor.validate import codes, gate
from media_monitor.warehouse import lake, partition, places, staging
from media_monitor.warehouse.census import Misfit
from media_monitor.warehouse.locate import keys

BATCH = "doctor"  # what the quarantine gives as the run of rows that fail when they are made again
FACTS = frozenset(table.name for table in tables.FACTS)
_KEY = ("article_id", "revision")


def partitions(patient: Patient, parts: Sequence[tuple[str, date]]) -> None:
    """Makes the rows of the partitions again, as far as archive and texts have them.

    Raises:
        CorruptFileError: a file of the archive is damaged; what came before it is there.
    """
    archived = {(name, day) for name, day in parts if name not in FACTS and name != tables.ALERTS.name}
    if archived:
        _from_archive(patient, archived)
    days = {day for name, day in parts if name in FACTS}
    found = [_stored(patient.home, tables.ARTICLES, day) for day in sorted(days)]
    _extract(patient, columns.concat(tables.ARTICLES, found))


def facts(patient: Patient, misfits: Sequence[Misfit]) -> None:
    """Makes the facts of these articles again; those whose article is nowhere leave the lake, and are kept aside."""
    wanted = {_text(one) for one in misfits}
    found = _articles(patient, wanted)
    missing = wanted - set(keys(found, _KEY))
    if missing:
        _from_archive(patient, {("articles", one.day) for one in misfits if _text(one) in missing})
        found = _articles(patient, wanted)
        missing -= set(keys(found, _KEY))
    _extract(patient, found)
    _give_up(patient, [one for one in misfits if _text(one) in missing])


def batch(patient: Patient, name: str, fetches: Sequence[Fetch], articles: Sequence[Article]) -> None:
    """Takes what the archive has of the batch through all stages again, with the moments of then."""
    settings = patient.settings
    moments = [fetch.fetched_at for fetch in fetches] + [article.fetched_at for article in articles]
    then = replace(settings, as_of=max(moments)) if moments else settings
    staging.discard(settings.home, name)
    staged = {"fetches": tables.FETCHES.arrow(fetches), "articles": tables.ARTICLES.arrow(articles)}
    staging.write(settings.home, name, "collect-0000", staged)
    parts = pipeline.settle(then, name, 1)
    for number in range(parts):
        pipeline.extract(then, name, number)
    pipeline.validate(then, name, parts)
    pipeline.load(then, name)


def attributed(patient: Patient, articles: Sequence[Article]) -> list[Article]:
    """The articles with their true publishers, as `pipeline.settle` has them."""
    return list(
        attribution.attributed(
            articles, consistency.feeds_of(patient.settings), consistency.families_of(patient.settings)
        )
    )


def _text(one: Misfit) -> str:
    return f"{one.article_id}\x1f{one.revision}"


def _stored(home: Path, table: Table, day: date) -> pa.Table:
    path = places.partition(home, table.name, day)
    return partition.read(path, table, day) if path.exists() else table.empty()


def _articles(patient: Patient, wanted: Collection[str]) -> pa.Table:
    """The stored articles of those keys, on whatever day."""
    patient.forget()
    parts = (partition.of_any_day(path, tables.ARTICLES) for path in patient.sound("articles"))
    found = [rows.filter(pa.array([text in wanted for text in keys(rows, _KEY)], pa.bool_())) for rows in parts]
    return columns.concat(tables.ARTICLES, found)


def _extract(patient: Patient, articles: pa.Table) -> None:
    """Replaces the facts of the articles that have a text by what is extracted now; the articles stay as they are."""
    rows = articles.filter(pc.and_(pc.is_valid(articles["text"]), pc.fill_null(articles["relevant"], False)))
    if not rows.num_rows:
        return
    settings, beat = patient.settings, Beat.load(patient.settings.beat)
    found = extraction.extract(rows, beat, settings.semantic)
    checked = {"articles": rows, **{name: found[name] for name in FACTS}}
    moment = pc.max(rows["fetched_at"]).as_py()
    verdict = gate.check(checked, settings.expectations, BATCH, moment, codes.of(beat))
    good = {name: verdict.good[name] for name in FACTS}
    readmission.merge(settings, {"articles": rows, **good, "quarantine": verdict.quarantine})


def _give_up(patient: Patient, misfits: Iterable[Misfit]) -> None:
    gone: dict[str, list[dict[str, object]]] = {}
    for one in misfits:
        gone.setdefault(one.table, []).append({"article_id": one.article_id, "revision": one.revision})
        rows = _stored(patient.home, tables.BY_NAME[one.table], one.day)
        own = rows.filter(pa.array([text == _text(one) for text in keys(rows, _KEY)], pa.bool_()))
        patient.rows_aside(one.table, own, "their article is stored nowhere, and not in the archive")
    owners = {name: pa.Table.from_pylist(those, schema=_owner(name)) for name, those in gone.items()}
    lake.merge(patient.home, {}, owners)


def _owner(name: str) -> pa.Schema:
    table = tables.BY_NAME[name]
    return table.empty().select(list(table.owner)).schema


def _from_archive(patient: Patient, parts: Collection[tuple[str, date]]) -> None:
    """Adds to the lake those rows of the partitions that a replay of all batches makes and the lake has not."""
    with patient.scratch() as folder:
        anew = replace(patient.settings, home=folder / "home", alert_urls=(), exports=("none",))
        stopped = _replayed(patient, anew)
        lake.merge(patient.home, {name: _lost(patient, anew, name, parts) for name in sorted({n for n, _ in parts})})
    if stopped is not None:
        raise stopped


def _replayed(patient: Patient, anew: Settings) -> CorruptFileError | None:
    """Replays all batches into the data folder of the settings; the damage that ended it early, if any did."""
    try:
        for name, _ in replay.replay(anew, patient.home, progress=patient.progress):
            staging.discard(anew.home, name)
    except CorruptFileError as damage:
        return damage
    return None


def _lost(patient: Patient, anew: Settings, name: str, parts: Collection[tuple[str, date]]) -> pa.Table:
    table = tables.BY_NAME[name]
    made = columns.concat(table, [_stored(anew.home, table, day) for other, day in sorted(parts) if other == name])
    known = {text for path in patient.sound(name) for text in keys(partition.of_any_day(path, table), table.key)}
    return made.filter(pa.array([text not in known for text in keys(made, table.key)], pa.bool_()))
