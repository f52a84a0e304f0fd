"""Takes the pictures of the page that README and docs show, of a data folder with the samples:
`PYTHONPATH=plugins:. python -m tests.web.pictures var/samples`."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.browser import QUIET
from tests.web import looks
from tests.web.conftest import served

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
# (picture, path of the page, height in pixels)
PICTURES = (
    ("claims.png", "/claims", 900),
    ("evidence.png", "/claims/troops_in_combat/KP", 900),
)


def main(home: Path) -> None:
    entrances = served(home)
    entrance = next(entrances)
    address = entrance.partition("/enter")[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(entrance)
        for picture, path, height in PICTURES:
            page.set_viewport_size({"width": 1280, "height": height})
            page.goto(address + path)
            looks.drawn(page)
            page.screenshot(path=IMAGES / picture)
        page.goto(f"{address}/articles?q=Герасимов")
        page.locator("main a[href*='/articles/']").first.click()
        looks.drawn(page)
        page.screenshot(path=IMAGES / "article.png")
        browser.close()
    next(entrances, None)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
