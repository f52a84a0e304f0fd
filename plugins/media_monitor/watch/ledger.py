"""The SQL of the claim ledger: views and kept tables over `statements`, `articles` and the reference tables."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
SCRIPTS = FOLDER / "sql"


def scripts() -> list[str]:
    """The SQL scripts that make the ledger's views and its kept tables, empty, in the order to run them."""
    return [path.read_text(encoding="utf-8") for path in sorted(SCRIPTS.glob("*.sql"))]


def whole() -> str:
    """The SQL that fills the kept tables, which are empty, from all that is stored."""
    return (FOLDER / "kept" / "whole.sql").read_text(encoding="utf-8")


def changes() -> str:
    """The SQL that brings the kept tables up to what was loaded since: the days in `_stale`, other reference tables."""
    return (FOLDER / "kept" / "changes.sql").read_text(encoding="utf-8")
