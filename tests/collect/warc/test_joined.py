"""Files of many batches in one: each comes back byte for byte, whatever becomes of the others."""

import random
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fastwarc.warc import ArchiveIterator as Second
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from media_monitor.collect.warc import batches, joined, recorded, salvage
from media_monitor.collect.warc.archive import Archive, read_body
from media_monitor.collect.warc.joined import Piece
from media_monitor.collect.web.exchange import Answer, Exchange

AT = datetime(2025, 4, 28, 10, 15, tzinfo=UTC)
BATCHES = tuple(f"20250428T1{number}1500Z-0000000{number}" for number in range(4))


@pytest.fixture
def pieces(tmp_path: Path) -> list[Piece]:
    """Archive files of some batches, with a few answers each."""
    draw = random.Random(2)
    for batch in BATCHES:
        with Archive(tmp_path / "warc" / batch / "0000.warc.gz") as archive:
            for number in range(3):
                answer = Exchange(f"https://x.example/{number}", AT, (), 200, "OK", (), draw.randbytes(300))
                archive.add(answer)
                archive.note({"feed_id": f"{batch} {number}"}, Answer(AT, (answer,), 5))
        (tmp_path / "warc" / batch / batches.LOADED).touch()
    return [batches.whole(path) for path in sorted(tmp_path.glob("warc/*/*.warc.gz"))]


@pytest.fixture
def path(pieces: list[Piece], tmp_path: Path) -> Path:
    target = tmp_path / "warc" / "2025-04-28" / "0000.warc.gz"
    joined.write(target, pieces)
    return target


def _bodies(path: Path, start: int = 0, end: int | None = None) -> dict[str, bytes]:
    return {one.subject["feed_id"]: read_body(path, one.offset or 0) for one in recorded.read(path, start, end)}


CONTENT = st.lists(st.tuples(st.text("ab.-0123", min_size=1, max_size=9), st.binary(max_size=300)), max_size=6)


@settings(max_examples=60, deadline=None)
@given(content=CONTENT, loaded=st.none() | st.just(AT))
def test_whatever_the_bytes_are_they_come_back(content, loaded):
    with TemporaryDirectory() as folder:
        sources = []
        for number, (name, bytes_) in enumerate(content):
            file = Path(folder, f"source{number}")
            file.write_bytes(b"before" + bytes_ + b"after")
            sources.append(Piece(file, 6, 6 + len(bytes_), BATCHES[0], name, loaded))
        target = Path(folder, "day", "0000.warc.gz")
        made = joined.write(target, sources)
        assert joined.read(target) == made
        whole = target.read_bytes()
        assert [(one.name, one.loaded, whole[one.start : one.end]) for one in made] == [
            (name, loaded, bytes_) for name, bytes_ in content
        ]
        assert joined.write(target.with_name("0001.warc.gz"), sources)[-1:] == [
            Piece(target.with_name("0001.warc.gz"), one.start, one.end, one.batch, one.name, one.loaded)
            for one in made[-1:]
        ]
        assert target.with_name("0001.warc.gz").read_bytes() == whole


def test_other_readers_take_it_for_one_archive_and_find_every_digest_right(path, pieces):
    with path.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file, check_digests="raise")]
    assert kinds == ["warcinfo", "warcinfo", *["response", "request", "metadata"] * 3] * len(pieces)
    second = list(Second(BytesIO(path.read_bytes()), verify_digests=True))
    assert len(second) == len(kinds)


@pytest.mark.usefixtures("path")
def test_each_batch_finds_its_own_and_a_later_file_of_its_folder_counts(pieces, tmp_path):
    warc = tmp_path / "warc"
    before = {one.batch: _bodies(one.path) for one in pieces}
    for one in pieces:
        one.path.unlink()
        (one.path.parent / batches.LOADED).unlink()
    assert batches.loaded(warc) == list(BATCHES)
    assert batches.newest(warc) == BATCHES[-1]
    for one in pieces:
        ((here,),) = batches.finished(warc, one.batch).values()
        assert _bodies(here.path, here.start, here.end) == before[one.batch]
        assert batches.loaded_at(warc, one.batch) == one.loaded
    pieces[0].path.write_bytes(b"collected again")
    assert batches.files(warc, BATCHES[0]) == {"0000.warc.gz": batches.whole(pieces[0].path)}
    assert batches.files(warc, "20250428T235959Z-0000000f") == {}


@pytest.mark.parametrize("seed", range(12))
def test_damage_takes_no_answer_of_a_batch_that_it_does_not_touch(path, seed):
    draw, content = random.Random(seed), bytearray(path.read_bytes())
    found, before = joined.read(path), _bodies(path)
    start, length = draw.randrange(len(content)), draw.randrange(1, 500)
    content[start : start + length] = draw.randbytes(len(content[start : start + length]))
    path.write_bytes(content)
    whole = [one for one in found if one.end <= start or one.start >= start + length + 400]
    assert len(whole) >= len(BATCHES) - 2
    assert set(whole) <= set(joined.read(path))
    target = path.with_name("0000.2.warc.gz")
    salvage.salvage(path, target)
    after = {one.batch: _bodies(target, one.start, one.end) for one in joined.read(target)}
    for batch in {one.batch for one in whole}:
        assert after[batch] == {feed: body for feed, body in before.items() if feed.startswith(batch)}
    for batch, bodies in after.items():
        assert batch == "" or all(feed.startswith(batch) for feed in bodies), batch
    assert salvage.scan(target).damage == ()


def test_a_batch_whose_record_is_lost_is_told_by_its_own_first_record(path):
    second = joined.read(path)[1]
    content = bytearray(path.read_bytes())
    content[second.start - 40 : second.start - 20] = bytes(20)
    path.write_bytes(content)
    assert [one.batch for one in joined.read(path)] == [BATCHES[0], "", *BATCHES[2:]]
    target = path.with_name("0000.2.warc.gz")
    moved = salvage.salvage(path, target)
    assert [(one.batch, one.name) for one in joined.read(target)] == [(batch, "0000.warc.gz") for batch in BATCHES]
    assert moved[second.start] == joined.read(target)[1].start
