"""`media-monitor evaluate`: scores on labelled documents, what lies behind them, comparisons and floors."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.progress import track

from media_monitor import pipeline
from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.errors import DocumentError
from media_monitor.evaluate import LAYERS, Report, comparison, evaluate, floors, published
from media_monitor.report.printed.evaluation import comparisons, scores
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json

out, err = Terminal(), Terminal(stderr=True)
_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _GoldSet:
    """Labelled documents of one file, and by extractor the report on them."""

    path: Path
    rows: Sequence[_Row]
    reports: Mapping[str, Report]


def command(
    context: typer.Context,
    gold: Annotated[list[Path], typer.Argument(help="Labelled documents as JSON Lines, one file or several")],
    layer: Annotated[list[str] | None, typer.Option(help=f"Show these layers alone: {', '.join(LAYERS)}")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only documents labelled with these languages")] = None,
    half: Annotated[
        Literal["even", "odd"] | None, typer.Option(help="Only documents whose id ends in an even or odd digit")
    ] = None,
    worst: Annotated[int, typer.Option(min=0, help="List the documents with most faults")] = 0,
    compare: Annotated[Path | None, typer.Option(help="Result of an earlier run: what got better and worse")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the whole result here as JSON")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole result as JSON instead of tables")] = False,
    publish: Annotated[
        Path | None, typer.Option(help="Write the scores of each set of files here, as the package publishes them")
    ] = None,
    raise_floors: Annotated[
        Path | None, typer.Option(help="Raise the floors in this file to these scores; never lowers one")
    ] = None,
) -> None:
    """Precision, recall and F1 of the extraction on labelled documents, by layer and language."""
    layers = _layers(layer)
    if (raise_floors or publish) and (layer or language):
        raise typer.BadParameter("--raise-floors and --publish measure all layers and languages")
    earlier = comparison.read(compare) if compare else None
    sets = _measured(context.obj.any_folder(), gold, half, language)
    reports = _together(sets)
    result = _result(reports)
    if output:
        output.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if as_json:
        print_json(result)
    elif earlier is not None:
        comparisons.print_comparison(out, comparison.compare(earlier, result), layers)
    else:
        scores.print_scores(out, reports, layers)
        scores.print_worst(out, next(iter(reports.values())), worst, layers)
    if raise_floors:
        _raise(raise_floors, sets, half)
    if publish:
        day = context.obj.any_folder().now().date()
        published.write(publish, published.document(_by_folder(sets), half, _command(sets, half, publish), day))


def _layers(chosen: Sequence[str] | None) -> tuple[str, ...]:
    for name in chosen or ():
        if name not in LAYERS:
            raise typer.BadParameter(f"no layer {name!r}; layers are {', '.join(LAYERS)}")
    return tuple(name for name in LAYERS if not chosen or name in chosen)


def _measured(
    settings: Settings, paths: Sequence[Path], half: str | None, languages: Sequence[str] | None
) -> list[_GoldSet]:
    """Each file that has documents of that choice, with them and the reports on them."""
    claims, extractors = Beat.load(settings.beat).claims, pipeline.extractors(settings)
    sets = []
    for path in paths:
        rows = [(document, row) for document, row in pipeline.documents(path) if _wanted(row, half, languages)]
        if not rows:
            continue
        reports = {}
        for name, predict in extractors.items():
            shown = track(rows, f"{name}: {path.name}", console=err, transient=True, disable=not err.is_terminal)
            predictions = [predict(document) for document, _ in shown]
            reports[name] = evaluate([row for _, row in rows], predictions, claims)
        sets.append(_GoldSet(path, [row for _, row in rows], reports))
    if not sets:
        raise DocumentError(", ".join(map(str, paths)), "no document of that choice")
    return sets


def _wanted(row: _Row, half: str | None, languages: Sequence[str] | None) -> bool:
    return floors.in_half(row["id"], half) and (not languages or row.get("language") in languages)


def _together(sets: Sequence[_GoldSet]) -> dict[str, Report]:
    names = sets[0].reports
    return {name: sum((one.reports[name] for one in sets), Report(())) for name in names}


def _result(reports: Mapping[str, Report]) -> dict[str, Any]:
    """The result of the first extractor, which runs use; those of the others under `others`."""
    first, *others = (({"extractor": name} | comparison.result(report)) for name, report in reports.items())
    return {**first, **({"others": others} if others else {})}


def _by_folder(sets: Sequence[_GoldSet]) -> list[published.Measured]:
    """The files as the sets that they make."""
    by_path = {one.path: one for one in sets}
    folders = dict.fromkeys(path.parent for path in by_path)
    grouped = [group for folder in folders for group in floors.sets([p for p in by_path if p.parent == folder])]
    members = [[by_path[path] for path in group] for group in grouped]
    return [
        published.Measured([one.path for one in group], [row for one in group for row in one.rows], _together(group))
        for group in members
    ]


def _command(sets: Sequence[_GoldSet], half: str | None, publish: Path) -> str:
    files = " ".join(floors.name(one.paths, None, Path("here")) for one in _by_folder(sets))
    return f"media-monitor evaluate {files}{f' --half {half}' if half else ''} --publish {publish}"


def _raise(path: Path, sets: Sequence[_GoldSet], half: str | None) -> None:
    """All floors are raised, or, where one score has fallen, none."""
    known = floors.parse(path.read_text(encoding="utf-8"), path) if path.exists() else {}
    new, by_path = known, {one.path: one for one in sets}
    for paths in floors.sets(list(by_path)):
        members = [by_path[p] for p in paths]
        digest = floors.digest(row for one in members for row in one.rows)
        for name, report in _together(members).items():
            new = floors.raised(new, (floors.name(paths, half, path), name), digest, report)
    path.write_text(floors.text(new), encoding="utf-8")
    for line in floors.told(known, new):
        out.print(line, markup=False, highlight=False)
