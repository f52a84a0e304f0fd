"""Sentence vectors of the heads of articles, worked out where articles are extracted: side by side, each head once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from media_monitor.columns import DAY, TEXT, Column, Table
from media_monitor.extract.semantic.model import Model, Semantic, chosen
from media_monitor.extract.stories.report import Report, head_of
from media_monitor.extract.stories.rows import packed
from media_monitor.extract.stories.weights import Weights, shipped
from media_monitor.model import stable_id

ENCODED = 240  # characters of the head that go to the encoder: its time grows with them
_AT_ONCE = 32

HEADS = Table(
    "heads",
    "The sentence vector of the head of an article, from one stage to the next; it is not stored.",
    key=("head_id",),
    owner=("head_id",),
    columns=(
        Column("head_id", TEXT, "Hash of the language and of what was encoded"),
        Column("article_id", TEXT, "An article that begins so"),
        Column("day", DAY, "Partition of that article"),
        Column("vector", TEXT, "Direction of its centred sentence vector, base64 of bytes"),
    ),
)


@dataclass(frozen=True, slots=True)
class _Head:
    head_id: str
    article_id: str
    day: date
    vector: str


def heads(articles: pa.Table, semantic: Semantic) -> pa.Table:
    """Table `HEADS` of the relevant articles; empty where there is no encoder.

    Raises:
        SettingError: `semantic` is on, and there is no encoder.
    """
    model, weights = chosen(semantic), shipped()
    if model is None:
        return HEADS.empty()
    asked: dict[str, tuple[str, dict[str, Any]]] = {}
    for row in articles.select(["article_id", "day", "language", "title", "text", "relevant"]).to_pylist():
        if row["relevant"]:
            begins = head_of(row["title"], row["text"] or "")[:ENCODED]
            asked.setdefault(_id(row["language"], begins), (begins, row))
    vectors = _vectors([(begins, row["language"]) for begins, row in asked.values()], model, weights)
    return HEADS.arrow(
        _Head(key, row["article_id"], row["day"], vector)
        for (key, (_, row)), vector in zip(asked.items(), vectors, strict=True)
    )


def known(rows: pa.Table) -> dict[str, str]:
    """The vectors of `HEADS` by the id of their head."""
    return dict(zip(rows["head_id"].to_pylist(), rows["vector"].to_pylist(), strict=True))


def with_vectors(
    found: Sequence[Report], model: Model | None, weights: Weights, vectors: Mapping[str, str] | None = None
) -> list[Report]:
    """The reports with centred vectors of their heads; as they are where there is no model.

    `vectors` are what is `known`; what is not among them is made here.
    """
    if model is None:
        return list(found)
    have = dict(vectors or {})
    begins = {_id(one.language, one.head[:ENCODED]): (one.head[:ENCODED], one.language) for one in found}
    missing = {key: asked for key, asked in begins.items() if key not in have}
    have.update(zip(missing, _vectors(list(missing.values()), model, weights), strict=True))
    return [replace(one, vector=have[_id(one.language, one.head[:ENCODED])]) for one in found]


def _vectors(asked: Sequence[tuple[str, str | None]], model: Model, weights: Weights) -> list[str]:
    """Of (text, its language)."""
    encoded: list[str] = []
    for start in range(0, len(asked), _AT_ONCE):
        texts, languages = zip(*asked[start : start + _AT_ONCE], strict=True)
        rows = np.asarray(model.vectors(texts), np.float32)
        encoded += map(packed, weights.centred(rows, list(languages)))
    return encoded


def _id(language: str | None, begins: str) -> str:
    return stable_id("head", language, begins)
