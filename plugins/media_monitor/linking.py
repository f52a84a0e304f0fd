"""What the articles of a batch have to do with each other and with stored ones: copies, and stories.

Neither reads more than the days around the batch.
"""

import pyarrow as pa

from media_monitor import consistency
from media_monitor.config import Settings
from media_monitor.extract import copies
from media_monitor.extract.stories import batch, vetoes
from media_monitor.warehouse import query, stories


def linked(settings: Settings, articles: pa.Table) -> pa.Table:
    """The articles with what they are copies of; this needs a batch whole, with relevance known."""
    if not articles.num_rows:
        return articles
    days = articles["day"].to_pylist()
    span = (min(days) - copies.REACH, max(days) + copies.REACH)
    return copies.linked(articles, consistency.sound(settings, lambda home: query.origins(home, *span)))


def told(settings: Settings, facts: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables articles (with stories), stories and story_changes of the good rows of a batch.

    Raises:
        SettingError: `semantic` is on, and there is no encoder.
    """
    articles = facts["articles"]
    days = articles["day"].to_pylist()
    if not days:
        return {}
    span = (min(days) - vetoes.REACH, max(days) + vetoes.REACH)
    founders = consistency.sound(settings, lambda home: stories.founders(home, *span))
    asked = {*articles["article_id"].to_pylist(), *filter(None, articles["copy_of"].to_pylist())}
    kept = consistency.sound(settings, lambda home: stories.kept(home, asked))
    return batch.told(facts, founders, kept, settings.semantic)
