"""How good the data is: expectations over time, what failed, scores of the extraction, precision of alerts in use."""

import json
from datetime import date, timedelta
from typing import Any

from media_monitor.config import Settings
from media_monitor.evaluate import published
from media_monitor.report.asked.coverage import movements
from media_monitor.warehouse import query

PAGE = 50  # rows a page
DEFAULT_DAYS = 90
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
