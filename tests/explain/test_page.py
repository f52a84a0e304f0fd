"""The page as a colleague opens it: in a real browser, light and dark, wide and narrow, without a network."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser
from tests.explain.texts import DAY, TEXTS

from media_monitor.beat import Beat
from media_monitor.explain.build import explain
from media_monitor.explain.marks import safe
from media_monitor.explain.page import page
from media_monitor.extract.document import Document

pytestmark = pytest.mark.slow

BEAT = Beat.load("dprk_russia")
HOSTILE = Document(
    "<script>d</script>",
    'North Korea confirms "troops" fought in Kursk </style><script>document.title="stolen"</script>',
    "Russia's Kremlin spokesman Dmitry Peskov denied <img src=https://example.org/x onerror=alert(1)> that North "
    'Korean troops fight for Russia. \u202eKremlin\u202c said " onmouseover="alert(1).\x00\ud800',
    "en",
    DAY,
    "<b>Outlet</b>&",
)
# Least contrast of text and ground by WCAG 2.2 AA, over all elements that hold text.
CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = c => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1);
                     return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const linear = v => v / 255 <= .04045 ? v / 255 / 12.92 : ((v / 255 + .055) / 1.055) ** 2.4;
  const light = c => { const [r, g, b] = c.map(linear);
                       return .2126 * r + .7152 * g + .0722 * b; };
  const ground = e => { const c = rgb(getComputedStyle(e).backgroundColor);
                        return c[3] ? c : e.parentElement ? ground(e.parentElement) : [255, 255, 255, 255]; };
  let least = 99;
  for (const e of document.body.querySelectorAll('*')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const a = light(rgb(getComputedStyle(e).color)), b = light(ground(e));
    least = Math.min(least, (Math.max(a, b) + .05) / (Math.min(a, b) + .05));
  }
  return least;
}"""


@pytest.fixture(scope="module")
def browser(chromium) -> Browser:
    return chromium


class Seen:
    """A page opened from a file, with what it asked for and complained of."""

    def __init__(self, browser: Browser, path: Path, width: int = 1440, scheme: str = "light", scripts: bool = True):
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
        )
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(path.as_uri())


@pytest.fixture
def written(tmp_path: Path):
    def write(document: Document) -> Path:
        path = tmp_path / "explained.html"
        path.write_text(page(explain(document, BEAT)), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("language", TEXTS)
def test_marks_stand_where_the_spans_say(language, written, browser) -> None:
    document, *_ = TEXTS[language]
    found = explain(document, BEAT)
    path = written(document)
    seen = Seen(browser, path)
    assert seen.requests == [path.as_uri()]
    assert seen.complaints == []
    marked = {kind: seen.page.locator(f".text p a.{kind}").all_text_contents() for kind in ("cue", "speaker")}
    for kind, words in marked.items():
        expected = {found.text[m.start : m.end] for m in found.marks if m.kind == kind}
        assert expected
        for one in expected:
            assert any(one.startswith(piece) or piece.startswith(one) for piece in words), (kind, one, words)
    title = seen.page.locator("#s0").inner_text().replace("¦", "")
    assert "".join(title.split()).startswith("".join(document.title.split()))
    direction = seen.page.evaluate("getComputedStyle(document.querySelector('#s0')).direction")
    assert direction == ("rtl" if language == "ar" else "ltr")
    seen.context.close()


def test_a_mark_leads_to_its_fact_without_javascript(written, browser) -> None:
    seen = Seen(browser, written(TEXTS["ru"][0]), scripts=False)
    mark = seen.page.locator("#s0 a.cue").first
    assert mark.get_attribute("title").startswith("S1 cue: deny")
    mark.click()
    seen.page.wait_for_url("**#S1")
    card = seen.page.locator("#S1")
    assert "RU denies troops_deployed" in card.inner_text()
    assert "word of denial «опроверг»" in card.inner_text()
    card.get_by_role("link", name="0").click()
    seen.page.wait_for_url("**#s0")
    seen.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["ar", "en", "zh"])
def test_is_legible_in_light_and_dark_wide_and_narrow(language, width, scheme, written, browser) -> None:
    seen = Seen(browser, written(TEXTS[language][0]), width, scheme)
    assert seen.page.evaluate(CONTRAST) >= 4.5
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.page.evaluate("parseFloat(getComputedStyle(document.querySelector('.text p')).fontSize)") >= 16
    ground = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
    seen.context.close()


def test_hostile_text_is_shown_as_text(written, browser) -> None:
    path = written(HOSTILE)
    seen = Seen(browser, path)
    assert seen.requests == [path.as_uri()]
    assert seen.complaints == []
    assert seen.page.evaluate("document.querySelectorAll('script, img, b').length") == 0
    assert seen.page.title().startswith("Explained: North Korea confirms")
    assert "<img src=https://example.org/x onerror=alert(1)>" in seen.page.locator(".text").inner_text().replace(
        "¦", ""
    )
    assert not set("\u202e\ud800\x00") & set(path.read_text(encoding="utf-8"))
    seen.context.close()


PIECES = st.sampled_from(
    [
        "North Korea ",
        "Russia ",
        "Kremlin denied ",
        "troops ",
        "Путин ",
        "北朝鮮 ",
        "روسيا ",
        "<b>",
        "&amp;",
        '" ',
        "«",
        "\u202e",
        ". ",
        "\n",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join))
def test_the_text_of_the_page_is_the_text_whatever_it_holds(text: str) -> None:
    found = explain(Document("d", "North Korea sends troops to Russia", text, "en", DAY), BEAT)
    tree = LexborHTMLParser(page(found))
    for node in tree.css(".text .refs, .text .cut"):
        node.decompose()
    shown = {node.attributes["id"]: node.text() for node in tree.css(".text p")}
    for one in found.passages:
        if one.start < one.end:
            expected = safe(found.text[one.start : one.end]).replace("\r", "\n")
            assert shown[f"s{one.number}"].removesuffix(" ").rstrip() == expected.rstrip()


def test_nothing_in_the_page_points_outside() -> None:
    told = page(explain(TEXTS["en"][0], BEAT))
    assert re.findall(r"https?:|url\(|@import|<script|<link|<img|<iframe", told) == []
    assert page(explain(TEXTS["en"][0], BEAT)) == told


def test_a_text_without_facts_still_has_a_page(written, browser) -> None:
    seen = Seen(browser, written(replace(TEXTS["en"][0], title="", text="")))
    assert "Statements: none" in seen.page.locator("body").inner_text()
    assert "Not relevant" in seen.page.locator("header").inner_text()
    seen.context.close()
