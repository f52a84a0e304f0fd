"""How fast extraction is, on one core, beside spaCy and natasha on the same texts: `make benchmark`.

Rounds of all candidates alternate, so that a noisy machine slows all of them; what is printed are medians. Time is
processor time. The peers run in their own environment (benchmarks/peers.txt), one thread.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from types import TracebackType

from rich.console import Console
from rich.table import Table

import texts
from media_monitor.beat import Beat
from media_monitor.extract.document import Document
from media_monitor.extract.facts import facts
from media_monitor.extract.reading import read
from media_monitor.extract.semantic.model import Model, chosen

HERE = Path(__file__).resolve().parent
BEAT = "dprk_russia"
PEERS = {"en": ("spacy-names", "spacy"), "ru": ("natasha",)}
ALIASES = (300, 3_000, 30_000)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the result: what was timed, how many a second, characters a second, and what it is compared with."""

    what: str
    per_second: float
    characters: float
    beside: str = ""


class Peer:
    """A library in a process of its own, which waits for rounds."""

    def __init__(self, python: str, name: str, documents: Sequence[Document]) -> None:
        command = [python, str(HERE / "peers.py"), name]
        env = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=env
        )
        self._say(json.dumps([f"{d.title}\n{d.text}" for d in documents]))

    def __enter__(self) -> "Peer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait(timeout=60)

    def round(self) -> float:
        """Processor seconds for all of its texts."""
        return self._say("go")

    def _say(self, line: str) -> float:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the peer has no pipes")
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the peer ended with code {self._process.wait()}")
        return float(answer)


def timed(work: Callable[[], object]) -> float:
    """Processor seconds of the work."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def extract_all(documents: Sequence[Document], beat: Beat, model: Model | None = None) -> int:
    """The number of facts of all documents: everything from text to statements and events."""
    found = 0
    for document in documents:
        reading = read(document, beat)
        if reading.relevant and reading.language in beat.languages:
            found += sum(map(len, facts(reading, beat, model)))
    return found


def size(documents: Sequence[Document]) -> int:
    return sum(len(d.title) + 1 + len(d.text) for d in documents)


def row(what: str, documents: Sequence[Document], seconds: float, beside: str = "") -> Row:
    return Row(what, len(documents) / seconds, size(documents) / seconds, beside)


def gate(beat: Beat, rounds: int, count: int) -> list[Row]:
    """Title and summary to relevant or not."""
    documents = texts.summaries(count)
    extract_all(documents, beat)  # compiles what is compiled once
    seconds = median(timed(lambda: [read(d, beat) for d in documents]) for _ in range(rounds))
    return [row("feed items, gate alone", documents, seconds)]


def encoder(beat: Beat, rounds: int, count: int) -> list[Row]:
    """Relevant feed items with the sentence encoder, where it can run here."""
    model = chosen("auto")
    if model is None:
        return []
    documents = [d for d in texts.summaries(count) if read(d, beat).relevant]
    extract_all(documents[:2], beat, model)
    rules_alone = median(timed(lambda: extract_all(documents, beat)) for _ in range(rounds))
    both = median(timed(lambda: extract_all(documents, beat, model)) for _ in range(rounds))
    return [
        row("relevant feed items, rules", documents, rules_alone),
        row("relevant feed items, rules and encoder", documents, both),
    ]


def rules(beat: Beat, rounds: int, count: int, python: str | None) -> list[Row]:
    """Whole articles, language by language; English beside spaCy and Russian beside natasha."""
    found = []
    for language in texts.languages():
        names = PEERS.get(language, ()) if python else ()
        for dense in (False, True):
            documents = texts.articles(language, count, dense)
            extract_all(documents[:2], beat)
            what = f"articles, {language}, {'all' if dense else 'a third'} on the beat"
            with ExitStack() as stack:
                peers = {n: stack.enter_context(Peer(str(python), n, documents)) for n in names}
                found.append(_beside(what, documents, beat, rounds, peers))
    return found


def _beside(what: str, documents: Sequence[Document], beat: Beat, rounds: int, peers: Mapping[str, Peer]) -> Row:
    ours: list[float] = []
    theirs: dict[str, list[float]] = {name: [] for name in peers}
    for _ in range(rounds):
        ours.append(timed(lambda: extract_all(documents, beat)))
        for name, peer in peers.items():
            theirs[name].append(peer.round())
    told = (
        f"{median(b / a for a, b in zip(ours, seconds, strict=True)):.1f} × {name}"
        f" ({len(documents) / median(seconds):,.0f}/s)"
        for name, seconds in theirs.items()
    )
    return row(what, documents, median(ours), ", ".join(told))


def aliases(rounds: int, count: int) -> list[Row]:
    """The same texts with more and more names in the registry, of which they hold the same ones."""
    documents = texts.articles("en", count)
    found = []
    for number in ALIASES:
        with tempfile.TemporaryDirectory() as folder:
            beat = with_aliases(Path(folder) / "beat", number, documents)
            extract_all(documents, beat)
            seconds = median(timed(lambda beat=beat: extract_all(documents, beat)) for _ in range(rounds))  # type: ignore[misc]
            found.append(row(f"articles, en, {number:,} aliases", documents, seconds))
    return found


def with_aliases(folder: Path, number: int, documents: Sequence[Document]) -> Beat:
    """A copy of the beat with that many aliases: those that the texts hold first, then others, then made-up ones."""
    own = Beat.load(BEAT)
    shutil.copytree(own.folder, folder, ignore=shutil.ignore_patterns("samples", "aliases"))
    whole = "\n".join(f"{d.title}\n{d.text}" for d in documents)
    present = sorted(own.aliases, key=lambda a: (a.alias not in whole, a.kind == "block"))
    lines = [(a.language, f"{a.alias}\t{','.join(a.targets) or '-'}\t{a.kind}") for a in present][:number]
    anybody = next(iter(own.entities))
    lines += [("en", f"Qx{n:06d}zv Name\t{anybody}\tname") for n in range(number - len(lines))]
    (folder / "aliases").mkdir()
    for language in {language for language, _ in lines}:
        rows = [line for code, line in lines if code == language]
        (folder / "aliases" / f"{language}.tsv").write_text("alias\ttargets\tkind\n" + "\n".join(rows) + "\n", "utf-8")
    return Beat.load(str(folder))


def show(rows: Sequence[Row]) -> None:
    table = Table(box=None, pad_edge=False)
    for heading, justify in (
        ("what", "left"),
        ("a second", "right"),
        ("characters a second", "right"),
        ("beside", "left"),
    ):
        table.add_column(heading, justify=justify)  # type: ignore[arg-type]
    for one in rows:
        table.add_row(one.what, f"{one.per_second:,.0f}", f"{one.characters:,.0f}", one.beside)
    console = Console()
    console.print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    console.print(f"Peak memory of this process: {peak:,.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", help="the Python that has spaCy and natasha; without it no comparison")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--articles", type=int, default=24, help="articles a language")
    options = parser.parse_args()
    beat = Beat.load(BEAT)
    rows = gate(beat, options.rounds, 40 * options.articles)
    rows += rules(beat, options.rounds, options.articles, options.peers)
    rows += aliases(options.rounds, options.articles)
    rows += encoder(beat, options.rounds, 10 * options.articles)
    show(rows)


if __name__ == "__main__":
    main()
