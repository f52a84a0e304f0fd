"""Archives that a disk has spoilt: the answers before the damage, then one line that names the file."""

from datetime import UTC, datetime

import pytest
from fuzz.targets import one_line
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from media_monitor.collect.warc import recorded
from media_monitor.collect.warc.archive import Archive, read_body
from media_monitor.collect.web.exchange import Answer, Exchange
from media_monitor.errors import CorruptFileError, StorageError

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)

PIECES = st.binary(max_size=9) | st.sampled_from(
    [
        b"WARC/1.1\r\n",
        b"WARC-Type: response\r\n",
        b"WARC-Type: metadata\r\n",
        b"Content-Length: 9\r\n",
        b"WARC-Date: x\r\n",
        b"Content-Length: -1\r\n",
        b"\r\n",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 x\r\n",
        b"[" * 9,
        b'{"exchanges"',
        b"null",
    ]
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> tuple[bytes, list[int]]:
    """An archive of three answers, and the offsets of their exchanges."""
    path = tmp_path_factory.mktemp("whole") / "0000.warc.gz"
    offsets = []
    with Archive(path) as archive:
        for number in range(3):
            one = Exchange("https://a.example/", NOON, (("Host", "a.example"),), 200, "OK", (), b"<rss/>%d" % number)
            offsets.append(archive.add(one))
            archive.note({"feed_id": f"f{number}"}, Answer(NOON, (one,), 5, one.payload, None))
    return path.read_bytes(), offsets


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_damage(whole, tmp_path, data):
    body, offsets = whole
    spoilt = bytearray(body)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body) - 1))
        match data.draw(st.sampled_from(["flip", "zero", "cut", "insert"])):
            case "flip":
                spoilt[at : at + 1] = (
                    bytes([spoilt[at] ^ 1 << data.draw(st.integers(0, 7))]) if at < len(spoilt) else b""
                )
            case "zero":
                spoilt[at : at + 20] = bytes(20)
            case "cut":
                del spoilt[at:]
            case "insert":
                spoilt[at:at] = data.draw(st.binary(max_size=20))
    path = tmp_path / "0000.warc.gz"
    path.write_bytes(spoilt)
    try:
        found = [one.subject.get("feed_id") for one in recorded.read(path)]
    except (CorruptFileError, StorageError) as error:
        one_line(error, path)
    else:
        assert len(found) <= 3
    for offset in offsets:
        try:
            read_body(path, offset)
        except (CorruptFileError, StorageError) as error:
            one_line(error, path)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=12).map(b"".join))
def test_any_records(tmp_path, body):
    path = tmp_path / "0000.warc"
    path.write_bytes(body)
    try:
        list(recorded.read(path))
    except (CorruptFileError, StorageError) as error:
        one_line(error, path)


@pytest.mark.parametrize(
    "told", [b"null", b"[]", b"{}", b'{"exchanges": 0}', b"[" * 100_000, b'{"exchanges":0,"subject":1}', b"\xff"]
)
def test_a_note_that_is_none(tmp_path, told):
    path = tmp_path / "0000.warc"
    fields = (
        b"WARC-Type: metadata",
        b"WARC-Record-ID: <urn:x>",
        b"WARC-Date: 2030-01-01T12:00:00Z",
        b"Content-Type: a/b",
    )
    head = b"\r\n".join((b"WARC/1.1", *fields, b""))
    path.write_bytes(head + b"Content-Length: %d\r\n\r\n" % len(told) + told + b"\r\n\r\n")
    with pytest.raises(CorruptFileError, match="is no archive of answers"):
        list(recorded.read(path))
