"""How long a search of articles takes among a million, and what keeping their words costs a load.

The warehouse is made first, some minutes and a gigabyte (`--keep DIR` keeps or uses one): one article in twelve is on
the beat, with 2,000 characters of text in one of ten languages. Every search opens the published file anew, as each
request of the page does. The figure is the least of three.
"""

import argparse
import tempfile
import time
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from media_monitor.config import Settings
from media_monitor.report.asked.articles.search import Asked, search
from media_monitor.warehouse import places
from million import loading, texts, world

RELEVANT_EVERY = 12


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="folder for the warehouse; one that is there already is used")
    chosen = parser.parse_args()
    if chosen.keep:
        chosen.keep.mkdir(parents=True, exist_ok=True)
        measure(chosen.keep, chosen.articles)
    else:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), chosen.articles)


def measure(home: Path, articles: int) -> None:
    if not places.published(home).exists():
        world.make(home, articles, relevant_every=RELEVANT_EVERY, long_texts=True)
    table = Table("asked", "articles", "processor ms", "clock ms")
    for name, asked in searches().items():
        total, busy, clock = _least(Settings(home=home), asked)
        table.add_row(name, f"{total:,}", f"{busy:.0f}", f"{clock:.0f}")
    Console().print(table)
    for step, seconds in loading.measured(home):
        print(f"{step}: {seconds:.2f} s")


def searches() -> dict[str, Asked]:
    """What is asked: words that are common, rare and nowhere, of each way to be found."""
    words = {language: texts.vocabulary(language) for language in ("en", "ru", "ar", "zh", "ko")}
    march = {"since": date(2025, 3, 1), "until": date(2025, 3, 31)}
    return {
        "everything": Asked(),
        "a word that is nowhere": Asked(q="kursk"),
        "a common English word": Asked(q=words["en"][1]),
        "two": Asked(q=" ".join(words["en"][1:3])),
        "a phrase of them": Asked(q=f'"{" ".join(words["en"][1:3])}"'),
        "one without the other": Asked(q=f"{words['en'][300]} -{words['en'][1]}"),
        "a common Russian word": Asked(q=words["ru"][1]),
        "a rare one": Asked(q=words["ru"][9000]),
        "a common Arabic word": Asked(q=words["ar"][2]),
        "a rare one, attached": Asked(q=words["ar"][7000]),
        "Chinese characters": Asked(q=words["zh"][3]),
        "Korean syllables": Asked(q=words["ko"][4]),
        "a common word, most hits first": Asked(q=words["en"][1], sort="hits"),
        "a claim": Asked(claim="claim_03"),
        "a claim, a party, a stance": Asked(claim="claim_03", party="KP", stance="deny"),
        "a month": Asked(**march),
        "a word and a claim in a month": Asked(q=words["en"][1], claim="claim_03", **march),
        "the hundredth page": Asked(page=100),
    }


def _least(settings: Settings, asked: Asked) -> tuple[int, float, float]:
    found = []
    for _ in range(3):
        clock, busy = time.perf_counter(), time.process_time()
        total = search(settings, asked)["total"]
        found.append((1000 * (time.process_time() - busy), 1000 * (time.perf_counter() - clock)))
    return total, min(busy for busy, _ in found), min(clock for _, clock in found)


if __name__ == "__main__":
    main()
