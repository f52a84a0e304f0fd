"""The table `article_words`: what is searched of each relevant article, kept up article by article.

To fold a text takes a tenth of a millisecond for each 500 characters, so a row is made anew only where something of it
changed; `made_of` tells.
"""

import duckdb
from duckdb.sqltypes import VARCHAR

from media_monitor.warehouse.search import folding

TABLE = "article_words"
DDL = f"""
    CREATE TABLE {TABLE} (
        day DATE, article_id VARCHAR, revision INTEGER, printed_at TIMESTAMPTZ, language VARCHAR, outlet VARCHAR,
        publisher VARCHAR, affiliation VARCHAR, claims VARCHAR[], parties VARCHAR[], stances VARCHAR[], words VARCHAR,
        made_of UBIGINT
    )
"""
LAYOUT = f"{DDL} {folding.FORM}"
_KEPT = """
    c.day, c.article_id, c.revision, c.printed_at, c.language, c.outlet, c.publisher, c.affiliation, s.claims,
    s.parties, s.stances, a.title, a.text
"""
_SAID = ", ".join(
    f"list_sort(list(DISTINCT {one}) FILTER ({one} IS NOT NULL)) AS {several}"
    for one, several in {"claim": "claims", "party": "parties", "stance": "stances"}.items()
)
_WANTED = f"""
    CREATE TEMP TABLE wanted_words AS
    WITH said AS (
        SELECT day, article_id, revision, {_SAID}
        FROM statements WHERE day IN (SELECT day FROM _stale) GROUP BY ALL
    )
    SELECT {_KEPT}, hash({_KEPT}) AS made_of
    FROM current_articles AS c
    JOIN articles AS a USING (day, article_id, revision)
    LEFT JOIN said AS s USING (day, article_id, revision)
    WHERE c.relevant AND c.day IN (SELECT day FROM _stale) AND a.day IN (SELECT day FROM _stale)
"""
_GONE = f"""
    DELETE FROM {TABLE}
    WHERE day IN (SELECT day FROM _stale)
        AND (article_id, made_of) NOT IN (SELECT (article_id, made_of) FROM wanted_words)
"""
_MADE = f"""
    INSERT INTO {TABLE}
    SELECT * EXCLUDE (title, text, made_of), searched(title) || chr(10) || searched(coalesce(text, '')), made_of
    FROM wanted_words
    WHERE (article_id, made_of) NOT IN (SELECT (article_id, made_of) FROM {TABLE} WHERE day IN (SELECT day FROM _stale))
    ORDER BY day, article_id
"""


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the table, empty."""
    connection.execute(DDL).fetchall()


def refresh(connection: duckdb.DuckDBPyConnection) -> None:
    """Brings the rows of the days in `_stale` up to `articles` and `current_articles`, in the caller's transaction."""
    connection.create_function("searched", folding.words, [VARCHAR], VARCHAR)
    for statement in (_WANTED, _GONE, _MADE, "DROP TABLE wanted_words"):
        connection.execute(statement).fetchall()
    connection.remove_function("searched")
