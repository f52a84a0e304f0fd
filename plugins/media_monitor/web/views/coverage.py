"""Coverage: how much is written of what, in two periods, and whose words they are."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from media_monitor.config import Settings
from media_monitor.report import coverage, history, movements
from media_monitor.report.movements import Rows, Span
from media_monitor.web import render
from media_monitor.web.asked import Asked, Bucket, Dimension, Filters
from media_monitor.web.charts import drawing, registry
from media_monitor.web.render import settings_of

router, api = APIRouter(default_response_class=HTMLResponse), APIRouter(tags=["coverage"])

RANGES = {"7 days": 7, "30 days": 30, "90 days": 90, "a year": 365, "two years": 730}
MOST_BURSTS = 20
_CLAIM, _PARTY = "claim", "party"  # dimensions where none is given
_OF_VOICE = [one for one in Dimension if one.value != _CLAIM]


@router.get("/coverage")
def over_time_page(request: Request, asked: Asked) -> str:
    """Articles and their share of all news over time, with bursts, and split by a dimension."""
    settings, whole = _settled(request, asked)
    charts = _drawn(settings, whole, "coverage", "coverage_share", "coverage_by")
    return _page(request, "coverage.html", whole, charts, bursts=_bursts(settings, whole)[:MOST_BURSTS])


@router.get("/coverage/compare")
def compare_page(request: Request, asked: Asked) -> str:
    """Two periods side by side with the differences, and which claims rise."""
    settings, whole = _settled(request, asked)
    charts = _drawn(settings, whole, "comparison", "momentum")
    return _page(request, "compare.html", whole, charts, rows=_compared(settings, whole))


@router.get("/coverage/voices")
def voices_page(request: Request, asked: Asked) -> str:
    """Whose words are printed, in which tone, and what one side tells and the other does not."""
    settings, whole = _settled(request, asked)
    charts = _drawn(settings, whole, "share_of_voice", "tone", "narrative_gaps")
    return _page(request, "voices.html", whole, charts)


@api.get("/coverage")
def over_time(request: Request, asked: Asked) -> dict[str, Any]:
    """Articles, publishers and share of all news by bucket, of the claim or the beat, with bursts; split by the
    dimension, where one is given."""
    settings, whole = _settled(request, asked)
    days, bucket = _days(whole), whole.bucket.value if whole.bucket else "day"
    rows: Rows = []
    if days:
        rows = (
            coverage.split(settings, whole.claim, whole.dimension.value, days, bucket)
            if whole.dimension
            else coverage.over_time(settings, whole.claim, days, bucket)
        )
    return {**_told(whole), "bucket": bucket, "rows": rows, "bursts": _bursts(settings, whole)}


@api.get("/coverage/compare")
def compare(request: Request, asked: Asked) -> dict[str, Any]:
    """Coverage in two periods by a dimension (default: claim), with the differences."""
    settings, whole = _settled(request, asked)
    before = {"before_since": whole.before_since, "before_until": whole.before_until}
    return {**_told(whole), **before, "rows": _compared(settings, whole)}


@api.get("/coverage/voices")
def voices(request: Request, asked: Asked) -> dict[str, Any]:
    """Share of voice (default: by party), tone by party, and narrative gaps."""
    settings, whole = _settled(request, asked)
    days = _days(whole)
    if days is None:
        return {**_told(whole), "voices": [], "tone": [], "gaps": []}
    by = whole.dimension.value if whole.dimension in _OF_VOICE else _PARTY
    bucket = whole.bucket.value if whole.bucket else "month"
    return {
        **_told(whole),
        "voices": movements.voices(settings, whole.claim, days, by),
        "tone": movements.tone(settings, days, bucket, whole.claim, whole.party),
        "gaps": movements.gaps(settings, whole.claim, days),
    }


def _settled(request: Request, asked: Filters) -> tuple[Settings, Filters]:
    settings = settings_of(request)
    if asked.claim:
        history.known(settings, asked.claim)
    return settings, drawing.settled(settings, asked)


def _days(whole: Filters) -> Span | None:
    return Span(whole.since, whole.until) if whole.since and whole.until else None


def _told(whole: Filters) -> dict[str, Any]:
    return {"claim": whole.claim, "dimension": whole.dimension, "since": whole.since, "until": whole.until}


def _drawn(settings: Settings, whole: Filters, *ids: str) -> dict[str, drawing.Drawn]:
    return {chart_id: drawing.draw(settings, registry.chart(chart_id), whole) for chart_id in ids}


def _bursts(settings: Settings, whole: Filters) -> Rows:
    """Of the claim, where one is asked for; else of everything."""
    days = _days(whole)
    found = movements.bursts(settings, days, ("claim",) if whole.claim else ("claim", "party", "beat")) if days else []
    return [row for row in found if whole.claim in (None, row["subject"])]


def _compared(settings: Settings, whole: Filters) -> Rows:
    days = _days(whole)
    if days is None or whole.before_since is None or whole.before_until is None:
        return []
    by = whole.dimension.value if whole.dimension else _CLAIM
    return coverage.compare(settings, whole.claim, by, days, Span(whole.before_since, whole.before_until))


def _page(request: Request, template: str, whole: Filters, charts: dict[str, drawing.Drawn], **values: Any) -> str:
    settings = settings_of(request)
    newest = movements.span(settings, None, None)
    ranges = {
        name: whole.changed(
            since=newest.last - timedelta(days - 1),
            until=newest.last,
            bucket=None,
            before_since=None,
            before_until=None,
        )
        for name, days in RANGES.items()
        if newest
    }
    every = {
        "asked": whole,
        "charts": charts,
        "claims": coverage.claims(settings),
        "ranges": ranges,
        "buckets": list(Bucket),
        "dimensions": _OF_VOICE if template == "voices.html" else list(Dimension),
    }
    return render.page(request, template, **every, **values)
