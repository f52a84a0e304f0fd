"""Makes the dated archive: the items as feeds that a server on loopback gives out, collected once a day.

    python -m tests.archive.build FOLDER

FOLDER/home is then a data folder that holds an archive and nothing else, FOLDER/feeds.opml its feeds, FOLDER/beat the
shipped beat with the public record as it stood before the archive begins. To replay it:

    export MEDIA_MONITOR_FEEDS=FOLDER/feeds.opml
    media-monitor --home NEW --beat FOLDER/beat replay FOLDER/home --expected tests/archive/expected.toml
"""

import json
import shutil
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from media_monitor import pipeline
from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.launch.samples import ON_LOOPBACK, serving

HERE = Path(__file__).parent
EXPECTED = HERE / "expected.toml"
FEED_LENGTH = 20  # items that a feed shows, the newest of its outlet
ROUNDS = (time(18),)  # when all is collected, UTC

BEGINS = date(2024, 10, 1)

Item = dict[str, Any]


def items() -> list[Item]:
    """Every item of every language, in order of time; `at` is aware, and `root` is the id of its first version."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((HERE / "items").glob("*.jsonl"))]
    found = [json.loads(line) for text in texts for line in text.split("\n") if line]
    first = {item["id"]: item.get("revises", item["id"]) for item in found}
    for item in found:
        item["at"] = datetime.fromisoformat(item["at"])
        item["root"] = first[item["id"]]
    return sorted(found, key=lambda item: (item["at"], item["id"]))


@cache
def outlets() -> dict[str, dict[str, str]]:
    """Name, language, country, affiliation and domain of every outlet by its key."""
    return tomllib.loads((HERE / "outlets.toml").read_text(encoding="utf-8"))


def expected_rows() -> list[dict[str, Any]]:
    """The alerts that the archive calls for, as their file has them."""
    return list(tomllib.loads(EXPECTED.read_text(encoding="utf-8"))["alert"])


def rounds(found: Iterable[Item]) -> Iterator[tuple[datetime, list[Item]]]:
    """Each round at which something new is there, with what came out since the one before."""
    waiting: dict[datetime, list[Item]] = {}
    for item in found:
        waiting.setdefault(_next_round(item["at"]), []).append(item)
    yield from sorted(waiting.items())


def build(folder: Path) -> Settings:
    """Settings of the data folder that was made. Each round is a batch of its own, marked as loaded."""
    served = folder / "served"
    served.mkdir(parents=True)
    (served / "feeds.opml").write_text(_opml(outlets()), encoding="utf-8")
    _copy_beat(folder / "beat")
    settings = Settings(home=folder / "home", feeds=folder / "feeds.opml", beat=str(folder / "beat"), **ON_LOOPBACK)
    out: list[Item] = []
    with serving(served, folder / "feeds.opml"):
        for moment, new in rounds(items()):
            out += new
            _collect(settings, served, moment, out, sorted({item["outlet"] for item in new}))
    return settings


def _collect(settings: Settings, served: Path, moment: datetime, out: list[Item], changed: list[str]) -> None:
    for key in changed:
        (served / f"{key}.xml").write_text(_rss(key, outlets()[key], out), encoding="utf-8")
    then = replace(settings, as_of=moment)
    batch = pipeline.batch_id(moment, "archive")
    pipeline.collect(then, batch, 0, changed)
    (settings.home / "warc" / batch / pipeline.LOADED).touch()


def _copy_beat(folder: Path) -> None:
    """Not all of the archive is what happened: its own history takes the place of what is on record from then on."""
    shutil.copytree(Beat.load("dprk_russia").folder, folder)
    head, *entries = (folder / "record.toml").read_text(encoding="utf-8").split("[[known]]\n")
    old = [entry for entry in entries if tomllib.loads(entry)["since"] < BEGINS]
    (folder / "record.toml").write_text("[[known]]\n".join([head, *old]), encoding="utf-8")


def _next_round(at: datetime) -> datetime:
    days = (at.date(), at.date() + timedelta(days=1))
    moments = (datetime.combine(day, hour, UTC) for day in days for hour in ROUNDS)
    return next(moment for moment in moments if moment > at)


def _rss(key: str, outlet: dict[str, str], out: Iterable[Item]) -> str:
    newest: dict[str, Item] = {}
    dates: dict[str, datetime] = {}
    for item in (item for item in out if item["outlet"] == key):
        newest[item["root"]] = item
        dates.setdefault(item["root"], item["at"])
    shown = sorted(newest, key=lambda root: dates[root])[-FEED_LENGTH:]
    rows = "".join(_entry(newest[root], dates[root], outlet) for root in reversed(shown))
    head = f"<title>{escape(outlet['name'])}</title><link>https://{outlet['domain']}/</link>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{rows}</channel></rss>'


def _entry(item: Item, date: datetime, outlet: dict[str, str]) -> str:
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in item["text"].split("\n") if part.strip())
    address = f"https://{outlet['domain']}/{date:%Y/%m/%d}/{item['root']}"
    return (
        f"<item><title>{escape(item['title'])}</title><link>{address}</link><guid>{address}</guid>"
        f"<pubDate>{format_datetime(date)}</pubDate><description>{escape(paragraphs)}</description></item>"
    )


def _opml(found: dict[str, dict[str, str]]) -> str:
    rows = "".join(
        f'<outline type="rss" text={quoteattr(o["name"])} xmlUrl="{{base}}/{key}.xml" htmlUrl="https://{o["domain"]}/"'
        f' language="{o["language"]}" mm:id="{key}" mm:country="{o["country"]}" mm:affiliation="{o["affiliation"]}"'
        f' mm:publisher={quoteattr(o["name"])} mm:tier="1"/>'
        for key, o in found.items()
    )
    return f'<opml version="2.0" xmlns:mm="urn:media-monitor:opml"><head/><body>{rows}</body></opml>'


if __name__ == "__main__":
    print(build(Path(sys.argv[1])).home)
