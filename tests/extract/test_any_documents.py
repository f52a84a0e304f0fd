"""Document files of any bytes and any values: documents, or one line that names file and line."""

import json
from pathlib import Path

import pytest
from fuzz.targets import one_line
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from media_monitor.errors import DocumentError
from media_monitor.extract.document import read_gold, stored_text

ANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["2025-04-28", "2025-13-01", ""]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
ROWS = (
    st.dictionaries(st.sampled_from(["id", "title", "text", "language", "outlet", "published", "more"]), VALUES)
    | VALUES
)


def read(path: Path, data: bytes) -> int:
    """The number of documents before the end, or before the first line that is none."""
    path.write_bytes(data)
    count = 0
    try:
        for document, row in read_gold(path):
            count += 1
            assert document.document_id == row["id"]
            assert stored_text(document) == f"{row.get('title') or ''}\n{row.get('text') or ''}"
    except DocumentError as error:
        one_line(error, path)
    return count


@ANY
@given(st.lists(ROWS, max_size=4))
def test_any_values(tmp_path, rows):
    assert read(tmp_path / "documents.jsonl", "\n".join(map(json.dumps, rows)).encode()) <= len(rows)


@ANY
@given(
    st.lists(
        st.sampled_from([b'{"id": "a"}', b"\n", b"\r\n", b"{", b"\xff", b"\xef\xbb\xbf", b"[]", b"NaN", b"\x00"]),
        max_size=8,
    )
)
def test_any_bytes(tmp_path, pieces):
    read(tmp_path / "documents.jsonl", b"".join(pieces))


@pytest.mark.parametrize("line", [b"[" * 200_000, b'{"id": ' + b"9" * 5_000 + b"}", b'{"id": "\\ud800"}'])
def test_lines_that_are_too_much(tmp_path, line):
    assert read(tmp_path / "documents.jsonl", line) <= 1
