"""The SQL of the claim ledger: views over `statements`, `articles` and the reference table `claims`."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "sql"


def scripts() -> list[str]:
    """The SQL scripts that make the ledger's views, in the order to run them."""
    return [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.sql"))]
