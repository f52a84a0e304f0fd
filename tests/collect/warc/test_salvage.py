"""What can be read of a damaged archive comes over byte by byte, whole answers only, whatever is damaged."""

import random
from datetime import UTC, datetime

import pytest

from media_monitor.collect.warc import recorded, salvage, writing
from media_monitor.collect.warc.archive import Archive, read_body
from media_monitor.collect.web.exchange import Answer, Exchange

AT = datetime(2025, 4, 28, 10, 15, tzinfo=UTC)
ANSWERS = 12


@pytest.fixture
def path(tmp_path):
    """An archive of some answers, every third after a redirect."""
    draw = random.Random(1)
    file = tmp_path / "0000.warc.gz"
    with Archive(file) as archive:
        for number in range(ANSWERS):
            bodies = [b"moved"] * (number % 3 == 0) + [draw.randbytes(400 + number)]
            exchanges = tuple(Exchange(f"https://x.example/{number}", AT, (), 200, "OK", (), body) for body in bodies)
            for one in exchanges:
                archive.add(one)
            archive.note({"feed_id": f"feed-{number}"}, Answer(AT, exchanges, 5))
    return file


def _read(file):
    return {one.subject["feed_id"]: read_body(file, one.offset) for one in recorded.read(file)}


def test_a_whole_file_is_its_own_copy(path, tmp_path):
    scan = salvage.scan(path)
    assert scan.damage == ()
    assert {one.offset for one in recorded.read(path)} <= scan.answers
    moved = salvage.salvage(path, tmp_path / "copy.warc.gz")
    assert all(old == new for old, new in moved.items())
    assert (tmp_path / "copy.warc.gz").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("seed", range(20))
def test_damage_takes_the_answers_that_it_touches_and_no_other(path, tmp_path, seed):
    draw, content, before = random.Random(seed), bytearray(path.read_bytes()), _read(path)
    places = {one.subject["feed_id"]: one.offset for one in recorded.read(path)}
    start, length = draw.randrange(len(content)), draw.randrange(1, 900)
    content[start : start + length] = draw.randbytes(len(content[start : start + length]))
    path.write_bytes(content[: draw.choice([len(content), start + length])])
    target = tmp_path / "copy.warc.gz"
    moved = salvage.salvage(path, target)
    after = _read(target)
    assert after == {feed: before[feed] for feed in after}
    assert {feed: read_body(target, moved[places[feed]]) for feed in after} == after
    lost = set(before) - set(after)
    assert lost
    assert len(lost) <= 2 + length // 400 or len(content) > path.stat().st_size
    assert salvage.scan(path).damage
    assert salvage.scan(target).damage == ()


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b\x08" * 50])
def test_of_a_file_that_is_none_nothing_is_left(tmp_path, content):
    file, target = tmp_path / "0000.warc.gz", tmp_path / "copy.warc.gz"
    file.write_bytes(content)
    assert salvage.salvage(file, target) == {}
    assert target.read_bytes() == b""


def test_who_writes_is_seen_as_long_as_he_does(tmp_path):
    (tmp_path / "0002.warc.gz.open").write_bytes(b"left by one that died")
    with Archive(tmp_path / "0000.warc.gz"), Archive(tmp_path / "0001.warc.gz"):
        assert writing.is_being_written(tmp_path)
    assert not writing.is_being_written(tmp_path)


def test_two_that_write_the_same_chunk_write_two_files(tmp_path):
    wish = tmp_path / "0000.warc.gz"
    with Archive(wish) as first, Archive(wish) as second:
        for number, archive in enumerate((first, second, first, second)):
            answer = Exchange(f"https://x.example/{number}", AT, (), 200, "OK", (), f"body {number}".encode())
            archive.add(answer)
            archive.note({"feed_id": f"feed-{number}"}, Answer(AT, (answer,), 5))
    assert [first.path.name, second.path.name] == ["0000.warc.gz", "0000.2.warc.gz"]
    assert _read(first.path) == {"feed-0": b"body 0", "feed-2": b"body 2"}
    assert _read(second.path) == {"feed-1": b"body 1", "feed-3": b"body 3"}
