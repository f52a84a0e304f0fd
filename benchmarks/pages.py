"""How long each page takes at a million articles: `make pages`.

The server's time is that of a request on loopback to `media-monitor serve`, from asking to the last byte, the median of
five; the reader's is what Chromium takes from the start of the navigation until every chart is drawn, the median of
three. `--keep DIR` keeps the data folder or uses one, as `make trends` does.
"""

import argparse
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import httpx
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table
from tests.browser import QUIET
from tests.web import looks
from tests.web.conftest import served
from tests.web.routes import is_page, routes

from media_monitor.config import Settings
from media_monitor.warehouse import places
from million import folder, given, world

SERVER_MS, READER_MS = 300, 1500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="data folder; one that is there already is used")
    chosen = parser.parse_args()
    with folder.kept(chosen.keep) as home:
        if not places.published(home).exists():
            world.make(home, chosen.articles, given.DAYS)
        asked = [path for method, path in routes(Settings(home=home)) if method == "GET"]
        paths = [path for path in asked if "None" not in path.split("/")]  # of some things the folder has none
        entrances = served(home)
        entrance = next(entrances)
        slow = _show(paths, _server(entrance, paths), _reader(entrance, [path for path in paths if is_page(path)]))
        next(entrances, None)
    if slow:
        sys.exit(f"too slow: {', '.join(slow)}")


def _server(entrance: str, paths: list[str]) -> dict[str, float]:
    """Milliseconds by path."""
    address = entrance.partition("/enter")[0]
    with httpx.Client(base_url=address, follow_redirects=True, timeout=300) as client:
        client.get(entrance).raise_for_status()
        return {path: _median(lambda path=path: _answered(client, path), 5) for path in paths}


def _answered(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    if path != "/health":  # which says, and rightly, that nothing has been loaded since the made world ended
        answer.raise_for_status()


def _reader(entrance: str, paths: list[str]) -> dict[str, float]:
    """Milliseconds by path until all is drawn."""
    address = entrance.partition("/enter")[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(entrance)

        def drawn(path: str) -> None:
            page.goto(address + path)
            looks.drawn(page)

        found = {path: _median(lambda path=path: drawn(path), 3) for path in paths}
        browser.close()
    return found


def _median(action: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        action()
        taken.append((time.perf_counter() - started) * 1000)
    return median(taken)


def _show(paths: list[str], server: dict[str, float], reader: dict[str, float]) -> list[str]:
    """Prints the table; gives the paths that are too slow."""
    table = Table("page", f"server ms (< {SERVER_MS})", f"drawn ms (< {READER_MS})")
    for path in paths:
        table.add_row(path, f"{server[path]:.0f}", f"{reader[path]:.0f}" if path in reader else "")
    Console(width=120).print(table)
    return [path for path in paths if server[path] >= SERVER_MS or reader.get(path, 0) >= READER_MS]


if __name__ == "__main__":
    main()
