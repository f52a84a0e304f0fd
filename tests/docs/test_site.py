"""The site builds without a broken link, asks no other host, and its reference is that of the sources."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from website import build, cli_page

from media_monitor.web.views import VIEWS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def site() -> Path:
    """The built site."""
    assert build.build() == 0
    return ROOT / "var" / "site"


class _Loaded(HTMLParser):
    """Addresses that a browser loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in ("script", "img", "iframe", "source") and told.get("src"):
            self.found.append(told["src"] or "")
        if tag == "link" and told.get("rel") not in ("canonical", "next", "prev"):
            self.found.append(told.get("href") or "")


def test_no_page_loads_anything_from_another_host(site):
    pages = sorted(site.glob("*.html"))
    assert len(pages) > 25
    for page in pages:
        parser = _Loaded()
        parser.feed(page.read_text(encoding="utf-8"))
        assert [address for address in parser.found if re.match(r"(https?:)?//", address)] == [], page.name
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"(?:url\(|@import )[\"']?(?:https?:)?//[^)\"']+", styles) == []


@pytest.mark.usefixtures("site")
def test_every_page_is_in_the_navigation():
    listed = set(re.findall(r"[\w-]+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    assert {path.name for path in (ROOT / "var" / "docs").glob("*.md")} == listed


def test_the_published_scores_stand_in_the_method(site):
    assert "<!-- scores -->" not in (site / "method.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("site")
def test_a_broken_link_fails_the_build():
    broken = ROOT / "var" / "docs" / "broken.md"
    broken.write_text("# Broken\n\n[nowhere](nowhere.md)\n", encoding="utf-8")
    try:
        assert build.render() != 0
    finally:
        broken.unlink()


def test_the_page_of_commands_has_every_command_with_what_it_does():
    told = dict(re.findall(r"^## (.+)\n\n(.*)$", cli_page.page(), re.M))
    assert {"run", "beat check", "alert test"} <= set(told)
    assert [name for name, words in told.items() if not words.endswith(".")] == []
    assert re.findall(r"^\|[^|]+\|  \|", cli_page.page(), re.M) == [], "an option without help"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("[a](../CONTRIBUTING.md#recipes)", "[a](contributing.md#recipes)"),
        ("[a](sql.md)", "[a](sql.md)"),
        ("[a](https://example.org/)", "[a](https://example.org/)"),
        ("[x](../setup.cfg)", "x (`setup.cfg`)"),
        ("`[a](../setup.cfg)`", "`[a](../setup.cfg)`"),
    ],
)
def test_links_lead_to_the_site(text, made):
    assert build.relinked(text, ROOT / "docs" / "page.md") == made


def test_every_view_of_the_page_has_a_chapter():
    chapters = re.findall(r"^## (.+)$", (ROOT / "docs" / "page.md").read_text(encoding="utf-8"), re.M)
    assert {view.title for view in VIEWS} - {""} <= set(chapters)
