"""How good the data is: expectations over time, what failed, scores of the extraction, precision of alerts in use."""

import json
from datetime import date, timedelta
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from media_monitor.config import Settings
from media_monitor.evaluate import LAYERS, published
from media_monitor.report import movements
from media_monitor.warehouse import query

PAGE = 50  # rows a page
DEFAULT_DAYS = 90
STYLES = {"critical": "red", "warning": "yellow", "info": "dim"}
_SPAN = "coalesce({day} >= $since::DATE, true) AND coalesce({day} <= $until::DATE, true)"


def span(settings: Settings, since: date | None, until: date | None) -> movements.Span | None:
    """The days asked for, else `DEFAULT_DAYS` up to the newest run; None where nothing ran yet."""
    newest = query.rows(settings.home, "SELECT max(day) AS day FROM checks")[0]["day"]
    if newest is None:
        return None
    last = until or max(newest, since or newest)
    return movements.Span(since or last - timedelta(DEFAULT_DAYS - 1), last)


def days(settings: Settings, since: date | None = None, until: date | None = None) -> list[dict[str, Any]]:
    """Results of expectations by day of the run and table, with rows that were kept out; the latest first."""
    sql = f"""
        SELECT day, "table", batches, checks, failed, critical, warning, info, coalesce(quarantined, 0) AS quarantined
        FROM check_days
        LEFT JOIN (
            SELECT CAST("at" AS DATE) AS day, "table", count(*) AS quarantined FROM quarantine GROUP BY ALL
        ) USING (day, "table")
        WHERE {_SPAN.format(day="day")}
        ORDER BY day DESC, "table" LIMIT {PAGE * 8}
    """
    return query.rows(settings.home, sql, {"since": since, "until": until})


def failures(
    settings: Settings,
    since: date | None = None,
    until: date | None = None,
    batch: str | None = None,
    table: str | None = None,
    expectation: str | None = None,
    page: int = 1,
) -> list[dict[str, Any]]:
    """One page of the expectations that did not hold, the latest first, each with what was `observed` in words."""
    sql = f"""
        SELECT * FROM failed_checks
        WHERE {_SPAN.format(day='CAST("at" AS DATE)')} AND coalesce(batch = $batch, true)
            AND coalesce("table" = $table, true) AND coalesce(expectation = $expectation, true)
        ORDER BY "at" DESC, batch DESC, "table", expectation LIMIT {PAGE} OFFSET $skipped
    """
    values = {"since": since, "until": until, "batch": batch, "table": table, "expectation": expectation}
    found = query.rows(settings.home, sql, {**values, "skipped": PAGE * (page - 1)})
    return [{**row, "observed": observed(row)} for row in found]


def observed(row: dict[str, Any]) -> str:
    """What was measured where an expectation did not hold, in words.

    >>> observed({"observed": None, "unexpected": 1, "rows": 40})
    '1 of 40 rows'
    """
    if row["observed"] is None:
        return f"{row['unexpected']} of {row['rows']} rows"
    value = json.loads(row["observed"])
    if isinstance(value, dict) and "error" in value:
        return f"could not be judged: {value['error']}"
    told = (
        ", ".join(map(str, value)) if isinstance(value, list) else f"{value:.4g}" if isinstance(value, float) else value
    )
    return f"{told}, in {row['rows']} rows"


def precision(settings: Settings) -> list[dict[str, Any]]:
    """Alerts in use by kind: raised, looked at, wrong; the last row is of all kinds."""
    sql = """
        FROM alert_precision
        UNION ALL
        SELECT 'all', coalesce(sum(alerts), 0), coalesce(sum(judged), 0), coalesce(sum(wrong), 0),
            1 - sum(wrong) / nullif(sum(judged), 0)
        FROM alert_precision
    """
    found = query.rows(settings.home, f"SELECT * FROM ({sql}) ORDER BY kind = 'all', kind")
    return [{**row, **{name: int(row[name]) for name in ("alerts", "judged", "wrong")}} for row in found]


def scores() -> list[dict[str, Any]]:
    """The published scores of the extraction: a row a gold set, extractor, language (`all`: over all) and layer."""
    told = published.read()
    return [
        {
            "documents": one["name"],
            "extractor": extractor,
            "language": language,
            "items": items,
            "layer": layer,
            **score,
        }
        for one in told["sets"]
        for extractor, found in one["extractors"].items()
        for language, items, layers in [
            ("all", sum(one["documents"].values()), found["overall"]),
            *((code, one["documents"][code], layers) for code, layers in found["languages"].items()),
        ]
        for layer, score in layers.items()
    ]


def provenance() -> dict[str, str]:
    """Of which extractor the scores are, when and by which command they were measured."""
    told = published.read()
    return {name: told[name] for name in ("extractor_version", "measured_on", "command")}


def score_tables() -> list[dict[str, Any]]:
    """The scores as tables, one a gold set and extractor: `rows` by language, with a score a layer; None where nothing
    is labelled or found."""
    grouped: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for row in scores():
        rows = grouped.setdefault((row["documents"], row["extractor"]), {})
        line = rows.setdefault(row["language"], {"language": row["language"], "items": row["items"]})
        line[row["layer"]] = row if row["right"] or row["wrong"] or row["missed"] else None
    return [
        {"documents": documents, "extractor": extractor, "rows": list(rows.values())}
        for (documents, extractor), rows in grouped.items()
    ]


def overview(
    settings: Settings,
    since: date | None = None,
    until: date | None = None,
    table: str | None = None,
    expectation: str | None = None,
    page: int = 1,
) -> dict[str, Any]:
    """All of it: `days`, `failures` (of the table and expectation), `precision`, `scores`, and of what the scores are
    (`measured`)."""
    return {
        "days": days(settings, since, until),
        "failures": failures(settings, since, until, table=table, expectation=expectation, page=page),
        "precision": precision(settings),
        "measured": provenance(),
        "scores": scores(),
    }


def print_overview(console: Console, found: dict[str, Any]) -> None:
    """Prints what `overview` gives."""
    table = Table("Day", "Table", "Runs", "Checks", "Failed", "Critical", "Kept out", title="Expectations")
    for row in found["days"]:
        numbers = (row["batches"], row["checks"], row["failed"], row["critical"], row["quarantined"])
        table.add_row(str(row["day"]), row["table"], *map(str, numbers))
    console.print(table)
    print_failures(console, found["failures"])
    _print_precision(console, found["precision"])
    _print_scores(console)


def print_failures(console: Console, found: list[dict[str, Any]]) -> None:
    """Prints expectations that did not hold."""
    if not found:
        console.print("Every expectation held.")
        return
    table = Table("At", "Table", "Expectation", "Severity", "Observed", title="Expectations that did not hold")
    for row in found:
        severity = Text(row["severity"], style=STYLES[row["severity"]])
        table.add_row(f"{row['at']:%y-%m-%d %H:%M}", row["table"], row["expectation"], severity, Text(row["observed"]))
    console.print(table)


def _print_precision(console: Console, found: list[dict[str, Any]]) -> None:
    table = Table("Alerts", "Raised", "Looked at", "Wrong", "Right", title="Precision of alerts in use")
    for row in found:
        share = "–" if row["precision"] is None else f"{row['precision']:.0%}"
        table.add_row(row["kind"], str(row["alerts"]), str(row["judged"]), str(row["wrong"]), share)
    console.print(table)


def _print_scores(console: Console) -> None:
    for one in score_tables():
        table = Table("Language", "Items", *LAYERS, title=f"F1 of {one['extractor']} on {one['documents']}")
        for row in one["rows"]:
            cells = (f"{row[layer]['f1']:.2f}" if row[layer] else "–" for layer in LAYERS)
            table.add_row(row["language"], str(row["items"]), *cells)
        console.print(table)
    told = provenance()
    line = f"Extractor {told['extractor_version']}, measured {told['measured_on']}: {told['command']}"
    console.print(line, style="dim", markup=False, soft_wrap=True)
