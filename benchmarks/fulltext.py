"""Which library finds the main text of article pages best: token F1 by language, and milliseconds a page.

    PYTHONPATH=plugins:. python benchmarks/fulltext.py

The pages are those of tests/collect/pages/article_pages: seven layouts in ten languages. Tokens are words, and
characters in Chinese, Japanese and Korean. Text beside the main text (menus, cookies, comments, related items) counts
against a library, and so do paragraphs that it leaves out; the title, captions and by-lines count neither way.
"Nameless" is the mean on the same pages with classes and ids that say nothing. Libraries that are not installed
(benchmarks/fulltext.txt) are left out.
"""

import importlib
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table
from tests.collect.pages.article_pages.layouts import TEXTS, Page, pages

ROUNDS = 5
_DENSE = {"zh", "ja", "ko"}
Extractor = Callable[[str], str]


def candidates() -> Iterator[tuple[str, Extractor]]:
    """Each installed library, by the way its own documentation says to get the main text."""
    for name, make in MAKERS.items():
        try:
            yield name, make()
        except ImportError:
            Console(stderr=True).print(f"{name}: not installed")


def _trafilatura(**options: bool) -> Extractor:
    library = importlib.import_module("trafilatura")
    return lambda html: library.extract(html, include_comments=False, include_tables=True, **options) or ""


def _resiliparse() -> Extractor:
    library = importlib.import_module("resiliparse.extract.html2text")
    return lambda html: library.extract_plain_text(html, main_content=True, alt_texts=False, links=False)


def _readability() -> Extractor:
    library, lxml = importlib.import_module("readability"), importlib.import_module("lxml.html")
    return lambda html: str(lxml.fromstring(library.Document(html).summary()).text_content())


def _justext() -> Extractor:
    library = importlib.import_module("justext")
    names = {"en": "English", "ru": "Russian", "uk": "Ukrainian", "ko": "Korean", "ar": "Arabic"}
    names |= {"de": "German", "fr": "French", "es": "Spanish"}

    def extract(html: str) -> str:
        language = names.get(found[1] if (found := re.search(r'lang="(\w\w)"', html)) else "", "-")
        # Its documentation: without a list of stop words, these limits make it independent of the language.
        independent = {"stopwords_low": 0.0, "stopwords_high": 0.0}
        stop = library.get_stoplist(language) if language in library.get_stoplists() else frozenset()
        parts = library.justext(html.encode(), stop, **({} if stop else independent))
        return "\n".join(p.text for p in parts if not p.is_boilerplate)

    return extract


def _newspaper() -> Extractor:
    library = importlib.import_module("newspaper")

    def extract(html: str) -> str:
        article = library.Article("https://outlet.example/a", fetch_images=False)
        article.download(input_html=html)
        try:
            article.parse()
        except (ImportError, LookupError):  # it cannot read Korean without a model that it would download
            return ""
        return str(article.text)

    return extract


def _ours() -> Extractor:
    library = importlib.import_module("media_monitor.collect.pages.maintext")
    facts = importlib.import_module("media_monitor.collect.pages.pagefacts")
    parse = importlib.import_module("selectolax.lexbor").LexborHTMLParser
    now = datetime.now(UTC)
    return lambda html: str(
        library.main_text(html, facts.facts(parse(html), "https://outlet.example/", now).description)
    )


MAKERS: dict[str, Callable[[], Extractor]] = {
    "media-monitor": _ours,
    "trafilatura": _trafilatura,
    "trafilatura, precision": lambda: _trafilatura(favor_precision=True),
    "trafilatura, recall": lambda: _trafilatura(favor_recall=True),
    "trafilatura, fast": lambda: _trafilatura(fast=True),
    "resiliparse": _resiliparse,
    "readability-lxml": _readability,
    "justext": _justext,
    "newspaper4k": _newspaper,
}


def score(page: Page, found: str) -> float:
    """Token F1 of the text found."""
    texts = TEXTS[page.language]
    for free in (texts["title"], texts["caption"], texts["author"], "28.04.2025"):
        found = found.replace(free, " ", 1)
    gold, had = (Counter(_tokens(text, page.language)) for text in (page.text, found))
    common = (gold & had).total()
    return 2 * common / (gold.total() + had.total())


def _tokens(text: str, language: str) -> list[str]:
    return re.findall(r"\w", text) if language in _DENSE else re.findall(r"\w+", text.casefold())


def nameless(page: Page) -> Page:
    """The page with classes and ids that say nothing: what a library can tell without them."""
    names: dict[str, str] = {}

    def plain(found: re.Match[str]) -> str:
        return f'{found[1]}="x{names.setdefault(found[2], str(len(names)))}"'

    return replace(page, html=re.sub(r'\b(class|id)="([^"]*)"', plain, page.html))


def measure(extract: Extractor, made: list[Page]) -> tuple[dict[tuple[str, str], float], float]:
    """(F1 by language and layout, milliseconds a page, the median of some rounds)."""
    scores = {(page.language, page.layout): score(page, extract(page.html)) for page in made}
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for page in made:
            extract(page.html)
        seconds.append((time.process_time() - start) / len(made))
    return scores, statistics.median(seconds) * 1000


def main() -> None:
    languages, layouts = list(TEXTS), list(dict.fromkeys(page.layout for page in pages()))
    by_language = Table("library", *languages, "all", "least", "nameless", "ms a page", title="F1 by language")
    by_layout = Table("library", *layouts, title="F1 by layout")
    for name, extract in candidates():
        scores, milliseconds = measure(extract, pages())
        blind, _ = measure(extract, [nameless(page) for page in pages()])
        mean = {key: statistics.mean(v for k, v in scores.items() if key in k) for key in (*languages, *layouts)}
        total = statistics.mean(scores.values())
        cells = [f"{mean[x]:.3f}" for x in languages]
        unnamed = f"{statistics.mean(blind.values()):.3f}"
        by_language.add_row(name, *cells, f"{total:.3f}", f"{min(scores.values()):.2f}", unnamed, f"{milliseconds:.1f}")
        by_layout.add_row(name, *(f"{mean[x]:.3f}" for x in layouts))
    console = Console(width=150)
    console.print(by_language)
    console.print(by_layout)


if __name__ == "__main__":
    main()
