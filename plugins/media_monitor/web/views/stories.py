"""Stories: the list, newest first, and one story with its way through the languages."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import Field

from media_monitor.beat import Beat
from media_monitor.report.asked.articles import stories, story
from media_monitor.report.asked.articles.stories import Sort, Wanted
from media_monitor.web import render
from media_monitor.web.asked import Asked, Filters
from media_monitor.web.charts import drawing, registry
from media_monitor.web.render import settings_of

router, api = APIRouter(default_response_class=HTMLResponse), APIRouter(tags=["stories"])
_Story = Annotated[str, Path(max_length=100, description="Id of a story, or the beginning of one")]


class StoryFilters(Filters):
    """What the list of stories may be asked for."""

    sort: Sort | None = Field(None, description="newest (the default) or largest first")


_Asked = Annotated[StoryFilters, Query()]
AFFILIATIONS = ("independent", "state", "wire", "official")


@router.get("/stories")
def listed(request: Request, asked: _Asked) -> str:
    """The stories that were asked for, a page of them."""
    settings = settings_of(request)
    beat = Beat.load(settings.beat)
    claims = {claim.claim_id: claim.title for claim in beat.claims.values()}
    values = {"claims": claims, "languages": beat.languages, "affiliations": AFFILIATIONS}
    found = stories.page(settings, wanted(asked))
    return render.page(request, "stories.html", found=found, asked=asked, **values)


@router.get("/stories/{story_id}")
def shown(request: Request, story_id: _Story, asked: Asked) -> str:
    """One story."""
    settings = settings_of(request)
    found = story.one(settings, story_id, asked.page)
    here = Filters.model_validate({"story": found["story_id"], **_days(found)})
    drawn = drawing.draw(settings, registry.chart("story_timeline"), here)
    return render.page(request, "story.html", story=found, asked=asked, chart=drawn)


@api.get("/stories")
def rows(request: Request, asked: _Asked) -> dict[str, Any]:
    """Stories with an article that has all that is asked for, the newest first: how many articles and publishers,
    who was first, and when each language came."""
    return stories.page(settings_of(request), wanted(asked))


@api.get("/stories/{story_id}")
def row(request: Request, story_id: _Story, asked: Asked) -> dict[str, Any]:
    """One story: its articles in order (a page of them), who was first, lag by language, languages that have not picked
    it up, what its articles tell, merges and splits."""
    return story.one(settings_of(request), story_id, asked.page)


def wanted(asked: StoryFilters) -> Wanted:
    """What the query string asks for."""
    names = ("claim", "party", "language", "publisher", "outlet", "affiliation", "since", "until", "q", "page")
    return Wanted(sort=asked.sort or "newest", **{name: getattr(asked, name) for name in names})


def _days(found: Mapping[str, Any]) -> dict[str, Any]:
    """The days of the story, so that nobody has to look for the newest article of all."""
    first, last = found["first_at"].date(), found["last_at"].date()
    return {"since": first, "until": last, "bucket": "day", "before_since": first, "before_until": first}
