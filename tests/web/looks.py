"""What is true of every view as people see it: accessible, and fit for narrow and dark screens."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SIZES = ((1440, 900), (390, 844))
SCHEMES = ("light", "dark")


def check(page: Page) -> None:
    """In light and dark, wide and narrow: axe finds nothing (WCAG A and AA, and its best practices), and the page does
    not scroll sideways."""
    before = page.viewport_size
    for width, height in SIZES:
        for scheme in SCHEMES:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            drawn(page)
            where = f"{page.url} at {width} px, {scheme}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{where} scrolls sideways"
            results = Axe().run(page)
            assert results.violations_count == 0, f"{where}\n{results.generate_report()}"
    page.set_viewport_size(before)
    page.emulate_media(color_scheme="light")


def drawn(page: Page) -> None:
    """Waits until every chart of the page is drawn."""
    page.wait_for_function(
        "() => [...document.querySelectorAll('.chart .drawing')].every(one => one.dataset.drawn === 'yes')"
    )
