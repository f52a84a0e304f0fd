"""Articles as feeds bring them, before their pages are asked for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.collect.pages.article_pages.layouts import TEXTS

from media_monitor.model import Article

PUBLISHED = datetime(2025, 4, 28, 5, tzinfo=UTC)
_EN = TEXTS["en"]


def article(url: str | None, **changes: Any) -> Article:
    given = Article(
        article_id=url or "none", revision=1, url=url, guid=None, feed_id="feed", outlet="Outlet", publisher="outlet",
        affiliation="independent", country=None, language=None, title=_EN["title"], text=_EN["lede"], agency=None,
        authors=(), published_at=PUBLISHED, date_source="published", fetched_at=PUBLISHED + timedelta(hours=1),
        content_sha256="0" * 64,
    )  # fmt: skip
    return replace(given, **changes)
