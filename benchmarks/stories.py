"""How well articles are put together into stories, and how fast: `python benchmarks/stories.py [--speed]`.

Labelled articles (tests/stories: our own, and real ones of ../shared/news where that is there) are assigned as in a
run, in order of time. Happenings are even or odd by name; the even ones tuned the weights. `both` are our own and
real ones together; `one day` are our own as if all that happened on one day, without the days that they name.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from media_monitor.evaluate.clusters import bcubed, pairs
from media_monitor.extract.semantic.model import Model, chosen
from media_monitor.extract.stories.assign import Assigned, Founder, assign
from media_monitor.extract.stories.heads import with_vectors
from media_monitor.extract.stories.report import Report
from media_monitor.extract.stories.weights import shipped

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.stories import labelled

DAYS, BATCH, STORED = 30, 500, 9_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--speed", action="store_true", help="only the time of a batch against 30 days of founders")
    if parser.parse_args().speed:
        print(speed())
        return
    table = Table(
        "extractor", "half", "texts", "articles", "stories", "BCubed P", "R", "F1", "pairs P", "R", "F1", "cross R"
    )
    models = {"rules": None, "rules+encoder": chosen("auto")}
    for name, model in models.items():
        if model or name == "rules":
            for row in rows(model):
                table.add_row(name, *row)
    Console(width=140).print(table)


def rows(model: Model | None) -> Iterator[list[str]]:
    """The figures of each half and sample, as printed."""
    samples = {"own": labelled.cases(), "news": labelled.news()}
    found = {name: (sample, resolved(clustered(sample.reports, model))) for name, sample in samples.items() if sample}
    for half in ("even", "odd"):
        both: dict[str, str] = {}
        labels: dict[str, str] = {}
        languages: dict[str, str | None] = {}
        for name, (sample, clusters) in found.items():
            mine = {key for key in clusters if labelled.half(sample.labels[key]) == half}
            own = {key: clusters[key] for key in mine}
            spoken = {one.article_id: one.language for one in sample.reports}
            both, labels, languages = both | own, labels | dict(sample.labels), languages | spoken
            yield [half, name, *figures(own, sample.labels, spoken)]
        yield [half, "both", *figures(both, labels, languages)]
        sample = samples["own"]
        if sample:
            clusters = resolved(clustered(on_one_day(sample.reports), model))
            own = {key: clusters[key] for key in clusters if labelled.half(sample.labels[key]) == half}
            yield [half, "one day", *figures(own, sample.labels, languages)]


def figures(clusters: Mapping[str, str], labels: Mapping[str, str], languages: Mapping[str, str | None]) -> list[str]:
    """Articles, labelled happenings, and the figures, as text."""
    b, p, cross = bcubed(clusters, labels), pairs(clusters, labels), pairs(clusters, labels, languages)
    values = (b.precision, b.recall, b.f1, p.precision, p.recall, p.f1, cross.recall)
    return [str(len(clusters)), str(len({labels[key] for key in clusters})), *(f"{value:.2f}" for value in values)]


def on_one_day(reports: list[Report]) -> list[Report]:
    """The reports at the hour at which they were printed, all on one day, which they do not name."""
    found = []
    for report in reports:
        moved = replace(report, at=report.at.replace(year=2025, month=1, day=15))
        moved.__dict__.update(days=frozenset(), numbers=report.numbers)  # what it would read with that date
        found.append(moved)
    return found


def clustered(reports: list[Report], model: Model | None) -> Assigned:
    """The stories of the reports, all in one batch."""
    weights = shipped()
    return assign(with_vectors(reports, model, weights), [], {}, {}, weights)


def resolved(done: Assigned) -> dict[str, str]:
    """The story of each article, merged ones as what they go on as."""
    roots = {change.story_id: change.next_story for change in done.changes if change.kind == "merge"}

    def root(story: str) -> str:
        return root(roots[story]) if story in roots else story

    return {article: root(story) for article, story in done.stories.items()}


def speed() -> str:
    """The time that a batch takes against the founders of 30 days, without the encoder."""
    reports = labelled.cases().reports
    spread = timedelta(days=DAYS) / STORED
    last = max(one.at for one in reports)
    known = []
    for number in range(STORED):
        one = replace(reports[number % len(reports)], article_id=f"k{number}", at=last - spread * number)
        known.append(Founder(f"s{number}", one, f"s{number}", one.at))
    new = [
        replace(reports[number % len(reports)], article_id=f"n{number}", at=last - spread * (number % 50))
        for number in range(BATCH)
    ]
    start = time.process_time()
    assign(new, known, {}, {}, shipped())
    taken = time.process_time() - start
    return f"{BATCH} articles against {STORED} founders of {DAYS} days: {taken:.2f} s of processor time"


if __name__ == "__main__":
    main()
