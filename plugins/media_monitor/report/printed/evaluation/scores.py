"""Scores of the extraction on labelled documents, and what lies behind them."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.evaluate import LAYERS, Label, Report, Score, breakdown

RATES = ("Precision", "Recall", "F1")
DOCUMENT_LAYERS = ("statements", "events", "entities", "relevant")  # confirmations are among the statements


def print_scores(console: Console, reports: Mapping[str, Report], layers: Sequence[str] = LAYERS) -> None:
    """Prints the scores of each extractor, over all and by language, then the confusion of stances and the events by
    type of the first; "–" where there is nothing labelled or found."""
    first = next(iter(reports.values()))
    console.print(_overall(reports, layers))
    console.print(_by_language(reports, layers))
    if "statements" in layers:
        console.print(_confusion(first))
    if "events" in layers:
        console.print(_event_types(first))


def print_worst(console: Console, report: Report, count: int, layers: Sequence[str] = LAYERS) -> None:
    """Prints the documents with most faults: id, title, what is wrong, what is missed."""
    for one in breakdown.worst(report.judged, count, layers):
        console.print(Text(f"\n{one.document_id}  {one.title}", style="bold", overflow="fold"))
        for layer in (name for name in DOCUMENT_LAYERS if name in layers and name in one.layers):
            expected, seen = one.layers[layer]
            for mark, style, labels in (("wrong ", "red", seen - expected), ("missed", "yellow", expected - seen)):
                if labels:
                    told = "  ".join(shown(label) for label in sorted(labels))
                    console.print(Text(f"  {mark} {layer}: {told}", style=style))


def shown(label: Label) -> str:
    """A label on one line.

    >>> shown(("KP", "confirm", "treaty"))
    'KP confirm treaty'
    """
    return " ".join("–" if part is None else part for part in label)


def _overall(reports: Mapping[str, Report], layers: Sequence[str]) -> Table:
    """With several extractors without counts, which would not fit a terminal; they are in the JSON."""
    several = len(reports) > 1
    columns = ("Layer", "Extractor", *RATES) if several else ("Layer", *RATES, "Right", "Wrong", "Missed")
    table = Table(*columns, title="Over all", title_justify="left")
    for layer in layers:
        for name, report in reports.items():
            s = report.overall[layer]
            rates = (rate(s, s.precision), rate(s, s.recall), rate(s, s.f1))
            counts = map(str, (s.right, s.wrong, s.missed))
            table.add_row(layer, *((name, *rates) if several else (*rates, *counts)))
    return table


def _by_language(reports: Mapping[str, Report], layers: Sequence[str]) -> Table:
    """F1 by extractor, that of runs last; once where they are the same."""
    first = next(iter(reports.values()))
    names = f" ({'→'.join(reversed(list(reports)))})" if len(reports) > 1 else ""
    table = Table("Language", "Items", *layers, title=f"F1 by language{names}", title_justify="left")
    for code in first.languages:
        scores = {layer: [report.languages[code][layer] for report in reports.values()] for layer in layers}
        cells = ("→".join(dict.fromkeys(rate(s, s.f1) for s in reversed(scores[layer]))) for layer in layers)
        table.add_row(code, str(first.documents[code]), *cells)
    return table


def _confusion(report: Report) -> Table:
    title = "Stances: labelled (rows) and found (columns), for the same party and claim"
    table = Table("", title=title, title_justify="left")
    for stance in breakdown.STANCES:
        table.add_column(stance, justify="right")
    for labelled, counts in breakdown.matrix(breakdown.confusion(report.judged)):
        cells = zip(breakdown.STANCES, counts, strict=True)
        table.add_row(labelled, *(_count(count, seen == labelled) for seen, count in cells))
    return table


def _count(count: int, agrees: bool) -> Text:
    return Text(str(count) if count else "·", style="green" if agrees else "" if count else "dim")


def _event_types(report: Report) -> Table:
    table = Table("Event type", *RATES, "Right", "Wrong", "Missed", title="Events by type", title_justify="left")
    for kind, s in breakdown.event_types(report.judged).items():
        rates = (rate(s, s.precision), rate(s, s.recall), rate(s, s.f1))
        table.add_row(kind, *rates, str(s.right), str(s.wrong), str(s.missed))
    return table


def rate(score: Score, value: float) -> str:
    """The share with two digits, "–" where there is nothing labelled or found."""
    return f"{value:.2f}" if score else "–"
