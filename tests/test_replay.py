"""Every stored fact follows from what is stored: the text, the span and the rule, and nothing else."""

from collections import Counter

import pyarrow as pa
import pytest

from media_monitor import pipeline, tables
from media_monitor.beat import Beat
from media_monitor.config import PACKAGE, Settings
from media_monitor.extract.batch import extract
from media_monitor.launch.samples import ON_LOOPBACK, serving
from media_monitor.model import document_text
from media_monitor.warehouse import lake

BEAT = Beat.load("dprk_russia")
FACTS = ("mentions", "events", "statements")
SEMANTIC = Settings().semantic  # as the run has it: the encoder too, where it is installed


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The data folder of one run on the bundled samples."""
    folder = tmp_path_factory.mktemp("replay")
    as_of = BEAT.settings["samples"]["as_of"]
    settings = Settings(home=folder / "home", feeds=folder / "feeds.opml", as_of=as_of, **ON_LOOPBACK)
    with serving(PACKAGE / "beats" / "dprk_russia" / "samples", folder / "feeds.opml"):
        pipeline.run(settings)
    return settings.home


def of(rows, article):
    return [r for r in rows if (r["article_id"], r["revision"]) == (article["article_id"], article["revision"])]


def test_each_fact_is_made_again_from_its_article_alone(home):
    articles = lake.read(home, "articles")
    stored = {name: lake.read(home, name).to_pylist() for name in FACTS}
    counted = Counter()
    for number, article in enumerate(articles.to_pylist()):
        made = extract(articles.slice(number, 1), BEAT, SEMANTIC)
        for name in FACTS:
            key = tables.BY_NAME[name].key
            again = sorted(made[name].to_pylist(), key=lambda row: [str(row[k]) for k in key])
            kept = sorted(of(stored[name], article), key=lambda row: [str(row[k]) for k in key])
            assert again == kept, f"{name} of {article['url']}"
            counted[name] += len(kept)
    assert counted == {name: len(rows) for name, rows in stored.items()}
    assert min(counted.values()) > 50


def test_each_span_holds_its_words_and_each_fact_names_its_rule(home):
    texts = {
        (a["article_id"], a["revision"]): document_text(a["title"], a["text"] or "")
        for a in lake.read(home, "articles").to_pylist()
    }
    for name in FACTS:
        for row in lake.read(home, name).to_pylist():
            text = texts[row["article_id"], row["revision"]]
            assert 0 <= row["start"] < row["end"] <= len(text)
            assert text[row["start"] : row["end"]] == row["surface"]
            assert row["rule"]


def test_words_taken_out_of_the_span_take_the_statement_with_them(home):
    articles = {(a["article_id"], a["revision"]): a for a in lake.read(home, "articles").to_pylist()}
    for row in lake.read(home, "statements").to_pylist():
        article = dict(articles[row["article_id"], row["revision"]])
        whole = document_text(article["title"], article["text"] or "")
        blank = whole[: row["start"]] + "·" * (row["end"] - row["start"]) + whole[row["end"] :]
        article["title"], article["text"] = blank[: len(article["title"])], blank[len(article["title"]) + 1 :]
        made = extract(pa.Table.from_pylist([article], schema=tables.ARTICLES.schema), BEAT, SEMANTIC)
        assert row["statement_id"] not in made["statements"]["statement_id"].to_pylist()
