import gzip
import hashlib
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from media_monitor.collect.warc import recorded
from media_monitor.collect.warc.archive import Archive, Original, finished, read_body
from media_monitor.collect.web.exchange import Answer, Exchange
from media_monitor.errors import CorruptFileError, StorageError

AT = datetime(2025, 4, 28, 12, 0, 0, 123456, tzinfo=UTC)


def exchange(payload: bytes = b"<rss/>", status: int = 200, **fields: str) -> Exchange:
    headers = (("Content-Type", "application/rss+xml"), ("ETag", '"e"'))
    return Exchange("https://a.example/rss?x=1", AT, (("Host", "a.example"),), status, "OK", headers, payload, **fields)


def records(path):
    with path.open("rb") as file:
        return [
            (r.rec_type, dict(r.rec_headers.headers), r.http_headers, r.content_stream().read())
            for r in ArchiveIterator(file)
        ]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "warc" / "0000.warc.gz"


def test_every_exchange_is_an_answer_and_its_request(path):
    with Archive(path) as archive:
        archive.add(exchange())
    info, answer, request = records(path)
    assert (info[0], answer[0], request[0]) == ("warcinfo", "response", "request")
    assert answer[1]["WARC-Target-URI"] == "https://a.example/rss?x=1"
    assert answer[1]["WARC-Date"] == "2025-04-28T12:00:00.123456Z"
    assert answer[2].get_statuscode() == "200"
    assert answer[2].get_header("ETag") == '"e"'
    assert answer[3] == b"<rss/>"
    assert request[2].statusline == "/rss?x=1 HTTP/1.1"
    assert request[2].protocol == "GET"
    assert request[1]["WARC-Concurrent-To"] == answer[1]["WARC-Record-ID"]


def test_the_file_is_warc_1_1_and_each_record_a_gzip_member_with_good_digests(path, capsys):
    with Archive(path) as archive:
        offsets = [archive.add(exchange(b"one")), archive.add(exchange(b"two"))]
    data = path.read_bytes()
    assert all(data[offset : offset + 2] == b"\x1f\x8b" for offset in offsets)
    assert gzip.decompress(data).startswith(b"WARC/1.1\r\n")

    class Arguments:
        inputs = (str(path),)
        verbose = True

    checker = Checker(Arguments)
    checker.process_all()
    assert checker.exit_value == 0
    assert "digest pass" in capsys.readouterr().out


@pytest.mark.parametrize(("status", "profile"), [(304, "server-not-modified"), (200, "identical-payload-digest")])
def test_what_is_unchanged_is_a_revisit_without_body(path, status, profile):
    with Archive(path) as archive:
        offset = archive.add(
            exchange(b"<rss/>", status), same_as=Original("ab" * 32, "http://a.example/rss", AT - timedelta(days=1))
        )
    kind, headers, http, body = records(path)[1]
    assert (kind, body) == ("revisit", b"")
    assert headers["WARC-Profile"].endswith(profile)
    assert headers["WARC-Payload-Digest"] == "sha256:" + "ab" * 32
    assert headers["WARC-Refers-To-Target-URI"] == "http://a.example/rss"
    assert headers["WARC-Refers-To-Date"] == "2025-04-27T12:00:00.123456Z"
    assert http.get_statuscode() == str(status)
    assert read_body(path, offset) == b""


def test_a_body_that_is_not_whole_says_why(path):
    with Archive(path) as archive:
        archive.add(exchange(b"part", truncated="length"))
    assert records(path)[1][1]["WARC-Truncated"] == "length"


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=3000), min_size=1, max_size=5))
def test_any_body_is_read_back_by_its_offset(tmp_path_factory, payloads):
    path = tmp_path_factory.mktemp("warc") / "0000.warc.gz"
    with Archive(path) as archive:
        offsets = [archive.add(exchange(payload)) for payload in payloads]
    assert [read_body(path, offset) for offset in offsets] == payloads


def test_a_file_being_written_has_another_name(path):
    with Archive(path) as archive:
        archive.add(exchange())
        assert [p.name for p in path.parent.iterdir()] == ["0000.warc.gz.open"]
    assert [p.name for p in path.parent.iterdir()] == ["0000.warc.gz"]


def test_a_run_that_fails_leaves_no_file(path):
    broken = replace(exchange(), at="not a time")
    with pytest.raises(AttributeError), Archive(path) as archive:
        archive.add(broken)
    assert list(path.parent.iterdir()) == []


def test_what_a_killed_run_left_open_is_written_over(path):
    path.parent.mkdir()
    path.with_name("0000.warc.gz.open").write_bytes(b"half a record")
    with Archive(path) as archive:
        offset = archive.add(exchange(b"whole"))
    assert read_body(path, offset) == b"whole"
    assert [p.name for p in path.parent.iterdir()] == ["0000.warc.gz"]


def test_a_finished_file_is_left_alone(path):
    paths = []
    for _ in range(3):
        with Archive(path) as archive:
            archive.add(exchange())
        paths.append(archive.path.name)
    assert paths == ["0000.warc.gz", "0000.2.warc.gz", "0000.3.warc.gz"]


def test_a_damaged_place_is_named(path):
    with Archive(path) as archive:
        offset = archive.add(exchange())
    for wrong in (0, offset + 1, 10**9):
        with pytest.raises(CorruptFileError, match=r"0000\.warc\.gz: no .*at byte"):
            read_body(path, wrong)
    with pytest.raises(StorageError, match="cannot be read: No such file"):
        read_body(path.with_name("none"), 0)
    path.write_bytes(path.read_bytes()[: offset + 20])
    with pytest.raises(CorruptFileError):
        read_body(path, offset)


def test_bytes_that_look_like_a_record_of_the_older_format_are_refused(path):
    path.parent.mkdir()
    head = b"http://a.example/ 192.0.2.1 20250428120000 text/html 25\n"
    path.write_bytes(head + b"HTTP/1.1 200 OK\r\n\r\nbody\n")
    with pytest.raises(CorruptFileError, match="no answer is recorded at byte 0"):
        read_body(path, 0)


def answer(*payloads: bytes) -> Answer:
    return Answer(AT, tuple(exchange(payload) for payload in payloads), 5, payloads[-1] if payloads else b"")


def keep(archive: Archive, *payloads: bytes) -> tuple[str, int]:
    """File and offset of the last exchange of an answer with these."""
    offset = 0
    for one in answer(*payloads).exchanges:
        offset = archive.add(one)
    archive.note({"feed_id": "f"}, answer(*payloads))
    return archive.path.name, offset


def test_a_large_chunk_goes_on_in_a_next_file_and_no_answer_is_torn_apart(path):
    bodies = [(random.Random(n).randbytes(3000), random.Random(-n - 1).randbytes(3000)) for n in range(4)]
    with Archive(path, largest=4000) as archive:
        places = [keep(archive, *pair) for pair in bodies]
        keep(archive)  # nobody answered
        assert sorted(p.name for p in path.parent.iterdir())[-1] == "0000.warc.gz.open"
    names = ["0000.warc.gz", "0000-001.warc.gz", "0000-002.warc.gz", "0000-003.warc.gz", "0000-004.warc.gz"]
    assert [p.name for p in finished(path.parent)["0000"]] == names
    assert [name for name, _ in places] == names[:4]
    for (name, offset), (_, body) in zip(places, bodies, strict=True):
        assert read_body(path.parent / name, offset) == body
        assert [len(one.answer.exchanges) for one in recorded.read(path.parent / name)] == [2]
    assert [one.offset for one in recorded.read(path.parent / names[4])] == [None]
    assert all(records(path.parent / name)[0][0] == "warcinfo" for name in names)


def test_a_chunk_written_again_has_all_of_its_files_under_one_number(path):
    for number in (1, 2):
        with Archive(path, largest=10) as archive:
            for body in (b"one", b"two")[:number]:
                keep(archive, body)
    with Archive(path.with_name("0001.warc.gz")) as archive:
        keep(archive, b"three")
    path.with_name("0002-001.warc.gz").touch()  # killed while its files were renamed, the first one last
    found = [[p.name for p in files] for files in finished(path.parent).values()]
    assert found == [["0000.2.warc.gz", "0000-001.2.warc.gz"], ["0001.warc.gz"]]
    with Archive(path.with_name("0002.warc.gz")) as archive:
        assert archive.path.name == "0002.2.warc.gz"


def test_a_failure_in_a_later_file_leaves_none(path):
    def two_files(archive: Archive) -> None:
        with archive:
            keep(archive, b"one")
            archive.add(replace(exchange(), at="not a time"))

    with pytest.raises(AttributeError):
        two_files(Archive(path, largest=10))
    assert list(path.parent.iterdir()) == []


def test_warcio_and_fastwarc_agree_on_every_record_and_digest(path):
    original = Original(hashlib.sha256(b"<rss/>").hexdigest(), "https://a.example/rss?x=1", AT)
    with Archive(path, largest=100) as archive:
        keep(archive, b"<rss/>")
        archive.add(exchange(b"<rss/>", 304), same_as=original)
        archive.note({"feed_id": "f"}, answer(b"<rss/>"))
    seen: dict[str, list[tuple[str, str, bool]]] = {}
    for file in finished(path.parent)["0000"]:
        with file.open("rb") as stream:
            for one in ArchiveIterator(stream, check_digests="raise"):
                assert one.content_stream().read() is not None
                facts = one.rec_headers
                seen.setdefault("warcio", []).append((one.rec_type, facts.get_header("WARC-Record-ID"), True))
        for one in FastIterator(str(file), parse_http=False):
            whole = one.verify_block_digest()
            if one.record_type == WarcRecordType.response:
                one.parse_http()
                whole = whole and one.verify_payload_digest()
            kind = one.headers["WARC-Type"]
            seen.setdefault("fastwarc", []).append((kind, one.headers["WARC-Record-ID"], whole))
    assert seen["warcio"] == seen["fastwarc"]
    kinds = [kind for kind, _, _ in seen["warcio"]]
    assert kinds == ["warcinfo", "response", "request", "metadata", "warcinfo", "revisit", "request", "metadata"]
