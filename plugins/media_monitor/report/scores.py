"""Scores of the extraction on labelled documents, by layer and language."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.evaluate import LAYERS, Report, Score, evaluate


def score(settings: Settings, gold: Sequence[Mapping[str, Any]], predictions: Sequence[Mapping[str, Any]]) -> Report:
    """The report of predictions against labels, both in the gold format."""
    return evaluate(gold, predictions, Beat.load(settings.beat).claims)


def print_scores(console: Console, report: Report) -> None:
    """Prints precision, recall and F1 over all, and F1 by language; "–" where there is nothing labelled or found."""
    total = Table(
        "Layer", "Precision", "Recall", "F1", "Right", "Wrong", "Missed", title="Over all", title_justify="left"
    )
    for layer in LAYERS:
        s = report.overall[layer]
        cells = (_share(s, s.precision), _share(s, s.recall), _share(s, s.f1), s.right, s.wrong, s.missed)
        total.add_row(layer, *map(str, cells))
    console.print(total)
    table = Table("Language", "Documents", *LAYERS, title="F1 by language", title_justify="left")
    for code, scores in report.languages.items():
        table.add_row(code, str(report.documents[code]), *(_share(scores[layer], scores[layer].f1) for layer in LAYERS))
    console.print(table)


def _share(score: Score, value: float) -> str:
    return f"{value:.2f}" if score.right + score.wrong + score.missed else "–"
