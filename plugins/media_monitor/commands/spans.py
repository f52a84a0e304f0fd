"""Commands on a span of days: what each asks and prints is its own; days, JSON and what there is to say when nothing is
stored are the same for all."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console

from media_monitor.commands.options import Json, day
from media_monitor.config import Settings
from media_monitor.report.asked.coverage import movements
from media_monitor.report.asked.coverage.movements import Rows, Span
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json

Since = Annotated[date | None, day("First day, UTC; default a year before the last")]
Until = Annotated[date | None, day("Last day, UTC; default that of the newest article")]
_NONE_YET = "No article on the beat is stored yet."


@dataclass(frozen=True, slots=True)
class Question:
    """How the rows of a span are asked for and printed; claim and party, where they are named, must be known."""

    ask: Callable[[Span], Rows]
    show: Callable[[Console, Rows, Span], None]
    claim: str | None = None
    party: str | None = None


def command(app: typer.Typer, *, since: bool = True) -> Callable[[Callable[..., Question]], Callable[..., Question]]:
    """Makes a command of a function from `Settings` and options of its own to a question. The command takes `--since`
    (unless its span begins elsewhere), `--until` and `--json` too."""
    shared: dict[str, Any] = {**({"since": Since} if since else {}), "until": Until}

    def register(question: Callable[..., Question]) -> Callable[..., Question]:
        def answer(context: typer.Context, as_json: bool, **given: Any) -> None:
            days = {name: given.pop(name) for name in shared}
            settings = context.obj.settings()
            _answer(settings, question(settings, **given), days, as_json)

        answer.__signature__ = _signature(question, shared)  # type: ignore[attr-defined]
        answer.__annotations__ = {one.name: one.annotation for one in _signature(question, shared).parameters.values()}
        app.command(question.__name__, help=question.__doc__)(answer)
        return question

    return register


def _signature(question: Callable[..., Question], shared: Mapping[str, Any]) -> inspect.Signature:
    """The parameters of the command, as typer reads them: the context, the question's own, the shared ones."""
    own = list(inspect.signature(question).parameters.values())[1:]
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Signature(
        [
            inspect.Parameter("context", kind, annotation=typer.Context),
            *own,
            *(inspect.Parameter(name, kind, default=None, annotation=of) for name, of in shared.items()),
            inspect.Parameter("as_json", kind, default=False, annotation=Json),
        ]
    )


def _answer(settings: Settings, question: Question, asked: Mapping[str, date | None], as_json: bool) -> None:
    movements.known_claim(settings, question.claim)
    movements.known_party(settings, question.party)
    days = movements.span(settings, asked.get("since"), asked["until"])
    found = question.ask(days) if days else []
    if as_json:
        print_json(found)
    elif days:
        question.show(Terminal(), found, days)
    else:
        Terminal().print(_NONE_YET)
