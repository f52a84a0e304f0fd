"""Every route of the page, with values of a real data folder in its path."""

import re
from collections.abc import Iterator

from fastapi import FastAPI
from starlette.routing import Mount, Route

from media_monitor.config import Settings
from media_monitor.warehouse import query
from media_monitor.web import app

# Where the value of a path's parameter comes from. A route with a new parameter needs its line here.
EXAMPLES = {
    "claim": "SELECT claim FROM claims ORDER BY claim <> 'troops_in_combat', claim LIMIT 1",
    "party": """
        SELECT s.party FROM latest_statements AS s
        JOIN (SELECT claim FROM claims ORDER BY claim <> 'troops_in_combat', claim LIMIT 1) AS c USING (claim)
        WHERE s.party > '' ORDER BY s.party <> 'KP', s.party LIMIT 1
    """,
    "alert_id": "SELECT min(alert_id) FROM alerts",
    "article_id": "SELECT min(article_id) FROM latest_statements",
    "story_id": "SELECT min(story_id) FROM stories",
    "feed_id": "SELECT min(feed_id) FROM fetches",
    "family": "SELECT min(publisher) FROM latest_articles WHERE relevant",
    "batch": "SELECT min(batch) FROM fetches",
    "row": "SELECT min(quarantine_id) FROM quarantine",
    "chart_id": "SELECT 'coverage'",
    "name": "SELECT 'style.css'",
}


def routes(settings: Settings) -> list[tuple[str, str]]:
    """(method, path) of every route, in order."""
    made = app.create(lambda: settings)
    return sorted({(method, _filled(settings, path)) for method, path in _paths(made)})


def is_page(path: str) -> bool:
    """Whether the route gives HTML, wherever the page is mounted."""
    return not re.search(r"/(api|static)/|/health$|\.\w+$", path)


def _paths(made: FastAPI) -> Iterator[tuple[str, str]]:
    for route in made.routes:
        assert not isinstance(route, Mount), f"{route.path}: what is mounted has none of the application's guards"
        if isinstance(route, Route):
            yield from ((method, route.path) for method in route.methods - {"HEAD"})


def _filled(settings: Settings, path: str) -> str:
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: _example(settings, found.group(1), path), path)


def _example(settings: Settings, name: str, path: str) -> str:
    assert name in EXAMPLES, f"{path}: tests/web/routes.py has no value for {name}"
    (row,) = query.rows(settings.home, EXAMPLES[name])
    (value,) = row.values()
    return str(value)
