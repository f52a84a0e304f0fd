"""The stage on Arrow tables: what is kept, what is dropped, and that no text breaks it."""

import pickle
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media_monitor import columns, tables
from media_monitor.beat import Beat, read_tsv
from media_monitor.extract.batch import extract, predict
from media_monitor.extract.document import Document
from media_monitor.model import Article, Mention, document_text

BEAT = Beat.load("dprk_russia")
MOMENT = datetime(2025, 4, 28, 9, 0, tzinfo=UTC)


def article(number: int, title: str, text: str | None, **changes: Any) -> Article:
    known: dict[str, Any] = {
        "article_id": f"a{number}",
        "revision": 1,
        "url": None,
        "guid": None,
        "feed_id": "f",
        "outlet": "Harbour Post",
        "publisher": "Harbour",
        "affiliation": "independent",
        "country": None,
        "language": None,
        "title": title,
        "text": text,
        "agency": None,
        "authors": ("A. Writer",),
        "published_at": MOMENT,
        "date_source": "published",
        "fetched_at": MOMENT,
        "content_sha256": "0",
    }
    return Article(**{**known, **changes})


ARTICLES = [
    article(
        1, "Kremlin confirms North Korean troops fought in Kursk", "MOSCOW (AFP) - Dmitry Peskov said so on Monday."
    ),
    article(2, "Tulip prices rise again", "Growers are pleased."),
    article(3, "Korea Północna wysłała wojska do Rosji", "Putin podziękował.", language="pl"),
    article(4, "Россия и КНДР подписали договор", None, revision=2),
    article(5, "", ""),
]


def test_marks_articles_and_keeps_facts_of_relevant_ones_only() -> None:
    made = extract(tables.ARTICLES.arrow(ARTICLES), BEAT)
    for name in ("articles", "mentions", "events", "statements"):
        assert made[name].schema.equals(tables.BY_NAME[name].schema)
    rows = {row["article_id"]: row for row in made["articles"].to_pylist()}
    assert list(rows) == [a.article_id for a in ARTICLES]
    assert [(r["language"], r["relevant"], r["agency"]) for r in list(rows.values())[:2]] == [
        ("en", True, "AFP"),
        ("en", False, None),
    ]
    assert rows["a2"]["text"] is None
    assert rows["a1"]["text"] == ARTICLES[0].text
    assert {r["beat"] for r in rows.values()} == {"dprk_russia"}
    assert rows["a3"]["language"] == "pl"
    assert {r["article_id"] for r in made["mentions"].to_pylist()} <= {"a1", "a3", "a4"}
    assert {r["article_id"] for r in made["statements"].to_pylist()} == {"a1"}


def test_mentions_point_at_their_characters() -> None:
    made = extract(tables.ARTICLES.arrow(ARTICLES), BEAT)
    texts = {(a.article_id, a.revision): document_text(a.title, a.text) for a in ARTICLES}
    mentions = columns.instances(Mention, made["mentions"])
    assert len({m.mention_id for m in mentions}) == len(mentions) > 5
    for mention in mentions:
        assert texts[mention.article_id, mention.revision][mention.start : mention.end] == mention.surface
        assert mention.day == MOMENT.date()
        entity = BEAT.entities[mention.entity_id or ""]
        assert (mention.kind, mention.party, mention.sector) == (entity.kind, entity.party, entity.sector)
    first = [m for m in mentions if m.article_id == "a1"]
    assert {m.entity_id for m in first if m.sentence == 0} >= {"kremlin", "north_korea", "korean_peoples_army", "kursk"}
    assert "moscow" not in {m.entity_id for m in first}


def test_the_same_batch_gives_the_same_tables_in_any_process() -> None:
    batch = tables.ARTICLES.arrow(ARTICLES)
    here = extract(batch, BEAT)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        there = pool.submit(extract, batch, pickle.loads(pickle.dumps(BEAT))).result()
    assert all(here[name].equals(there[name]) for name in here)


def test_an_empty_batch_gives_empty_tables() -> None:
    made = extract(tables.ARTICLES.empty(), BEAT)
    assert {name: table.num_rows for name, table in made.items()} == dict.fromkeys(made, 0)


def test_extracting_again_what_lost_its_text_keeps_it_irrelevant() -> None:
    once = extract(tables.ARTICLES.arrow(ARTICLES[1:2]), BEAT)["articles"]
    assert extract(once, BEAT)["articles"].equals(once)


def test_predicts_in_the_gold_format() -> None:
    found = predict(Document("d", ARTICLES[0].title, ARTICLES[0].text or "", None, MOMENT.date()), BEAT)
    assert (found["id"], found["language"], found["relevant"]) == ("d", "en", True)
    assert {"kremlin", "north_korea", "kursk", "dmitry_peskov"} <= set(found["entities"])
    assert {"party": "RU", "role": "official", "stance": "confirm", "claim": "troops_in_combat"} in found["statements"]
    assert all(set(e) == {"type", "actor", "recipient"} for e in found["events"])
    off_topic = predict(Document("e", "Tulip prices rise", ""), BEAT)
    assert [off_topic[k] for k in ("relevant", "entities", "statements", "events")] == [False, [], [], []]


def test_predictions_choose_from_the_labels_and_facts_from_all_entities() -> None:
    labels = {row["id"] for _, row in read_tsv(BEAT.folder / "labels.tsv", ("id",))}
    assert labels < set(BEAT.entities)
    title = "North Korean troops are in Russia, Reuters reports from Kazan"
    found = predict(Document("d", title, ""), BEAT)
    assert set(found["entities"]) == {"north_korea", "korean_peoples_army", "russia"}
    made = extract(tables.ARTICLES.arrow([article(1, title, None)]), BEAT)["mentions"]
    assert {"reuters", "kazan"} <= set(made["entity_id"].to_pylist())


BITS = st.sampled_from(
    [
        "North Korea ", "Россия и КНДР ", "북한이 러시아에 ", "بيونغ يانغ وموسكو ", "普京会见金正恩", "キム総書記と",
        "confirmed that ", "«Нет», ", "“", "”.", "(AFP) - ", "\n", "\u202e", "\ud83d", "\u0000", "🇰🇵", "2025",
        "다고 밝혔다. ",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(BITS, st.text(st.characters(exclude_categories=[]), max_size=6)), max_size=25).map("".join),
    st.lists(st.one_of(BITS, st.binary(max_size=8).map(lambda b: b.decode("latin-1"))), max_size=40).map("".join),
    st.sampled_from([None, *BEAT.languages, "pl", "xx"]),
)
def test_no_text_breaks_it(title: str, text: str, language: str | None) -> None:
    found = predict(Document("d", title, text, language, MOMENT.date()), BEAT)
    assert found["relevant"] or not found["entities"]


@pytest.mark.parametrize(
    "text",
    [
        "Putin met Kim in Moscow and praised North Korean troops. " * 20_000,
        "북한군이러시아" * 150_000,
        "\u200b" * 1_000_000,
        "(" * 500_000,
        '"' * 300_000,
    ],
    ids=["prose", "one word", "invisible", "brackets", "quotes"],
)
def test_a_megabyte_takes_seconds(text: str) -> None:
    start = time.perf_counter()
    extract(tables.ARTICLES.arrow([article(1, "Kim and Putin", text)]), BEAT)
    assert time.perf_counter() - start < 30


def test_tables_of_all_parts_fit_together() -> None:
    parts = [extract(tables.ARTICLES.arrow([one]), BEAT) for one in ARTICLES]
    for name in parts[0]:
        whole = columns.concat(tables.BY_NAME[name], [part[name] for part in parts])
        assert isinstance(whole, pa.Table)
        assert whole.num_rows == extract(tables.ARTICLES.arrow(ARTICLES), BEAT)[name].num_rows
