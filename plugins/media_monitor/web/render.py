"""HTML of the templates. All that they are given is escaped, and what strangers wrote is cleaned and isolated."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from media_monitor import __version__
from media_monitor.config import Settings
from media_monitor.explain.marks import safe
from media_monitor.explain.page import foreign
from media_monitor.report.asked.claims.ledger import MARKS
from media_monitor.warehouse import belonging
from media_monitor.watch.message import bidi
from media_monitor.watch.message.links import web_link

TEMPLATES = Path(__file__).parent / "templates"
# The page names the state beside the mark, so a word as the mark would be said twice.
PAGE_MARKS = {**MARKS, "alleged": ("“", "")}


def settings_of(request: Request) -> Settings:
    """The settings of the application that serves the request, read anew.

    Raises:
        SettingError: the data folder holds another beat.
    """
    settings: Settings = request.app.state.settings()
    belonging.check(settings)
    return settings


def page(request: Request, template: str, **values: Any) -> str:
    """The template filled in. Links in it start with `root`, below which the page is served; `path` is the path of
    this page below it, `here` the same with its query string."""
    root = request.scope.get("root_path", "")
    path = request.url.path.removeprefix(root)
    here = f"{path}?{request.url.query}" if request.url.query else path
    every = {"root": root, "path": path, "here": here, "version": __version__, "marks": PAGE_MARKS}
    every["views"] = request.app.state.navigation
    return _environment().get_template(template).render(every | values)


@cache
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.policies["json.dumps_kwargs"] = {"default": _plain, "ensure_ascii": False, "sort_keys": False}
    environment.filters |= {
        "foreign": _foreign,
        "minute": _minute,
        "address": _address,
        "marked": _marked,
        "plain": safe,
        "told": lambda text: Markup(foreign(text)),
    }
    return environment


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else float(value)


def _foreign(text: str | None, language: str | None = None) -> Markup:
    """Words of any script as an isolated element with their own direction."""
    return Markup(bidi.isolated_html(text or "", language))


def _marked(pieces: Iterable[Mapping[str, Any]], language: str | None = None) -> Markup:
    """Pieces of a text (`text`, `hit`) as `foreign` gives it whole, with the hits marked."""
    shown = [(escape(safe(piece["text"])), piece["hit"]) for piece in pieces]
    direction = bidi.direction("".join(text for text, _ in shown))
    body = "".join(f"<mark>{text}</mark>" if hit else text for text, hit in shown)
    return Markup(f'<bdi dir="{direction}"{bidi.lang(language)}>{body}</bdi>')


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else ""


def _address(url: str | None) -> str | None:
    """The address where a link may lead to it; None for schemes that are not the web's."""
    link = web_link(url, "")
    return link.url if link else None
