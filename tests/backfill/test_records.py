"""Lines and row groups: each article once, whatever stretches a file is cut into; damage named, and passed over."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.backfill import archive

from media_monitor.backfill import dividing, records
from media_monitor.backfill.parts import Part
from media_monitor.backfill.request import Request
from media_monitor.backfill.tally import BROKEN, Tally
from media_monitor.errors import StorageError, TransientError

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ROWS = archive.rows(20)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return archive.lines(tmp_path_factory.mktemp("lines") / "a.jsonl", ROWS)


def read(path, start=0, stop=-1, tally=None):
    return [a.url for a in records.lines(Part("jsonl", (str(path),), start, stop), NOW, tally or Tally())]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_stretches_have_each_line_once(file, data):
    size = file.stat().st_size
    cuts = sorted(data.draw(st.sets(st.integers(1, size - 1), max_size=5)))
    found = [url for start, stop in zip([0, *cuts], [*cuts, size], strict=True) for url in read(file, start, stop)]
    assert found == [row["url"] for row in ROWS]


def test_a_cut_at_a_line_end_leaves_the_line_to_the_second_part(file):
    cut = file.read_bytes().index(b"\n") + 1
    assert len(read(file, 0, cut)) == 1
    assert len(read(file, cut, file.stat().st_size)) == len(ROWS) - 1


def test_lines_that_are_no_articles_are_named_by_their_byte(tmp_path):
    path = tmp_path / "a.jsonl"
    good = archive.lines(tmp_path / "good", ROWS[:1]).read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + good + b"{broken\n\n[1]\n" + b"\xff\xfe\n" + good[:-1].replace(b"/0/", b"/1/"))
    tally = Tally()
    assert len(read(path, tally=tally)) == 2
    first = len(good) + 3
    assert [where for where, _ in tally.faults] == [f"{path}: byte {first + n:,}" for n in (0, 9, 13)]
    assert tally.counts[BROKEN] == 3


def test_a_line_that_is_too_long_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "_LONGEST_LINE", 4_000)
    path = archive.lines(tmp_path / "a.jsonl", [ROWS[0], ROWS[1] | {"text": "x" * 20_000}, ROWS[2]])
    tally = Tally()
    assert read(path, tally=tally) == [ROWS[0]["url"], ROWS[2]["url"]]
    assert tally.faults[0][1] == "is longer than 4,000 bytes"


def test_a_compressed_file_that_ends_too_early_gives_what_it_has(tmp_path):
    path = archive.lines(tmp_path / "a.jsonl.gz", ROWS)
    path.write_bytes(path.read_bytes()[:-60])
    tally = Tally()
    assert 0 < len(read(path, tally=tally)) < len(ROWS)
    assert tally.faults[-1][1].startswith("cannot be read any further: Compressed file ended before")


def test_a_file_that_is_gone_is_to_be_tried_again(tmp_path):
    with pytest.raises(TransientError, match=r"gone\.jsonl: could not be read: "):
        read(tmp_path / "gone.jsonl")


def groups(path):
    tally = Tally()
    parts, unreadable = dividing.parts(Request((str(path),)))
    tally.add(unreadable)
    return [a.url for part in parts for a in records.groups(part, NOW, tally)], tally


def test_row_groups_are_read_in_their_order(tmp_path, monkeypatch):
    monkeypatch.setattr(dividing, "GROUPS_ROWS", 10)
    path = archive.columnar(tmp_path / "a.parquet", ROWS)
    parts, _ = dividing.parts(Request((str(path),)))
    assert [(part.start, part.stop, part.rows) for part in parts] == [(0, 2, 14), (2, 3, 6)]
    assert groups(path)[0] == [row["url"] for row in ROWS]


def test_a_damaged_row_group_costs_its_rows_alone(tmp_path):
    path = archive.columnar(tmp_path / "a.parquet", ROWS)
    content = bytearray(path.read_bytes())
    place = (
        content.index(ROWS[9]["text"].encode()[:20]) if ROWS[9]["text"].encode()[:20] in content else len(content) // 2
    )
    content[place - 200 : place + 200] = bytes(400)
    path.write_bytes(bytes(content))
    found, tally = groups(path)
    assert 6 <= len(found) < len(ROWS)
    assert tally.counts[BROKEN] >= 1
    assert all(str(path) in where for where, _ in tally.faults)


def test_a_file_that_is_no_parquet_is_named(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"no")
    found, tally = groups(tmp_path)
    assert (found, len(tally.faults)) == ([], 1)
    assert tally.faults[0][1].startswith("is no readable Parquet file: ")


def test_sources_are_files_folders_and_globs(tmp_path):
    for name in ("b.jsonl", "sub/a.ndjson", ".hidden/c.jsonl", "_SUCCESS.jsonl", "d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        archive.lines(tmp_path / name, ROWS[:1])
    parts, tally = dividing.parts(Request((str(tmp_path), str(tmp_path / "b*"))))
    assert [part.files[0] for part in parts] == [str(tmp_path / "b.jsonl"), str(tmp_path / "sub/a.ndjson")]
    assert tally.faults == [(str(tmp_path / "d.txt"), "its name does not tell what it is: give a format")]
    for missing in (tmp_path / "no", tmp_path / "no*"):
        with pytest.raises(StorageError, match="there is no such file or folder"):
            dividing.parts(Request((str(missing),)))
