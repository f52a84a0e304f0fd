"""A beat with a value of another kind anywhere in its files: it works, or one line names the file; nothing breaks."""

import random
import shutil
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from fuzz.targets import one_line

from media_monitor.audit.check import check
from media_monitor.beat import Beat
from media_monitor.collect.lists.feeds import load_feeds
from media_monitor.collect.lists.publishers import read_publishers
from media_monitor.errors import BeatError
from media_monitor.extract.names import relevance
from media_monitor.extract.statements import claims
from media_monitor.warehouse import media, record
from media_monitor.watch.rules import alerts_file

FILES = ("beat.toml", "claims.toml", "publishers.toml", "record.toml", "alerts.toml")
OTHERS = (
    0,
    -1,
    1.5,
    True,
    "",
    "x",
    "KP",
    [],
    [[]],
    ["x", 1],
    {},
    {"x": 1},
    date(2025, 4, 28),
    datetime(2025, 4, 28, tzinfo=UTC),
)
ROUNDS = 15  # values replaced, in each file


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The smaller of the shipped beats."""
    folder = tmp_path_factory.mktemp("beats") / "nord_stream"
    shutil.copytree(Beat.load("nord_stream").folder, folder)
    return folder


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """(container, key) of everything inside."""
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from places(value[key])


def used(folder: Path) -> None:
    """Reads all files of the beat as a run does. Raises BeatError."""
    beat = Beat.load(str(folder))
    relevance.rule(beat)
    topics = claims.topics(beat)
    _ = topics.concerned
    load_feeds(beat, None)
    read_publishers(folder / "publishers.toml")
    media.families(beat)
    media.titles(beat)
    record.entries(beat)
    alerts_file.load(beat)


@pytest.mark.parametrize("file", FILES)
def test_any_value_of_another_kind(folder, file):
    path = folder / file
    whole = path.read_bytes()
    chance = random.Random(file)
    refused = 0
    try:
        for _ in range(ROUNDS):
            data = tomllib.loads(whole.decode())
            container, key = chance.choice(list(places(data)))
            other = chance.choice(OTHERS)
            if isinstance(container, dict) and chance.random() < 0.3:
                container[chance.choice(["id", "x", "title", str(key) + "x"])] = container.pop(key)
            else:
                container[key] = other
            path.write_text(tomli_w.dumps(data), encoding="utf-8")
            try:
                used(folder)
            except BeatError as error:
                one_line(error, folder)
                refused += 1
            assert all(fault.where for fault in check(str(folder)))
    finally:
        path.write_bytes(whole)
    assert refused > ROUNDS / 5


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "body", [b"\xff\xfe", b"[" * 5_000, b"x = " + b"9" * 5_000, b"claim = 1", b"publisher = [1]", b"known = {}"]
)
def test_any_bytes_instead_of_a_file(folder, file, body):
    path = folder / file
    whole = path.read_bytes()
    path.write_bytes(body)
    try:
        with pytest.raises(BeatError, match=file):
            used(folder)
        assert check(str(folder))
    finally:
        path.write_bytes(whole)


@pytest.mark.parametrize("file", ["entities.tsv", "aliases/en.tsv"])
@pytest.mark.parametrize("body", [b"\xff\xfe", b"\x00", b"id\t" * 3, b"x" * 200_000])
def test_any_bytes_instead_of_a_table(folder, file, body):
    path = folder / file
    whole = path.read_bytes()
    path.write_bytes(whole + b"\n" + body)
    try:
        with pytest.raises(BeatError, match=Path(file).name):
            _ = Beat.load(str(folder)).aliases
    finally:
        path.write_bytes(whole)


def test_a_file_that_is_a_folder(tmp_path):
    (tmp_path / "beat.toml").mkdir()
    with pytest.raises(BeatError, match=r"beat\.toml: cannot be read"):
        Beat.load(str(tmp_path))


def test_claims_that_imply_each_other(folder):
    path = folder / "claims.toml"
    whole = path.read_text()
    rows = tomllib.loads(whole)["claim"]
    rows[0]["implies"], rows[1]["implies"] = [rows[1]["id"]], [rows[0]["id"]]
    path.write_text(tomli_w.dumps({"claim": rows}))
    try:
        with pytest.raises(BeatError, match="implies itself"):
            used(folder)
    finally:
        path.write_text(whole)
