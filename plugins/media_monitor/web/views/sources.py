"""Sources: how feeds fare, families of publishers, silences, and how politely servers are asked."""

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import Field

from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.report.asked.sources import feed_health, feed_history, politeness, publishers, silences
from media_monitor.report.asked.sources.feed_health import States
from media_monitor.web import render
from media_monitor.web.asked import Asked, Filters
from media_monitor.web.charts import drawing, registry
from media_monitor.web.charts.drawing import Drawn
from media_monitor.web.render import settings_of

router, api = APIRouter(default_response_class=HTMLResponse), APIRouter(tags=["sources"])
CHART_DAYS = 30
AFFILIATIONS = ("independent", "state", "wire", "official")


class FeedFilters(Filters):
    """What the list of feeds may be asked for."""

    state: States | None = Field(None, description="How the feed fares")


class FamilyFilters(Filters):
    """What the list of publishers may be asked for."""

    country: Annotated[str | None, Field(max_length=10)] = Field(None, description="ISO 3166 code")


_Feeds = Annotated[FeedFilters, Query()]
_Families = Annotated[FamilyFilters, Query()]
_Feed = Annotated[str, Path(max_length=200, description="Id of a feed")]
_Family = Annotated[str, Path(max_length=300, description="Id of a publisher family")]


@router.get("/sources")
def overview(request: Request, asked: _Feeds) -> str:
    """Every feed, the worst first, and what fetches came to."""
    settings = settings_of(request)
    days = politeness.span(settings, None, None)
    drawn = [_chart(settings, name, None, days.last) for name in ("fetch_outcomes", "feed_items")]
    values = {"found": _feeds(settings, asked), "charts": drawn, "languages": Beat.load(settings.beat).languages}
    return render.page(request, "sources.html", asked=asked, now=settings.now(), **values)


@router.get("/sources/feeds/{feed_id}")
def one_feed(request: Request, feed_id: _Feed, asked: Asked) -> str:
    """One feed."""
    settings = settings_of(request)
    found = feed_history.one(settings, feed_id, asked.page)
    last = found["log"][0]["day"] if asked.page == 1 and found["log"] else politeness.span(settings, None, None).last
    chart = _chart(settings, "fetch_outcomes", feed_id, last)
    return render.page(request, "feed.html", found=found, asked=asked, chart=chart, now=settings.now())


@router.get("/sources/publishers")
def families(request: Request, asked: _Families) -> str:
    """Families of publishers, with their outlets."""
    settings = settings_of(request)
    values = {"languages": Beat.load(settings.beat).languages, "affiliations": AFFILIATIONS}
    found = publishers.page(settings, wanted(asked))
    return render.page(request, "publishers.html", found=found, asked=asked, **values)


@router.get("/sources/publishers/{family:path}")
def one_family(request: Request, family: _Family, asked: _Families) -> str:
    """One family."""
    found = publishers.one(settings_of(request), family, wanted(asked))
    return render.page(request, "publisher.html", found=found, asked=asked)


@router.get("/sources/silences")
def quiet(request: Request) -> str:
    """What has brought nothing new for longer than usual."""
    return render.page(request, "silences.html", rows=silences.rows(settings_of(request)))


@router.get("/sources/politeness")
def polite(request: Request, asked: Asked) -> str:
    """How politely servers are asked."""
    found = politeness.measures(settings_of(request), asked.since, asked.until)
    return render.page(request, "politeness.html", found=found, told=politeness.told_of(found), asked=asked)


@api.get("/sources")
def feed_rows(request: Request, asked: _Feeds) -> dict[str, Any]:
    """How the feeds of the list fare, the worst first, a page of them: failures, silence, moves, when each is due."""
    return _feeds(settings_of(request), asked)


@api.get("/sources/feeds/{feed_id}")
def feed_row(request: Request, feed_id: _Feed, asked: Asked) -> dict[str, Any]:
    """One feed: its row of the list, how it fares, its fetches (a page of them), errors, silence, newest articles."""
    return feed_history.one(settings_of(request), feed_id, asked.page)


@api.get("/sources/publishers")
def family_rows(request: Request, asked: _Families) -> dict[str, Any]:
    """Publisher families with their outlets and feeds, those with most articles on the beat first."""
    return publishers.page(settings_of(request), wanted(asked))


@api.get("/sources/publishers/{family:path}")
def family_row(request: Request, family: _Family, asked: _Families) -> dict[str, Any]:
    """One publisher family, with a page of its articles on the beat."""
    return publishers.one(settings_of(request), family, wanted(asked))


@api.get("/sources/silences")
def silence_rows(request: Request) -> list[dict[str, Any]]:
    """Feeds and languages, those first that have brought nothing new for longer than usual."""
    return silences.rows(settings_of(request))


@api.get("/sources/politeness")
def politeness_row(request: Request, asked: Asked) -> dict[str, Any]:
    """Requests, 304s, waits asked for and kept, and rules broken, of a week or the days that are given (92 at most)."""
    return politeness.measures(settings_of(request), asked.since, asked.until)


def wanted(asked: FamilyFilters) -> publishers.Wanted:
    """What the query string asks for."""
    names = ("language", "affiliation", "country", "since", "until", "q", "page")
    return publishers.Wanted(**{name: getattr(asked, name) for name in names})


def _feeds(settings: Settings, asked: FeedFilters) -> dict[str, Any]:
    return feed_health.page(settings, asked.state, asked.language, asked.affiliation, asked.q, asked.page)


def _chart(settings: Settings, name: str, feed_id: str | None, last: date) -> Drawn:
    days = {"since": last - timedelta(CHART_DAYS - 1), "until": last}
    return drawing.draw(settings, registry.chart(name), Filters.model_validate({"feed": feed_id, **days}))
