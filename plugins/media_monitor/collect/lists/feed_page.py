"""Pages of the feeds of shipped beats, one each: `python -m media_monitor.collect.lists.feed_page [BEAT] > PAGE`."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from media_monitor.beat import Beat
from media_monitor.collect.lists.citations import NAME, Citation, read_citations
from media_monitor.collect.lists.feeds import load_feeds
from media_monitor.collect.lists.opml import read_opml
from media_monitor.config import Settings
from media_monitor.sources import Feed

_HEAD = """# Feeds

The {count} feeds of the beat “{title}”, in {languages} languages, by {publishers} publisher families.

Made from `feeds.opml` and `feeds_cited.tsv` of the beat; change those and make the page again by
`{command}`. What the columns mean is told in
[collecting.md](collecting.md#feeds).

*Cited* is where the address was seen in public, with the day, month or year that the source tells of it, if any. None
was asked when this list was made: `media-monitor feeds check --live` asks them all from where you are.

| language | feeds | state | official | wire | independent |
| --- | --- | --- | --- | --- | --- |
"""


def file(beat: str) -> str:
    """The name of the page in docs/.

    >>> file("dprk_russia"), file("nord_stream")
    ('feeds.md', 'feeds-nord_stream.md')
    """
    return "feeds.md" if beat == Settings().beat else f"feeds-{beat}.md"


def command(beat: str) -> str:
    """The command that makes the page."""
    given = "" if beat == Settings().beat else f" {beat}"
    return f"python -m media_monitor.collect.lists.feed_page{given} > docs/{file(beat)}"


def page(name: str) -> str:
    """The page of the feeds of the beat, Markdown."""
    beat = Beat.load(name)
    feeds = load_feeds(beat, None)
    pages = {outline.own["id"]: outline.page for outline in read_opml(beat.folder / "feeds.opml")}
    citations = read_citations(beat.folder / NAME)
    languages = list(dict.fromkeys(feed.language or "" for feed in feeds))
    head = _HEAD.format(
        command=command(name),
        count=len(feeds),
        title=beat.settings["title"],
        languages=len(languages),
        publishers=len({feed.publisher for feed in feeds}),
    )
    by_language = {code: [feed for feed in feeds if feed.language == code] for code in languages}
    counts = "".join(f"{_counted(code, some)}\n" for code, some in by_language.items())
    tables = "\n".join("\n".join(_table(code, some, pages, citations)) for code, some in by_language.items())
    return f"{head}{counts}\n{tables}\n"


def _counted(language: str, feeds: Sequence[Feed]) -> str:
    of = Counter(feed.affiliation for feed in feeds)
    cells = (language, len(feeds), of["state"], of["official"], of["wire"], of["independent"])
    return f"| {' | '.join(map(str, cells))} |"


def _table(
    language: str, feeds: Sequence[Feed], pages: Mapping[str, str], citations: Mapping[str, Sequence[Citation]]
) -> Iterator[str]:
    yield from (f"## {language}", "")
    yield "| id | outlet | feed | country | affiliation | publisher | tier | note | cited |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for feed in feeds:
        sources = ", ".join(_source(one) for one in citations.get(feed.feed_id, ()))
        outlet = f"[{feed.outlet}]({pages[feed.feed_id]})"
        cells = (
            f"`{feed.feed_id}`", outlet, f"<{feed.url}>", feed.country, feed.affiliation, f"`{feed.publisher}`",
            feed.tier, feed.note, sources,
        )  # fmt: skip
        yield f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |"
    yield ""


def _source(one: Citation) -> str:
    return f"[{one.name}]({one.url})" + (f" ({one.seen})" if one.seen else "")


if __name__ == "__main__":
    sys.stdout.write(page(*sys.argv[1:] or [Settings().beat]))
