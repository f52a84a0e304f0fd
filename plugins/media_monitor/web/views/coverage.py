"""Coverage: how much is written of what, in two periods, and whose words they are."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.report.asked.claims import history
from media_monitor.report.asked.coverage import movements
from media_monitor.report.asked.coverage import volume as coverage
from media_monitor.report.asked.coverage.movements import Rows, Span
from media_monitor.web import render
from media_monitor.web.asked import Asked, Bucket, Dimension, Filters
from media_monitor.web.charts import drawing, registry
from media_monitor.web.charts.drawing import Drawn
from media_monitor.web.render import settings_of

router, api = APIRouter(default_response_class=HTMLResponse), APIRouter(tags=["coverage"])

RANGES = {"7 days": 7, "30 days": 30, "90 days": 90, "a year": 365, "two years": 730}
MOST_BURSTS = 20
_CLAIM, _PARTY = "claim", "party"  # dimensions where none is given
_OF_VOICE = [one for one in Dimension if one.value != _CLAIM]


@router.get("/coverage")
def over_time_page(request: Request, asked: Asked) -> str:
    """Articles and their share of all news over time, with bursts, and split by a dimension."""
    about = _about(request, asked)
    charts = _drawn(about, "coverage", "coverage_share", "coverage_by")
    return _page(request, "coverage.html", about, charts, bursts=_bursts(about)[:MOST_BURSTS])


@router.get("/coverage/compare")
def compare_page(request: Request, asked: Asked) -> str:
    """Two periods side by side with the differences, and which claims rise."""
    about = _about(request, asked)
    charts = _drawn(about, "comparison", "momentum")
    rows = charts["comparison"].rows
    return _page(request, "compare.html", about, charts, pairs=list(zip(rows[::2], rows[1::2], strict=True)))


@router.get("/coverage/voices")
def voices_page(request: Request, asked: Asked) -> str:
    """Whose words are printed, in which tone, and what one side tells and the other does not."""
    about = _about(request, asked)
    return _page(request, "voices.html", about, _drawn(about, "share_of_voice", "tone", "narrative_gaps"))


@api.get("/coverage")
def over_time(request: Request, asked: Asked) -> dict[str, Any]:
    """Articles, publishers and share of all news by bucket, of the claim or the beat, with bursts; split by the
    dimension, where one is given."""
    about = _about(request, asked)
    settings, whole = about.settings, about.asked
    days, bucket = about.days, whole.bucket.value if whole.bucket else "day"
    rows: Rows = []
    if days:
        rows = (
            coverage.split(settings, whole.claim, whole.dimension.value, days, bucket)
            if whole.dimension
            else coverage.over_time(settings, whole.claim, days, bucket)
        )
    return {**_told(whole), "bucket": bucket, "rows": rows, "bursts": _bursts(about)}


@api.get("/coverage/compare")
def compare(request: Request, asked: Asked) -> dict[str, Any]:
    """Coverage in two periods by a dimension (default: claim), with the differences."""
    about = _about(request, asked)
    whole, days = about.asked, about.days
    before = {"before_since": whole.before_since, "before_until": whole.before_until}
    by = whole.dimension.value if whole.dimension else _CLAIM
    rows: Rows = []
    if days and whole.before_since and whole.before_until:
        earlier = Span(whole.before_since, whole.before_until)
        rows = coverage.compare(about.settings, whole.claim, by, days, earlier)
    return {**_told(whole), **before, "rows": rows}


@api.get("/coverage/voices")
def voices(request: Request, asked: Asked) -> dict[str, Any]:
    """Share of voice (default: by party), tone by party, and narrative gaps."""
    about = _about(request, asked)
    settings, whole, days = about.settings, about.asked, about.days
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


@dataclass(frozen=True, slots=True)
class _About:
    """What a page is about: what was asked, filled; the claims there are, with titles; the newest article's day."""

    settings: Settings
    asked: Filters
    claims: dict[str, str]
    newest: date | None

    @property
    def days(self) -> Span | None:
        return Span(self.asked.since, self.asked.until) if self.asked.since and self.asked.until else None


def _about(request: Request, asked: Filters) -> _About:
    settings = settings_of(request)
    claims, newest = coverage.claims(settings), movements.newest(settings)
    if asked.claim and asked.claim not in claims:
        told = f"there is none of that id{history.nearest(asked.claim, claims)}"
        raise QueryError(f"claim {asked.claim!r}", told)
    return _About(
        settings, drawing.filled(asked, movements.span_up_to(newest, asked.since, asked.until)), claims, newest
    )


def _told(whole: Filters) -> dict[str, Any]:
    return {"claim": whole.claim, "dimension": whole.dimension, "since": whole.since, "until": whole.until}


def _drawn(about: _About, *ids: str) -> dict[str, Drawn]:
    """Charts of the same rows ask for them once."""
    drawn: dict[str, Drawn] = {}
    for chart in map(registry.chart, ids):
        same = next((one for one in drawn.values() if one.chart.sql == chart.sql), None)
        drawn[chart.id] = replace(same, chart=chart) if same else drawing.draw(about.settings, chart, about.asked)
    return drawn


def _bursts(about: _About) -> Rows:
    """Of the claim, where one is asked for; else of everything."""
    claim = about.asked.claim
    kinds = ("claim",) if claim else ("claim", "party", "beat")
    found = movements.bursts(about.settings, about.days, kinds) if about.days else []
    return [row for row in found if claim in (None, row["subject"])]


def _page(request: Request, template: str, about: _About, charts: dict[str, Drawn], **values: Any) -> str:
    last = about.newest
    ends = {"until": last, "bucket": None, "before_since": None, "before_until": None}
    ranges = {name: about.asked.changed(since=last - timedelta(n - 1), **ends) for name, n in RANGES.items() if last}
    every = {
        "asked": about.asked,
        "charts": charts,
        "claims": about.claims,
        "ranges": ranges,
        "buckets": list(Bucket),
        "dimensions": _OF_VOICE if template == "voices.html" else list(Dimension),
    }
    return render.page(request, template, **every, **values)
