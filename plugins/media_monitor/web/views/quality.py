"""The view Quality: expectations over time, each batch from fetch to load, scores of the extraction, alerts in use."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import Field

from media_monitor.evaluate import LAYERS
from media_monitor.report.asked.quality import batches, quarantine
from media_monitor.report.asked.quality import measures as report
from media_monitor.report.asked.quality.quarantine import Choice
from media_monitor.web import render
from media_monitor.web.asked import Asked, Filters
from media_monitor.web.charts import drawing, registry
from media_monitor.web.render import settings_of

router, api = APIRouter(default_response_class=HTMLResponse), APIRouter(tags=["quality"])
_CHARTS = ("expectations", "batch_volume")
_Batch = Annotated[str, Path(max_length=200, description="Id of a batch")]


class QualityFilters(Filters):
    """Of the filters, days, bucket and page count here; days are those of runs."""

    table: Annotated[str | None, Field(max_length=100)] = Field(None, description="Table that was checked")
    expectation: Annotated[str | None, Field(max_length=200)] = Field(None, description="Name of an expectation")


QualityAsked = Annotated[QualityFilters, Query()]


@router.get("/quality")
def page(request: Request, asked: QualityAsked) -> str:
    """Charts and failures of expectations, the latest batches, scores and precision."""
    settings = settings_of(request)
    whole = drawing.settled(settings, asked, "runs")
    found, more = _failures(request, asked)
    values = {
        "charts_drawn": [drawing.draw(settings, registry.chart(one), whole) for one in _CHARTS],
        "found": found,
        "more": more,
        "waiting": quarantine.counts(settings, Choice()),
        "latest": batches.rows(settings)[:10],
        "precision": report.precision(settings),
        "scores": report.score_tables(),
        "measured": report.provenance(),
        "layers": LAYERS,
    }
    return render.page(request, "quality.html", asked=asked, whole=whole, **values)


@router.get("/quality/batches")
def listed(request: Request, asked: Asked) -> str:
    """The batches, the latest first."""
    found = batches.rows(settings_of(request), asked.since, asked.until, asked.page)
    return render.page(request, "batches.html", asked=asked, found=found, more=len(found) == report.PAGE)


@router.get("/quality/batches/{batch}")
def one(request: Request, batch: _Batch) -> str:
    """One batch: what was fetched, extracted, checked, kept out and loaded, with times."""
    settings = settings_of(request)
    kept = quarantine.rows(settings, Choice(batch=batch))
    return render.page(request, "batch.html", one=batches.batch(settings, batch), kept=kept)


@api.get("/quality")
def as_json(request: Request, asked: QualityAsked) -> dict[str, Any]:
    """Expectations by day, those that did not hold, 50 a page, precision of alerts in use, scores of the extraction."""
    choice = (asked.since, asked.until, asked.table, asked.expectation, asked.page)
    return report.overview(settings_of(request), *choice)


@api.get("/quality/batches")
def batches_as_json(request: Request, asked: Asked) -> list[dict[str, Any]]:
    """Batches whose checks are stored, the latest first, 50 a page."""
    return batches.rows(settings_of(request), asked.since, asked.until, asked.page)


@api.get("/quality/batches/{batch}")
def batch_as_json(request: Request, batch: _Batch) -> dict[str, Any]:
    """One batch: what was fetched, extracted, checked, kept out and loaded, with times."""
    return batches.batch(settings_of(request), batch)


def _failures(request: Request, asked: QualityFilters) -> tuple[list[dict[str, Any]], bool]:
    settings = settings_of(request)
    found = report.failures(
        settings, asked.since, asked.until, table=asked.table, expectation=asked.expectation, page=asked.page
    )
    return found, len(found) == report.PAGE
