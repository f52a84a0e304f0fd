"""The step between settle and extract: article pages fetched, or read back from an archive, and what articles gain.

It stands above the stages, for which pages are worth asking only extraction can tell, and only collection asks.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa

from media_monitor import columns, consistency, tables
from media_monitor.beat import Beat
from media_monitor.collect.pages import fulltext
from media_monitor.collect.warc.joined import Piece
from media_monitor.config import Settings
from media_monitor.extract import batch as extraction
from media_monitor.model import Article
from media_monitor.sources import Fetch
from media_monitor.warehouse import staging

STAGE = "pages"
WARC = f"{STAGE}.warc.gz"  # beside the archives of the chunks


def fetch(settings: Settings, batch: str, parts: int) -> dict[str, int]:
    """Fetches the pages that the settings ask for and stages them with what the articles gain; pages by outcome.

    Raises:
        StorageError: the data folder cannot be written.
    """
    articles = _settled(settings, batch, parts)
    wanted = fulltext.candidates(articles, consistency.feeds_of(settings), settings)
    promising = extraction.promising(tables.ARTICLES.arrow(wanted), Beat.load(settings.beat)) if wanted else set()
    chosen = [a for a in wanted if (a.article_id, a.revision) in promising][: settings.max_pages]
    fetches = columns.instances(Fetch, staging.read(settings.home, batch, "settle")["fetches"])
    blocked = {fetch.domain: fetch.blocked_until for fetch in fetches if fetch.domain and fetch.blocked_until}
    warc = settings.home / "warc" / batch / WARC
    found = fulltext.collect(chosen, settings, batch, warc, blocked, extraction.agency)
    return _stage(settings, batch, articles, found)


def replay(settings: Settings, batch: str, parts: int, files: Sequence[Piece], home: Path) -> dict[str, int]:
    """As `fetch` did when it wrote those files of the archive of the data folder `home`, whatever the settings are now.

    Raises:
        CorruptFileError: the archive is damaged.
    """
    articles = _settled(settings, batch, parts)
    found = fulltext.replay(files, articles, settings, batch, home, extraction.agency)
    return _stage(settings, batch, articles, found)


def enriched(settings: Settings, batch: str, articles: pa.Table) -> pa.Table:
    """The articles with what they gained from their pages; as they are where nobody asked for pages."""
    if not staging.exists(settings.home, batch, STAGE):
        return articles
    gained = columns.instances(Article, staging.read(settings.home, batch, STAGE)["articles"])
    by_key = {(a.article_id, a.revision): a for a in gained}
    known = columns.instances(Article, articles)
    return tables.ARTICLES.arrow(by_key.get((a.article_id, a.revision), a) for a in known)


def asked(settings: Settings, batch: str) -> dict[str, pa.Table]:
    """The table `pages` of the batch by its name; nothing where no page was asked for."""
    if not staging.exists(settings.home, batch, STAGE):
        return {}
    pages = staging.read(settings.home, batch, STAGE)["pages"]
    return {"pages": pages} if pages.num_rows else {}


def _settled(settings: Settings, batch: str, parts: int) -> list[Article]:
    staged = [staging.read(settings.home, batch, f"settle-{n:04}")["articles"] for n in range(parts)]
    return columns.instances(Article, columns.concat(tables.ARTICLES, staged))


def _stage(
    settings: Settings, batch: str, articles: Iterable[Article], found: Sequence[fulltext.Found]
) -> dict[str, int]:
    by_key = {(one.page.article_id, one.page.revision): one for one in found}
    gained = [fulltext.adopted(a, one) for a in articles if (one := by_key.get((a.article_id, a.revision)))]
    staged = {"pages": tables.PAGES.arrow(one.page for one in found), "articles": tables.ARTICLES.arrow(gained)}
    staging.write(settings.home, batch, STAGE, staged)
    return dict(Counter(one.page.outcome for one in found))
