"""Mutated feeds: each ends as articles or a declared reason, in time and memory; a seed gives one document for ever."""

from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from fuzz.timed import TimedDocument

from fuzz import mutated, mutations
from media_monitor.collect.reading import Document, Reading

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "feeds"
NUMBER = 1_000
MOST_MEGABYTES = 1_500
ITEM = b"<item><title>Ferry</title><link>https://harbour.example/1</link></item>"


@pytest.mark.timeout(600)
def test_a_thousand_mutated_feeds():
    """Of feeds as published where there are some beside the checkout, else of the samples."""
    paths = mutated.sources(PUBLISHED if PUBLISHED.is_dir() else None)
    outcome = mutated.run(mutated.cases(paths, range(NUMBER)), 2)
    assert outcome.failures == []
    assert outcome.read.total() == NUMBER
    assert outcome.read["read"] > NUMBER / 4
    assert outcome.read["refused"] > NUMBER / 20
    assert {name for name, _ in outcome.counts} == {mutation.__name__ for mutation in mutations.ALL}
    assert outcome.megabytes < MOST_MEGABYTES


@pytest.mark.parametrize("mutation", mutations.ALL)
def test_a_mutation_changes_the_document_as_its_seed_says(mutation):
    body = (
        b"<?xml version='1.0' encoding='utf-8'?><rss><channel>"
        + ITEM
        + ITEM.replace(b"Ferry", b"Bus")
        + b"</channel></rss>"
    )
    made = [mutation(body, Random(seed)) for seed in range(20)]
    assert made == [mutation(body, Random(seed)) for seed in range(20)]
    assert sum(one != body for one in made) >= 15
    assert any(one != other for one, other in pairwise(made))
    assert isinstance(mutation(b"", Random(1)), bytes)


def test_a_number_gives_the_same_feed_on_every_machine():
    paths = mutated.sources(None)
    seen = sha256(b"".join(case.body for case in mutated.cases(paths[:1], range(5)))).hexdigest()
    again = sha256(b"".join(case.body for case in mutated.cases(paths[:1], range(5)))).hexdigest()
    assert seen == again
    (case,) = mutated.cases(paths[:1], [3])
    assert case.body == list(mutated.cases(paths[:1], range(5)))[3].body


def test_what_cannot_be_stored_is_a_failure():
    reading = Document(
        mutated.FEED, b"<rss><channel>" + ITEM + b"</channel></rss>", "", mutated.FEED.url, mutated.NOON
    ).read()
    (article,) = reading.articles
    assert mutated.unfit(reading) is None
    for name, value, told in (
        ("title", "a\x00", "no Unicode"),
        ("text", "\ud800", "no Unicode"),
        ("text", "x" * 200_000, "200,000 characters"),
        ("published_at", mutated.NOON.replace(tzinfo=None), "without a time zone"),
    ):
        object.__setattr__(article, name, value)
        assert told in (mutated.unfit(Reading(articles=(article,))) or "")
        object.__setattr__(article, name, "ok" if name != "published_at" else None)


FOUND = {
    "a megabyte of brackets": b"<rss><channel>" + ITEM + b"</channel " + b"<" * 1_000_000 + b"></rss>",
    "a megabyte of unclosed tags": b"<rss><channel>" + ITEM + b"<b" * 700_000 + b"</channel></rss>",
    "200,000 times the same reference": b"<rss><channel><title>"
    + b"&amp;" * 200_000
    + b"</title>"
    + ITEM
    + b"</channel></rss>",
    "a megabyte of a name": b"<rss xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><dc:publisher>"
    + b"a" * 1_000_000
    + b"</dc:publisher>"
    + ITEM
    + b"</channel></rss>",
    "a megabyte of a name in CDATA": b"<rss><channel><item><author><![CDATA["
    + b"a." * 500_000
    + b"]]></author>"
    + ITEM[6:]
    + b"</channel></rss>",
    "50,000 items in each other": b"<rss><channel>" + ITEM + b"<item>" * 50_000,
}


@pytest.mark.parametrize("what", FOUND)
def test_what_once_took_too_long(what):
    timed = TimedDocument(Document(mutated.FEED, FOUND[what], "", mutated.FEED.url, mutated.NOON)).read()
    assert timed.seconds < mutated.SECONDS
    assert timed.reading.fault or [a.title for a in timed.reading.articles][:1] == ["Ferry"]
