"""Documents: the gold format, and what is wrong with a line."""

import json
from datetime import date
from pathlib import Path

import pytest

from media_monitor.errors import DocumentError
from media_monitor.extract.document import UNDATED, Document, read_gold, stored_text


def lines(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_reads_what_is_known_and_leaves_labels_alone(tmp_path: Path) -> None:
    full = {"id": "a", "language": "ko", "published": "2025-04-28", "outlet": "O", "title": "T", "text": "X", "new": 1}
    path = lines(tmp_path / "d.jsonl", "\ufeff" + json.dumps(full), "", json.dumps({"id": "b", "text": None}))
    (first, row), (second, _) = read_gold(path)
    day = date(2025, 4, 28)
    assert first == Document("a", "T", "X", "ko", day, "O", day=day)
    assert row == full
    assert second == Document("b", "", "", None, None, "", day=UNDATED)
    assert stored_text(first) == "T\nX"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"title": "T"}', "'id' is missing"),
        ('{"id": 7}', "'id' is not a string"),
        ('{"id": "a", "title": ["T"]}', "'title' is not a string"),
        ('{"id": "a", "published": "28 April"}', "'published' is not a date"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = lines(tmp_path / "d.jsonl", '{"id": "ok"}', line)
    with pytest.raises(DocumentError, match=rf"d\.jsonl:2: .*{reason}"):
        list(read_gold(path))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00")
    for name in ("missing.jsonl", "binary.jsonl"):
        with pytest.raises(DocumentError, match=name):
            list(read_gold(tmp_path / name))
