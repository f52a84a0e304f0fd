"""A message as an HTML page of its own, light and dark: no script, no image, nothing that is fetched."""

from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

from media_monitor.watch.message.bidi import direction, isolated, isolated_html, lang
from media_monitor.watch.message.content import Branch, Content, Fact, Foreign, Link, Part, Quote, Translation

STYLE = Path(__file__).resolve().parent / "style.css"


def html(content: Content) -> str:
    """The whole message."""
    return page(content.headline, body(content), content.footer)


def page(headline: str, inner: str, footer: str) -> str:
    """A page with that heading around what is already HTML."""
    title = escape(headline)
    return (
        '<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
        f"<title>{title}</title><style>{_style()}</style></head><body><main><h1>{title}</h1>\n{inner}\n"
        f"<footer>{escape(footer)}</footer></main></body></html>\n"
    )


def body(content: Content) -> str:
    """What stands between heading and footer."""
    return "\n".join(
        part
        for part in (
            _quoted(content.quote),
            facts(content.facts),
            f"<h2>Sources</h2>{_branches(content.tree)}" if content.tree else "",
            _links(content.links),
            f'<p class="aside">Evidence: run <code>{escape(content.command)}</code></p>' if content.command else "",
        )
        if part
    )


def facts(rows: Sequence[Fact]) -> str:
    """The facts as a table."""
    cells = (f'<tr><th scope="row">{escape(r.label)}</th><td>{_marked(r.parts)}</td></tr>' for r in rows)
    return f"<table>{''.join(cells)}</table>"


@cache
def _style() -> str:
    return STYLE.read_text(encoding="utf-8")


def _marked(parts: Sequence[Part]) -> str:
    return "".join(_part(part) for part in parts)


def _part(part: Part) -> str:
    if isinstance(part, Foreign):
        return isolated_html(part.words, part.language)
    return _link(part) if isinstance(part, Link) else escape(part)


def _link(link: Link) -> str:
    return f'<a href="{escape(link.url)}">{escape(link.label)}</a>'


def _links(links: Sequence[Link]) -> str:
    return f'<p class="links">{" ".join(map(_link, links))}</p>' if links else ""


def _quoted(quote: Quote | None) -> str:
    if quote is None:
        return ""
    rest = f'<p class="aside">{escape(quote.rest)}</p>' if quote.rest else ""
    return _block(quote.words) + _translated(quote.translation) + rest


def _translated(translation: Translation | None) -> str:
    if translation is None:
        return ""
    note = f'<p class="aside">{escape(translation.note)}</p>'
    if translation.words is None:
        return note
    return _block(Foreign(translation.words, translation.language), "machine") + note


def _block(words: Foreign, kind: str = "original") -> str:
    clean = isolated(words.words)
    return f'<blockquote class="{kind}" dir="{direction(clean)}"{lang(words.language)}>“{escape(clean)}”</blockquote>'


def _branches(branches: Sequence[Branch]) -> str:
    items = "".join(
        f"<li>{_marked(branch.parts)}{_branches(branch.below) if branch.below else ''}</li>" for branch in branches
    )
    return f"<ul>{items}</ul>"
