"""An account for the terminal. Right-to-left text stands between Unicode isolates, so that it keeps its own order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from media_monitor.explain.account import Account, Fact, Mark, Passage
from media_monitor.explain.marks import by_passage, safe, stretches
from media_monitor.watch.message.bidi import direction

STYLES = {"cue": "bold black on yellow", "speaker": "bold magenta", "claim": "green", "entity": "underline"}
WORDS = {"words", "quote", "via"}  # what of a fact is printed in the article's own words
_RIGHT_TO_LEFT, _POP = "\u2067", "\u2069"
_FIRST_STRONG = "\u2068"


def print_account(console: Console, account: Account) -> None:
    """Prints the text sentence by sentence with its marks, then each fact with its reason, then what led to nothing."""
    _print_head(console, account)
    for passage, marks in by_passage(account):
        _print_passage(console, account, passage, marks)
    for title, facts in (("Statements", account.statements), ("Events", account.events)):
        console.print(Text(f"\n{title}: {len(facts) or 'none'}", style="bold"))
        for fact in facts:
            console.print(_block(fact))
    if account.unmade:
        console.print(Text(f"\nSpoken, but no statement: {len(account.unmade)}", style="bold"))
        for one in account.unmade:
            console.print(Text(f"  sentence {one.sentence}: {_told(one.words)} – {_told(one.why)}"))


def _print_head(console: Console, account: Account) -> None:
    language = account.language or "not known"
    told = [
        f"language {language} ({account.language_confidence:.2f})",
        f"published {account.published or 'not known'}",
        *([f"outlet {_foreign(account.outlet)}"] if account.outlet else []),
        f"beat {account.beat}",
    ]
    console.print(Text(" · ".join(told), style="dim"))
    weights = ", ".join(f"{weight:+g} {reason}" for reason, weight in account.weights)
    verdict = "relevant" if account.relevant else "not relevant"
    style = "green" if account.relevant else "yellow"
    console.print(Text(f"{verdict}: score {account.score:+g} (0 is enough) = {weights}", style=style))
    for note in account.notes:
        console.print(Text(f"! {note}", style="yellow"))
    legend = Text("marks: ")
    for kind, style in STYLES.items():
        legend.append(kind, style=style).append("  ")
    console.print(legend.append("¦ a clause begins", style="dim"))


def _print_passage(console: Console, account: Account, passage: Passage, marks: Sequence[Mark]) -> None:
    if passage.start == passage.end:
        return
    console.print()
    console.print(_sentence(account, passage))
    grid = _grid(4, 8)
    for label, told in _lines(account, marks):
        grid.add_row("", label, Text(told))
    if grid.row_count:
        console.print(grid)


def _sentence(account: Account, passage: Passage) -> Table:
    body = Text(style="bold" if passage.number == 0 else "")
    for piece in stretches(passage, account.marks):
        words = safe(account.text[piece.start : piece.end])
        if piece.cut:
            body.append(" ¦" if words[:1].isspace() else "¦ ", style="dim")
        body.append(words, style=STYLES[piece.marks[0].kind] if piece.marks else "")
    grid = _grid(3)
    grid.add_row(f"{passage.number:3}", _Paragraph(body))
    return grid


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A text of which each line, once it is folded, keeps its own direction."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if direction(self.text.plain) == "ltr":
            yield self.text
            return
        for line in self.text.wrap(console, options.max_width, overflow="fold"):
            line.rstrip()
            yield Text(_RIGHT_TO_LEFT).append_text(line).append(_POP)


def _lines(account: Account, marks: Sequence[Mark]) -> Iterator[tuple[str, str]]:
    """What the marks of a sentence are, in words: its entities, then fact by fact its speaker, cue and claim."""
    entities = [f"{_quoted(account, m)} {m.note}" for m in marks if m.kind == "entity"]
    if entities:
        yield "entities", " · ".join(entities)
    headings = {fact.ref: fact.heading for fact in account.facts}
    for ref in dict.fromkeys(m.fact for m in marks if m.fact):
        mine = [m for m in marks if m.fact == ref]
        kinds = {kind: [_quoted(account, m) for m in mine if m.kind == kind] for kind in ("speaker", "cue", "claim")}
        told = (f"{kind} {' '.join(dict.fromkeys(words))}" for kind, words in kinds.items() if words)
        yield ref, f"{headings[ref]}: {' · '.join(told)}"


def _block(fact: Fact) -> Table:
    grid = _grid(4, 8)
    grid.add_row(Text(fact.ref, style="bold"), "", Text(fact.heading, style="bold"))
    rows = [
        ("words", fact.surface),
        ("reason", fact.reason),
        *fact.values,
        ("rule", f"{fact.rule}, confidence {fact.confidence:.2f}"),
    ]
    for label, value in rows:
        grid.add_row("", label, _paragraph(value) if label in WORDS else Text(_told(value)))
    return grid


def _grid(*widths: int) -> Table:
    grid = Table.grid(padding=(0, 1))
    for width in widths:
        grid.add_column(width=width, style="dim")
    grid.add_column(overflow="fold")
    return grid


def _paragraph(text: str) -> _Paragraph:
    """Words of the article."""
    return _Paragraph(Text(_line(text)))


def _quoted(account: Account, mark: Mark) -> str:
    return f"«{_foreign(account.text[mark.start : mark.end])}»"


def _foreign(text: str) -> str:
    """Words of the article within a line of ours, isolated where they run from right to left."""
    line = _line(text)
    return f"{_FIRST_STRONG}{line}{_POP}" if direction(line) == "rtl" else line


def _told(text: str) -> str:
    """Words of ours on one line; what they quote of the article is isolated."""
    first, *quoting = _line(text).split("«")
    pieces = (piece.partition("»") for piece in quoting)
    return first + "".join(f"«{_foreign(words)}{closing}{rest}" for words, closing, rest in pieces)


def _line(text: str) -> str:
    return " ".join(safe(text).split())
