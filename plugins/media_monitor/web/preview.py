"""The HTML of a message as part of the page: its elements without styles and scripts, links to the web alone."""

from markupsafe import Markup, escape
from selectolax.lexbor import LexborHTMLParser, LexborNode

from media_monitor.watch.message.links import web_link

# What becomes of each element: the page has a first and a second heading of its own.
_KEPT = {
    "h1": "h3", "h2": "h4", "h3": "h5", "blockquote": "blockquote", "p": "p", "table": "table", "tbody": "tbody",
    "tr": "tr", "th": "th", "td": "td", "ul": "ul", "ol": "ol", "li": "li", "bdi": "bdi", "code": "code",
    "strong": "strong", "em": "em", "footer": "p", "section": "div", "article": "div", "hr": "hr", "br": "br",
}  # fmt: skip
_EMPTY = frozenset({"hr", "br"})
_DROPPED = frozenset({"script", "style", "head", "title", "template", "iframe", "object", "svg", "math"})
_ATTRIBUTES = ("dir", "lang", "scope")


def cleaned(html: str) -> Markup:
    """The body of the message for the page. What is not known to be harmless is left out, its text stays."""
    body = LexborHTMLParser(html).body
    return Markup("") if body is None else _inner(body)


def _inner(node: LexborNode) -> Markup:
    return Markup("").join(_outer(child) for child in node.iter(include_text=True))


def _outer(node: LexborNode) -> Markup:
    name = node.tag or ""
    if name == "-text":
        return escape(node.text_content or "")
    if name in _DROPPED or name.startswith(("-", "!")):
        return Markup("")
    if name == "a":
        return _link(node)
    if name not in _KEPT:
        return _inner(node)
    kept = _KEPT[name]
    opened = Markup("<{}{}>").format(Markup(kept), _attributes(node))
    return opened if name in _EMPTY else opened + _inner(node) + Markup("</{}>").format(Markup(kept))


def _attributes(node: LexborNode) -> Markup:
    given = ((name, node.attributes.get(name)) for name in _ATTRIBUTES)
    return Markup("").join(Markup(' {}="{}"').format(Markup(name), value) for name, value in given if value)


def _link(node: LexborNode) -> Markup:
    link = web_link(node.attributes.get("href"), "")
    if link is None:
        return _inner(node)
    return Markup('<a href="{}" rel="noreferrer nofollow">{}</a>').format(link.url, _inner(node))
