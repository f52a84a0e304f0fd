"""The views of the page: each a module with `router` (HTML) and `api` (the same rows as JSON)."""

from dataclasses import dataclass

from fastapi import APIRouter

from media_monitor.web import decisions
from media_monitor.web.views import (
    alerts,
    articles,
    charts,
    claims,
    coverage,
    now,
    quality,
    quarantine,
    sources,
    sql,
    stories,
)


@dataclass(frozen=True, slots=True)
class View:
    """A view. `path` and `title` make its entry in the navigation; with an empty title it has none. `changes` are its
    forms that change something: only the page itself may send them, and only who may judge."""

    path: str
    title: str
    router: APIRouter
    api: APIRouter
    changes: APIRouter | None = None


# In the order of the navigation.
VIEWS = (
    View("/", "Now", now.router, now.api),
    View("/claims", "Claims", claims.router, claims.api),
    View("/coverage", "Coverage", coverage.router, coverage.api),
    View("/stories", "Stories", stories.router, stories.api),
    View("/articles", "Articles", articles.router, articles.api),
    View("/sources", "Sources", sources.router, sources.api),
    View("/quality", "Quality", quality.router, quality.api),
    View("/quality/quarantine", "", quarantine.router, quarantine.api, decisions.router),
    View("/alerts", "Alerts", alerts.router, alerts.api),
    View("/sql", "SQL", sql.router, sql.api, sql.changes),
    View("/charts", "", charts.router, charts.api),
)
