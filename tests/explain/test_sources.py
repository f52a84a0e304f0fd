"""What is to be explained is found: files of several kinds, standard input, or a clear word that it is not there."""

import json
from datetime import date
from pathlib import Path

import pytest

from media_monitor.errors import DocumentError
from media_monitor.explain import sources

PAGE = """<!DOCTYPE html><html lang="ru-RU"><head><meta charset="windows-1251"><title>Сайт – Заголовок</title>
<meta property="article:published_time" content="2025-04-28T10:00:00+03:00">
<meta property="og:site_name" content="Вестник"></head><body><nav>Меню</nav>
<article><h1>Песков опроверг отправку</h1><p>Песков <b>опроверг</b> сообщения.</p><script>x()</script>
<aside>Реклама</aside><p>Второй абзац.</p></article><footer>Подвал</footer></body></html>"""


def test_a_text_has_its_title_in_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\ufeffThe title\n\nFirst.\nSecond.\n", encoding="utf-8")
    found = sources.find(str(path), tmp_path)
    assert (found.title, found.text) == ("The title", "First.\nSecond.")


def test_a_page_gives_its_article_title_language_day_and_outlet(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PAGE.encode("windows-1251"))
    found = sources.find(str(path), tmp_path)
    assert found.title == "Песков опроверг отправку"
    assert found.text == "Песков опроверг сообщения.\nВторой абзац."
    assert (found.language, found.published, found.outlet) == ("ru", date(2025, 4, 28), "Вестник")


def test_a_page_without_an_article_gives_its_body(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    path.write_text("<title>T</title><p>One</p><p>Two</p>")
    found = sources.find(str(path), tmp_path)
    assert (found.title, found.text, found.published) == ("T", "One\nTwo", None)


def test_a_file_of_documents_gives_the_first_or_the_one_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [{"id": "x", "title": "X", "text": "", "published": "2025-04-28"}, {"id": "y", "title": "Y", "text": ""}]
    path.write_text("\n" + "\n".join(map(json.dumps, rows)))
    assert sources.find(str(path), tmp_path).title == "X"
    assert sources.find(str(path), tmp_path).published == date(2025, 4, 28)
    assert sources.find(str(path), tmp_path, "y").title == "Y"
    with pytest.raises(DocumentError, match="no document 'z'"):
        sources.find(str(path), tmp_path, "z")


def test_what_a_person_says_of_the_text_wins(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PAGE.encode("windows-1251"))
    found = sources.changed(sources.find(str(path), tmp_path), "uk", date(2024, 1, 2), None)
    assert (found.language, found.published, found.day, found.outlet) == (
        "uk",
        date(2024, 1, 2),
        date(2024, 1, 2),
        "Вестник",
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"  \n ", "is empty"),
        ("a.html", b"<html></html>", "no text"),
        ("a.jsonl", b"{", "a.jsonl:1: is not JSON"),
        ("a.jsonl", b"[]", "a.jsonl:1: is not a JSON object"),
        ("a.jsonl", b"", "is empty"),
        ("a.jsonl", b'{"id": 1}', "'id' is not a string"),
    ],
)
def test_a_file_without_a_document_is_named(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DocumentError, match=message):
        sources.find(str(tmp_path / name), tmp_path)


@pytest.mark.parametrize(
    "body", [b"\xff\xfe\x00\xd8", b"\x00" * 100 + b"x", bytes(range(256)), b"<html" + b"<div>" * 5_000 + b"deep"]
)
@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_a_broken_file_is_read_as_far_as_it_goes(name: str, body: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(body)
    found = sources.find(str(tmp_path / name), tmp_path)
    assert found.title or found.text


@pytest.mark.parametrize("source", ["https://example.org/item", "0123456789abcdef"])
def test_an_article_that_is_not_stored_says_how_to_get_it(source: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"media-monitor run.*save the page and give the file"):
        sources.find(source, tmp_path)


def test_what_is_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="is no file, no address and no id"):
        sources.find("nothing.txt", tmp_path)
