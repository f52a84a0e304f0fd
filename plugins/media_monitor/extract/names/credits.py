"""Which wire an article credits, wherever it does: dateline, foot, headline, by-line, or the feed's own word for it.

A wire that the text names on its way ("as Reuters reported"), or as the source of a picture, is not credited with it. A
headline that ends in the wire's name is: such an article rests on the wire's, and corroborates nothing.
"""

import re
from collections.abc import Iterable
from functools import cache

from media_monitor.extract.names.agencies import forms, signature
from media_monitor.extract.text.normalise import folded

FOOT = 160  # characters at the end in which a source or copyright line is looked for
# "Source" in the languages of the beats, as it stands before a colon.
_SOURCES = (
    "source",
    "quelle",
    "fuente",
    "fonte",
    "источник",
    "джерело",
    "المصدر",
    "مصدر",
    "来源",
    "來源",
    "출처",
    "出典",
)
_SOURCE = "|".join((*_SOURCES, "with material from", "mit material von"))
_PICTURE = re.compile(
    r"(?:사진|写真|图|圖|photo|foto|фото|صورة|image|video|видео)\W{0,3}\w{0,12}\W{0,3}$", re.IGNORECASE
)


def credited(text: str, authors: Iterable[str] = (), source: str | None = None) -> str | None:
    """The agency that the article credits, None for none.

    `text` is the normalised title + line feed + body; `source` a name that the feed or page gives as the source.
    """
    title, _, body = text.partition("\n")
    found = signature(text).agency or _heading(body) or _foot(body) or _headline(title) or _byline(authors)
    return found or (_by_name().get(folded(source)) if source else None)


@cache
def _by_name() -> dict[str, str]:
    """Agency by form and by its own name."""
    return {folded(agency): agency for agency in forms().values()} | forms()


def _heading(body: str) -> str | None:
    return _agency(_patterns().heading.match(body.lstrip()))


def _foot(body: str) -> str | None:
    end = body.rstrip()
    tail = end[-FOOT:]
    for found in _patterns().foot.finditer(tail):
        if not _PICTURE.search(tail[: found.start()]):
            return _agency(found)
    return None


def _headline(title: str) -> str | None:
    return _agency(_patterns().headline.search(title.strip()))


def _byline(authors: Iterable[str]) -> str | None:
    return next(filter(None, (_agency(_patterns().byline.search(folded(name).strip())) for name in authors)), None)


def _agency(found: re.Match[str] | None) -> str | None:
    return forms()[next(form for form in found.groups() if form)] if found else None


class _Patterns:
    """Compiled once for the table of agencies; the groups of each are forms."""

    def __init__(self) -> None:
        form = "|".join(re.escape(f) for f in sorted(forms(), key=len, reverse=True))
        mail = "|".join(re.escape(f) for f in forms() if f.startswith("@"))
        word = rf"(?<!\w)({form})(?!\w)"
        # Bracketed with place or date; after place and dash; Xinhua's "据新华社报道"; CNA's "(中央社…報導)".
        self.heading = re.compile(
            rf"\[[^\[\]\n]{{1,24}}[= ]({form})\]|[^\W\d_][^\n.,:;!?()]{{1,24}} - ({form}) ?:"
            rf"|[^\W\d_][^\n:;!?()]{{1,40}}\. ({form}) - |据({form})[^\n，。,]{{0,10}}(?:报道|消息|电)"
            rf"|\(({form})[^()\n]{{2,24}}(?:報導|報道|报道|電|电)\)"
        )
        self.foot = re.compile(
            rf"(?<!\w)(?:{_SOURCE}) ?: ?{word}"
            rf"|(?:©|\(c\)|저작권자|copyright) ?(?:\(c\) ?)?(?:\d{{4}} )?{word}(?=[^\n]{{0,40}}$)"
            rf"|\w({mail})\s*$",
            re.IGNORECASE,
        )
        self.headline = re.compile(rf"[(\[【]({form})[)\]】]$|^[(\[【]({form})[)\]】]|(?: - | ?\| ?)({form})$")
        self.byline = re.compile(rf"(?:^|[,/(|] ?|(?:^|\s)(?:with|avec|mit|con|via|und|and|et|y) )({form})\)?$")


@cache
def _patterns() -> _Patterns:
    return _Patterns()
