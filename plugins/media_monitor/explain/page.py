"""An account as one page of HTML that asks nobody for anything: no script, no font, no image, no link outside.

Marks are links to their fact, so the page works without JavaScript; what comes from the article is escaped, cleaned of
controls and given its own direction.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from media_monitor import __version__
from media_monitor.config import PACKAGE
from media_monitor.explain.account import Account, Fact, Mark, Named, Unmade
from media_monitor.explain.marks import Stretch, by_passage, safe, stretches

STYLE = PACKAGE / "explain" / "page.css"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
LEGEND = {
    "cue": "the word that makes the stance",
    "speaker": "who says it",
    "claim": "what the claim is made of",
    "entity": "a known name",
}


def page(account: Account) -> str:
    """The page as HTML. The same account gives the same page."""
    title = safe(account.title).strip() or account.document_id
    lang = f' lang="{_attribute(account.language)}"' if account.language else ""
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>Explained: {escape(title)}</title>",
            f"<style>\n{STYLE.read_text(encoding='utf-8')}</style>",
            "</head>",
            "<body>",
            *_head(account),
            *_text(account, lang),
            *_facts("Statements", account.statements),
            *_facts("Events", account.events),
            *_unmade(account.unmade),
            *_entities(account.entities),
            f'<footer class="quiet">media-monitor {__version__}, beat {escape(account.beat)}. '
            f"Document {escape(safe(account.document_id))}.</footer>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _head(account: Account) -> Iterator[str]:
    language = account.language or "not known"
    told = [
        f"language {language}, confidence {account.language_confidence:.2f}",
        f"published {account.published or 'not known'}",
        *([f"outlet {foreign(account.outlet)}"] if account.outlet else []),
    ]
    verdict, style = ("Relevant", "good") if account.relevant else ("Not relevant", "bad")
    weights = ", ".join(f"{weight:+g} {escape(reason)}" for reason, weight in account.weights)
    yield "<header>"
    yield f'<h1 dir="auto">{_shown(account.title) or escape(safe(account.document_id))}</h1>'
    yield f'<p class="quiet">{" · ".join(told)}</p>'
    yield f'<p class="quiet"><strong class="{style}">{verdict}</strong>: score {account.score:+g}, '
    yield f"where 0 is enough; {weights}</p>"
    yield from (f'<p class="quiet">{escape(safe(note))}</p>' for note in account.notes)
    yield "</header>"


def _text(account: Account, lang: str) -> Iterator[str]:
    legend = "".join(
        f'<span><span class="m {kind}">{kind}</span> {escape(told)}</span>' for kind, told in LEGEND.items()
    )
    yield f'<section class="text"><h2>Text</h2><div class="legend">{legend}'
    yield '<span><span class="cut">¦</span> a clause begins</span><span>A mark leads to its fact.</span></div>'
    for passage, marks in by_passage(account):
        if passage.start < passage.end:
            kind = ' class="title"' if passage.number == 0 else ""
            body = "".join(_piece(account, piece) for piece in stretches(passage, account.marks))
            yield f'<p id="s{passage.number}" dir="auto"{lang}{kind}>{body}{_refs(marks)}</p>'
    yield "</section>"


def _piece(account: Account, piece: Stretch) -> str:
    words = safe(account.text[piece.start : piece.end])
    cut = '<span class="cut">¦</span>' if piece.cut else ""
    if not piece.marks:
        return cut + escape(words)
    first = piece.marks[0]
    notes = _attribute("; ".join(dict.fromkeys(mark.note for mark in piece.marks)))
    return f'{cut}<a class="m {first.kind}" href="#{_target(first)}" title="{notes}">{escape(words)}</a>'


def _target(mark: Mark) -> str:
    return mark.fact or "entities"


def _refs(marks: Sequence[Mark]) -> str:
    """Links to the facts of the sentence, for fingers and for facts whose marks lie under others."""
    refs = dict.fromkeys(mark.fact for mark in marks if mark.fact)
    links = " ".join(f'<a href="#{ref}">{ref}</a>' for ref in refs)
    return f' <span class="refs" dir="ltr">{links}</span>' if links else ""


def _facts(title: str, facts: Sequence[Fact]) -> Iterator[str]:
    yield f"<section><h2>{title}: {len(facts) or 'none'}</h2>"
    for fact in facts:
        rows = [
            ("words", f"<bdi>{_shown(fact.surface)}</bdi>"),
            ("reason", f'<span class="reason">{foreign(fact.reason)}</span>'),
            *((label, foreign(value)) for label, value in fact.values),
            ("rule", f"<code>{escape(fact.rule)}</code>, confidence {fact.confidence:.2f}"),
            ("sentence", f'<a href="#s{fact.sentence}">{fact.sentence}</a>'),
        ]
        told = "".join(f"<dt>{escape(label)}</dt><dd>{value}</dd>" for label, value in rows)
        heading = f"{fact.ref} · {escape(safe(fact.heading))}"
        yield f'<article class="card" id="{fact.ref}"><h3>{heading}</h3><dl>{told}</dl></article>'
    yield "</section>"


def _unmade(unmade: Iterable[Unmade]) -> Iterator[str]:
    rows = [
        f'<li><a href="#s{one.sentence}">sentence {one.sentence}</a>: {foreign(one.words)} – {foreign(one.why)}</li>'
        for one in unmade
    ]
    if rows:
        yield f"<section><h2>Spoken, but no statement: {len(rows)}</h2><ul>{''.join(rows)}</ul></section>"


def _entities(entities: Sequence[Named]) -> Iterator[str]:
    yield f'<section id="entities"><h2>Entities: {len(entities) or "none"}</h2>'
    if entities:
        yield "<table><thead><tr><th>Entity</th><th>Party</th><th>In the text</th></tr></thead><tbody>"
        for one in entities:
            forms = ", ".join(foreign(form) for form in one.forms)
            name = f"{escape(one.name)} <code>{escape(one.entity_id)}</code>"
            yield f"<tr><td>{name}</td><td>{escape(one.party or '')}</td><td>{forms} ({one.times})</td></tr>"
        yield "</tbody></table>"
    yield "</section>"


def foreign(text: str) -> str:
    """Words of the article inside an English page, with a direction of their own; so is each quotation in a reason."""
    pieces = safe(text).split("«")
    quoted = (piece.partition("»") for piece in pieces[1:])
    isolated = (f"«<bdi>{escape(words)}</bdi>{closing}{escape(rest)}" for words, closing, rest in quoted)
    first = f"<bdi>{escape(pieces[0])}</bdi>" if len(pieces) == 1 else escape(pieces[0])
    return first + "".join(isolated)


def _shown(text: str) -> str:
    return escape(" ".join(safe(text).split()))


def _attribute(text: str) -> str:
    return escape(safe(text), quote=True)
