"""What an article page says about itself, in the words for search engines: JSON-LD, OpenGraph, meta elements, links."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from media_monitor.collect.articles.address import canonical_url
from media_monitor.collect.formats.clean import plain_line
from media_monitor.collect.formats.dates import published

_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report|PressRelease)")
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][A-Za-z0-9]+)*", re.IGNORECASE)
_MOST_NODES, _MOST_AUTHORS, _LONGEST_NAME = 1_000, 20, 200
_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "pubdate", "publishdate",
    "publish_date", "publication_date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.created", "date",
    "sailthru.date",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
_AUTHOR = ("author", "parsely-author", "dc.creator", "dcterms.creator", "byl", "sailthru.author", "article:author")
_CREDIT = ("source", "original-source", "syndication-source", "news_source", "dc.source", "article:source", "agency")
_TIER = ("article:content_tier", "og:article:content_tier", "content_tier", "content-tier", "article:tier")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page declares. `free` is False where it says that the text is for subscribers, None where it says
    nothing; `credits` are names of whom it may have the text from; `site` is who prints it; times are aware UTC, None
    where not believable."""

    title: str = ""
    headings: tuple[str, ...] = ()
    description: str = ""
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    canonical_url: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    tier: str = ""
    free: bool | None = None
    site: str = ""
    is_article: bool = False


def facts(tree: LexborHTMLParser, url: str, fetched_at: datetime) -> Facts:
    """The facts of the page at that address; `fetched_at` is aware."""
    meta, article = _metas(tree), _article(tree)
    dates = [_text(article.get("datePublished")), *_of(meta, _PUBLISHED), *_times(tree)]
    changed = [_text(article.get("dateModified")), *_of(meta, _MODIFIED)]
    return Facts(
        title=_inner(tree, "title"),
        headings=_headings(tree, meta, article),
        description=next(iter(_of(meta, ("og:description", "description"))), ""),
        authors=_authors(article, meta),
        credits=_distinct([*_names(article.get("sourceOrganization")), *_names(article.get("provider")),
                           *_names(article.get("creditText")), *_of(meta, _CREDIT), *_authors(article, meta)]),
        canonical_url=next((a for a in _canonical(tree, meta, article, url) if a), None),
        published_at=_first_date(dates, fetched_at),
        modified_at=_first_date(changed, fetched_at),
        language=_language(tree, meta, article),
        tier=next(iter(_of(meta, _TIER)), "").lower(),
        free=_free(article),
        site=_site(article, meta),
        is_article=bool(article) or next(iter(_of(meta, ("og:type",))), "").lower() == "article",
    )  # fmt: skip


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    """Content of each meta element by its name in lower case, the first of each."""
    found: dict[str, str] = {}
    for node in tree.css("meta[content], [itemprop][content]"):
        values = node.attributes
        name = values.get("property") or values.get("name") or values.get("itemprop") or values.get("http-equiv") or ""
        if content := (values.get("content") or "").strip():
            found.setdefault(name.lower(), content)
    return found


def _of(meta: dict[str, str], names: Iterable[str]) -> list[str]:
    return [plain_line(meta[name]) for name in names if name in meta]


def _article(tree: LexborHTMLParser) -> dict[str, Any]:
    """The first article in the page's JSON-LD; one that says whether it is free counts before others."""
    articles = []
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            told = json.loads(node.text(deep=True), strict=False)
        except (ValueError, RecursionError):
            continue
        articles += [one for one in _nodes(told) if any(_ARTICLE.fullmatch(kind) for kind in _texts(one.get("@type")))]
    return next((one for one in articles if "isAccessibleForFree" in one), articles[0] if articles else {})


def _nodes(told: Any) -> Iterator[dict[str, Any]]:
    """Every object that is listed, or described as a page's main thing."""
    waiting = [told]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            yield one
            waiting += [one[name] for name in ("@graph", "mainEntity") if name in one]


def _free(article: dict[str, Any]) -> bool | None:
    """False where the article or a part of it is said not to be free."""
    parts = article.get("hasPart")
    told = [article, *(parts if isinstance(parts, list) else [parts])]
    said = [
        str(one["isAccessibleForFree"]).lower()
        for one in told
        if isinstance(one, dict) and "isAccessibleForFree" in one
    ]
    return None if not said else not any(word.rpartition("/")[2] in ("false", "no", "0") for word in said)


def _authors(article: dict[str, Any], meta: dict[str, str]) -> tuple[str, ...]:
    declared = _distinct(_names(article.get("author")))
    return declared or _distinct(name for name in _of(meta, _AUTHOR) if not name.startswith(("http:", "https:")))[:1]


def _site(article: dict[str, Any], meta: dict[str, str]) -> str:
    """Who prints the page: the site's own name, else that of the article's publisher."""
    named = (*_of(meta, ("og:site_name",)), *_names(article.get("publisher")))
    return next((found for name in named if (found := plain_line(name)[:_LONGEST_NAME])), "")


def _names(value: Any) -> Iterator[str]:
    """Names of persons or organisations in a JSON-LD value."""
    for one in value if isinstance(value, list) else [value]:
        yield from _texts(one.get("name") if isinstance(one, dict) else one)


def _texts(value: Any) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _text(value: Any) -> str:
    return next(iter(_texts(value)), "")


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    plain = (plain_line(name)[:_LONGEST_NAME] for name in names)
    return tuple(dict.fromkeys(name for name in plain if name))[:_MOST_AUTHORS]


def _canonical(tree: LexborHTMLParser, meta: dict[str, str], article: dict[str, Any], url: str) -> Iterator[str | None]:
    """What the page names as its address, the most binding first."""
    named = [node.attributes.get("href") or "" for node in tree.css("link[rel=canonical][href]")]
    for one in (*named, *_of(meta, ("og:url",)), _text(article.get("url"))):
        yield _joined(url, one) if one else None


def _joined(url: str, relative: str) -> str | None:
    try:
        return canonical_url(urljoin(url, relative))
    except ValueError:
        return None


def _headings(tree: LexborHTMLParser, meta: dict[str, str], article: dict[str, Any]) -> tuple[str, ...]:
    told = (*_of(meta, ("og:title",)), plain_line(_text(article.get("headline"))), _inner(tree, "h1"))
    return tuple(one for one in told if one)


def _times(tree: LexborHTMLParser) -> list[str]:
    """Publication times in the text of the page; one that stands alone is taken for it."""
    marked = tree.css("time[itemprop=datePublished][datetime], time[pubdate][datetime]")
    alone = tree.css("time[datetime]")
    return [node.attributes.get("datetime") or "" for node in (*marked, *(alone if len(alone) == 1 else ()))]


def _first_date(raws: Iterable[str], fetched_at: datetime) -> datetime | None:
    return next((at for raw in raws if (at := published(raw, None, fetched_at)[0])), None)


def _language(tree: LexborHTMLParser, meta: dict[str, str], article: dict[str, Any]) -> str | None:
    root = tree.css_first("html")
    declared = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "") if root else ""
    told = (_text(article.get("inLanguage")), declared, *_of(meta, ("og:locale", "content-language", "dc.language")))
    return next((found[1].lower() for one in told if (found := _LANGUAGE.fullmatch(one.strip()))), None)


def _inner(tree: LexborHTMLParser, selector: str) -> str:
    node = tree.css_first(selector)
    return plain_line(node.text(deep=True)) if node else ""
