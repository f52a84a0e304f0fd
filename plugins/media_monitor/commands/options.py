"""Options that several commands have, each declared once."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer

_DAY = "%Y-%m-%d"
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables")]


def day(told: str) -> Any:
    """An option that takes a day as `2026-07-31`; `told` is its help."""
    return typer.Option(parser=_day, metavar=f"[{_DAY}]", help=told)


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, _DAY).replace(tzinfo=UTC).date()
    except ValueError:
        raise typer.BadParameter(f"{text!r} does not match the format {_DAY!r}") from None


FirstPublished = Annotated[date | None, day("First day of publication, UTC")]
LastPublished = Annotated[date | None, day("Last day of publication, UTC")]
