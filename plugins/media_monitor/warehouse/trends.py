"""The SQL of the trend views and macros, kept in `sql/NN_name.sql`."""

from pathlib import Path

FOLDER = Path(__file__).parent / "sql"


def scripts() -> list[str]:
    """The scripts in the order of their numbers. Each is CREATE OR REPLACE statements under a comment."""
    return [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.sql"))]
