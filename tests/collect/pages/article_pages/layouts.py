# ruff: noqa: E501 - markup reads better as its lines are
"""Article pages as sites build them, in ten languages: each layout is a function of the texts of one language."""

import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

TEXTS: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))
DATE = "2025-04-28T09:30:00+03:00"
MODIFIED = "2025-04-28T12:05:00+03:00"
CANONICAL = "https://outlet.example/2025/04/night-ferry"


@dataclass(frozen=True)
class Page:
    """A page, its language and layout, and the main text that a reader sees on it."""

    language: str
    layout: str
    html: str
    text: str


def pages() -> list[Page]:
    """Every layout in every language."""
    return [
        Page(language, name, layout(language, texts), main_text(texts, name))
        for language, texts in TEXTS.items()
        for name, layout in LAYOUTS.items()
    ]


def main_text(t: dict[str, Any], layout: str) -> str:
    """What is to be found on the page: lead, paragraphs and, where the layout has it, the heading between them."""
    body = [plain(p) for p in t["body"]]
    if layout == "brief":
        return "\n".join([t["lede"], *body[:2]])
    if layout in ("site", "amp", "blocks"):
        body.insert(2, t["subhead"])
    return "\n".join([t["lede"], *body])


def plain(paragraph: str) -> str:
    return paragraph.replace("{", "").replace("}", "")


def marked(paragraph: str) -> str:
    """The paragraph as markup, with its link."""
    return escape(paragraph, quote=False).replace("{", '<a href="/timetable">').replace("}", "</a>")


def linked_data(language: str, t: dict[str, Any], **more: Any) -> str:
    """A NewsArticle as publishers declare it."""
    values = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": t["title"],
        "inLanguage": language,
        "datePublished": DATE,
        "dateModified": MODIFIED,
        "author": [{"@type": "Organization", "name": t["author"]}],
        "publisher": {"@type": "Organization", "name": "Outlet"},
        "mainEntityOfPage": CANONICAL,
        **more,
    }
    graph = {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Outlet"}, values]}
    return f'<script type="application/ld+json">{json.dumps(graph, ensure_ascii=False)}</script>'


def head(language: str, t: dict[str, Any], more: str = "") -> str:
    return f"""<head><meta charset="utf-8"><title>{escape(t["title"])} | Outlet</title>
<link rel="canonical" href="{CANONICAL}"><meta property="og:type" content="article">
<meta property="og:title" content="{escape(t["title"])}"><meta property="og:site_name" content="Outlet">
<meta name="description" content="{escape(t["lede"])}">
<meta property="article:published_time" content="{DATE}">{more}
<style>.hdr{{display:flex}}</style><script>window.dataLayer=[];function t(){{dataLayer.push("{language}")}}</script></head>"""


def direction(language: str) -> str:
    return ' dir="rtl"' if language == "ar" else ""


def menu(t: dict[str, Any]) -> str:
    return "".join(f'<li><a href="/{n}">{escape(item)}</a></li>' for n, item in enumerate(t["nav"]))


def links(t: dict[str, Any], kind: str = "card") -> str:
    return "".join(
        f'<div class="{kind}"><a href="/r/{n}"><img src="/i/{n}.jpg" alt=""><h3>{escape(item)}</h3></a>'
        f'<span class="{kind}__time">12:4{n}</span></div>'
        for n, item in enumerate(t["related"])
    )


def consent(t: dict[str, Any]) -> str:
    return (
        f'<div id="cmp-root" role="dialog" aria-modal="true"><div class="cmp-text"><p>{t["cookie"]}</p></div>'
        f'<button class="cmp-btn">{t["accept"]}</button></div>'
    )


def site(language: str, t: dict[str, Any], extra_head: str = "", linked: str | None = None) -> str:
    """A large news site: dialogue on cookies, boxes between the paragraphs, comments, a column beside."""
    first, second, *rest = [f'<p class="art-p css-1k7{n}">{marked(p)}</p>' for n, p in enumerate(t["body"])]
    return f"""<!DOCTYPE html><html lang="{language}"{direction(language)}>
{head(language, t, extra_head + (linked_data(language, t) if linked is None else linked))}
<body class="page-article">{consent(t)}
<header class="hdr"><a class="logo" href="/">Outlet</a><nav aria-label="main"><ul>{menu(t)}</ul></nav></header>
<div class="breaking-ticker"><span>{t["related"][1]}</span></div>
<main><article class="story"><header><div class="kicker">{t["nav"][3]}</div><h1>{t["title"]}</h1>
<p class="standfirst">{t["lede"]}</p><div class="byline"><span rel="author">{t["author"]}</span>
<time datetime="{DATE}">28.04.2025 09:30</time></div>
<ul class="share-tools"><li><button>{t["share"]}</button></li><li><a href="#">Telegram</a></li></ul></header>
<figure><img src="/ferry.jpg" alt=""><figcaption>{t["caption"]}</figcaption></figure>
<div class="story-body">{first}{second}<h2>{t["subhead"]}</h2>
<aside class="inline-related"><strong>{t["more"]}</strong><a href="/r/1">{t["related"][0]}</a></aside>
{rest[0]}<div class="ad-slot" id="div-gpt-ad-1"><script>googletag.cmd.push(function(){{}})</script></div>{rest[1]}
<div class="newsletter-box"><p>{t["newsletter"]}</p><form><input type="email"><button>OK</button></form></div>
{"".join(rest[2:])}</div>
<div class="tags"><a href="/t/1">{t["nav"][1]}</a><a href="/t/2">{t["nav"][2]}</a></div></article>
<section id="comments" class="comments"><h2>2</h2>
<div class="comment"><b>reader17</b><p>{t["comments"][0]}</p></div><div class="comment"><b>nordlicht</b>
<p>{t["comments"][1]}</p></div></section></main>
<aside class="rail"><h2>{t["more"]}</h2>{links(t)}</aside>
<footer class="ftr"><ul>{menu(t)}</ul><p>{t["footer"]}</p></footer></body></html>"""


def agency(language: str, t: dict[str, Any]) -> str:
    """A news agency: plain column, credit at the head of the text, the wire's latest items beside it."""
    body = "".join(f"<p>{marked(p)}</p>" for p in t["body"])
    latest = "".join(
        f'<li><span class="tm">14:0{n}</span> <a href="/n{n}">{x}</a></li>' for n, x in enumerate(t["related"])
    )
    return f"""<!DOCTYPE html><html lang="{language}"{direction(language)}>{head(language, t)}<body>
<div id="top"><div class="lang">EN | RU | AR</div><ul class="menu">{menu(t)}</ul></div>
<div id="container"><div class="left-col"><h1 class="news-header">{t["title"]}</h1>
<div class="news-info"><span class="date">28.04.2025, 09:30</span> <span class="src">{t["agency"]}</span></div>
<div class="news-body"><p class="lead">{t["lede"]}</p>{body}</div>
<div class="socials">{t["share"]}: <a href="#">VK</a> <a href="#">X</a> <a href="#">LINE</a></div></div>
<div class="right-col"><div class="hd">{t["more"]}</div><ul class="latest">{latest}</ul></div></div>
<div id="bottom"><p>© {t["agency"]} 2025. {t["footer"]}</p></div></body></html>"""


def tables(language: str, t: dict[str, Any]) -> str:
    """A ministry's page of twenty years ago: tables in tables, font elements, paragraphs by line breaks."""
    body = "<br><br>\n&nbsp;&nbsp;&nbsp;".join([t["lede"], *(marked(p) for p in t["body"])])
    rows = "".join(
        f'<tr><td bgcolor="#e0e0f0"><a href="{n}.htm"><font size="2">{x}</font></a></td></tr>'
        for n, x in enumerate(t["nav"])
    )
    old = "".join(
        f'<tr><td><font size="1"><a href="old{n}.htm">{x}</a></font></td></tr>' for n, x in enumerate(t["related"])
    )
    return f"""<html{direction(language)}><head><title>{t["title"]}</title>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>
<body bgcolor="#ffffff" link="#000080"><table width="780" border="0" cellspacing="0" cellpadding="0" align="center">
<tr><td colspan="2"><img src="top.gif" width="780" height="90"></td></tr>
<tr><td width="160" valign="top"><table width="100%">{rows}</table></td>
<td valign="top"><table width="100%" cellpadding="8"><tr><td><font size="2" color="#808080">28.04.2025</font><br>
<b><font size="4" color="#000080">{t["title"]}</font></b></td></tr>
<tr><td align="justify"><font size="3">&nbsp;&nbsp;&nbsp;{body}</font></td></tr>
<tr><td><hr size="1"><table>{old}</table></td></tr></table></td></tr>
<tr><td colspan="2" align="center"><font size="1">{t["footer"]}</font></td></tr></table></body></html>"""


def amp(language: str, t: dict[str, Any]) -> str:
    """The accelerated edition: AMP elements, a sidebar for the menu, related stories at the end."""
    first, second, *rest = [f"<p>{marked(p)}</p>" for p in t["body"]]
    return f"""<!doctype html><html ⚡ lang="{language}"{direction(language)}>
{head(language, t, '<script async src="https://cdn.ampproject.org/v0.js"></script>' + linked_data(language, t))}
<body><amp-consent id="consent" layout="nodisplay"><div id="ui"><p>{t["cookie"]}</p>
<button on="tap:consent.accept">{t["accept"]}</button></div></amp-consent>
<amp-sidebar id="menu" layout="nodisplay"><ul>{menu(t)}</ul></amp-sidebar>
<header><button on="tap:menu.toggle">☰</button><a href="/">Outlet</a></header>
<article class="amp-article"><h1>{t["title"]}</h1><h2 class="sub">{t["lede"]}</h2>
<div class="meta">{t["author"]} · <time datetime="{DATE}">28.04.2025</time></div>
<amp-social-share type="twitter"></amp-social-share>
<amp-img src="/f.jpg" width="800" height="450"><noscript><img src="/f.jpg"></noscript></amp-img>
<div class="cap">{t["caption"]}</div>
<section class="content">{first}{second}<h3>{t["subhead"]}</h3>
<amp-ad width="300" height="250" type="doubleclick"></amp-ad>{"".join(rest)}</section></article>
<section class="more"><h4>{t["more"]}</h4><amp-list>{links(t, "teaser")}</amp-list></section>
<footer>{t["footer"]}</footer></body></html>"""


def breaks(language: str, t: dict[str, Any]) -> str:
    """A portal of East Asia: bare text and line breaks in one element, the picture in a table, a ranking beside."""
    first, *rest = [marked(p) for p in t["body"]]
    ranking = "".join(f"<li><em>{n + 1}</em><a href='/rank/{n}'>{x}</a></li>" for n, x in enumerate(t["related"]))
    return f"""<!DOCTYPE html><html lang="{language}"{direction(language)}>{head(language, t)}<body>
<div id="wrap"><div id="gnb"><ul>{menu(t)}</ul></div><div class="section_top"><a href="#">{t["nav"][3]}</a></div>
<div id="content"><h2 class="article_tit">{t["title"]}</h2>
<div class="info_view">{t["author"]} | 2025.04.28 09:30 <a href="#">{t["share"]}</a> <a href="#">가 가</a></div>
<div id="articleBody" class="article_view" itemprop="articleBody">{t["lede"]}<br><br>{first}<br><br>
<table class="photo"><tr><td><img src="p.jpg"></td></tr><tr><td class="photo_caption">▲ {t["caption"]}</td></tr></table>
{"<br><br>".join(rest)}<br><br></div>
<div class="link_news"><h3>{t["more"]}</h3><ul>{ranking}</ul></div>
<div class="copyright">Copyright ⓒ Outlet. {t["footer"]}</div>
<div class="reply_area"><ul><li>{t["comments"][0]}</li><li>{t["comments"][1]}</li></ul></div></div>
<div id="aside"><ol class="rank">{ranking}</ol></div></div></body></html>"""


def blocks(language: str, t: dict[str, Any]) -> str:
    """A site rendered by a script framework: no paragraphs, only elements with generated names."""
    body = [f'<div data-block="text" class="sc-a{n}x"><span>{marked(p)}</span></div>' for n, p in enumerate(t["body"])]
    body.insert(2, f'<div data-block="heading" class="sc-h9"><span>{t["subhead"]}</span></div>')
    return f"""<!DOCTYPE html><html lang="{language}"{direction(language)}>
{head(language, t, linked_data(language, t))}<body><div id="__next">{consent(t)}
<div class="sc-nav"><ul>{menu(t)}</ul></div><div class="sc-layout"><div class="sc-main">
<h1 class="sc-t">{t["title"]}</h1><div class="sc-lead">{t["lede"]}</div>
<div class="sc-meta"><span>{t["author"]}</span><span>28.04.2025</span></div>
<div class="sc-body">{"".join(body)}</div><div class="sc-share"><span>{t["share"]}</span></div></div>
<div class="sc-side"><div>{t["more"]}</div>{links(t, "sc-c")}</div></div>
<div class="sc-foot"><span>{t["footer"]}</span></div></div>
<script id="__NEXT_DATA__" type="application/json">{{"props":{{}}}}</script></body></html>"""


def brief(language: str, t: dict[str, Any]) -> str:
    """Three short paragraphs among much else."""
    body = "".join(f"<p>{marked(p)}</p>" for p in t["body"][:2])
    return f"""<!DOCTYPE html><html lang="{language}"{direction(language)}>{head(language, t)}<body>{consent(t)}
<nav><ul>{menu(t)}</ul></nav><div class="wrapper"><div class="post"><h1>{t["title"]}</h1>
<div class="post-date">28.04.2025</div><div class="post-text"><p>{t["lede"]}</p>{body}</div>
<div class="post-foot">{t["share"]}</div></div>
<div class="also"><h2>{t["more"]}</h2>{links(t)}{links(t)}</div>
<div class="subscribe"><p>{t["newsletter"]}</p></div></div>
<footer><ul>{menu(t)}</ul><p>{t["footer"]}</p><p>{t["cookie"]}</p></footer></body></html>"""


LAYOUTS: dict[str, Callable[..., str]] = {
    "site": site,
    "agency": agency,
    "tables": tables,
    "amp": amp,
    "breaks": breaks,
    "blocks": blocks,
    "brief": brief,
}
