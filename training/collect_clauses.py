"""Writes training/stance/clauses.tsv: clauses of our own labelled items that the rules leave open.

    python training/collect_clauses.py

Only items of tests/gold whose number is even are read; the odd ones measure. What the rules leave open changes with
the rules, so the file is kept, and the head is trained on the file: it was made with rules that had not seen the
items, and so shows what is left open in news that nobody has looked at. Columns:

    language, item, text
    stance   of the words, by the label whose quotation they are; `several` where there are two, else `none`
    choices  the stances that the clause could take, with + where the labels have it for that speaker and claim, else -
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from media_monitor.beat import Beat
from media_monitor.evaluate import implied
from media_monitor.extract.document import Document, read_gold
from media_monitor.extract.facts import traced
from media_monitor.extract.grammar.lexicon import lexicon
from media_monitor.extract.reading import read
from media_monitor.extract.semantic.candidates import candidates
from media_monitor.extract.semantic.decide import left
from media_monitor.extract.statements.lore import lore

ROOT = Path(__file__).resolve().parents[1]
OUTPUT = ROOT / "training" / "stance" / "clauses.tsv"
OVERLAP = 0.5  # of the shorter of clause and quotation: then the quotation's label is the clause's


def main() -> None:
    beat = Beat.load("dprk_russia")
    rows = [row for path in sorted((ROOT / "tests" / "gold").glob("*.jsonl")) for row in _file(path, beat)]
    lines = ["language\titem\tstance\tchoices\ttext", *dict.fromkeys("\t".join(row) for row in rows)]
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} clauses")


def _file(path: Path, beat: Beat) -> Iterator[tuple[str, ...]]:
    for document, row in read_gold(path):
        if int(row["id"][-1]) % 2 == 0 and row["relevant"]:
            yield from _item(document, row, beat)


def _item(document: Document, row: Mapping[str, Any], beat: Beat) -> Iterator[tuple[str, ...]]:
    reading = read(document, beat)
    words = lexicon(reading.language)
    if not reading.relevant or words is None:
        return
    found = traced(reading, beat)
    labels = {
        (s["party"], s["stance"], claim)
        for s in row["statements"]
        for claim in ([s["claim"]] if s["stance"] == "deny" else implied(s["claim"], beat.claims))
    }
    for one in candidates(found.lines, found.heard, reading, words, lore(beat)):
        open_to = left(one, found.statements, lore(beat))
        choices = sorted({t + "-+"[(f.party, t, c.claim_id) in labels] for t, f, c in open_to})
        span = reading.normal.span(*one.span)
        text = " ".join(one.text.split())
        yield str(reading.language), row["id"], _stance(reading.text, span, row), " ".join(choices), text


def _stance(text: str, span: tuple[int, int], row: Mapping[str, Any]) -> str:
    found = {s["stance"] for s in row["statements"] if _covers(text.find(s["quote"]), len(s["quote"]), span)}
    return "several" if len(found) > 1 else next(iter(found), "none")


def _covers(start: int, length: int, span: tuple[int, int]) -> bool:
    common = min(start + length, span[1]) - max(start, span[0])
    return start >= 0 and common > OVERLAP * min(length, span[1] - span[0])


if __name__ == "__main__":
    main()
