"""The page on the beat's samples: served as `media-monitor serve` does, and looked at in a real browser."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page
from tests.web import samples

from media_monitor.config import PACKAGE, Settings


@pytest.fixture(scope="session")
def loaded(tmp_path_factory) -> Settings:
    """A data folder with the samples loaded, for all tests: read it, change nothing."""
    return samples.loaded(tmp_path_factory.mktemp("loaded"))


@pytest.fixture(scope="module")
def settings(loaded, tmp_path_factory) -> Settings:
    """A data folder of the module's own with the samples loaded: tests may change it."""
    home = tmp_path_factory.mktemp("page") / "home"
    shutil.copytree(loaded.home, home)
    return replace(loaded, home=home)


@pytest.fixture(scope="module")
def entrance(settings) -> Iterator[str]:
    """The address that `media-monitor serve` prints for the module's data folder."""
    yield from served(settings.home, settings.feeds)


def served(home: Path, feeds: Path | None = None) -> Iterator[str]:
    """Serves a data folder; gives the address that the command prints."""
    command = [sys.executable, "-c", "from media_monitor.cli import main; main()"]
    options = ["--home", str(home), "serve", "--port", "0"]
    environment = {"PYTHONPATH": str(PACKAGE.parent), "PATH": "/usr/bin:/bin", "PYTHONUNBUFFERED": "1"}
    environment |= {"MEDIA_MONITOR_FEEDS": str(feeds)} if feeds else {}
    process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True, env=environment)
    with process:
        assert process.stdout is not None
        try:
            found = re.search(r"http://127\.0\.0\.1:\d+/enter\?token=\S+", process.stdout.readline())
            assert found
            yield found.group()
        finally:  # else whoever gives up early waits for ever
            process.terminate()


@pytest.fixture(scope="module")
def address(entrance) -> str:
    """Where the page is, without a slash at the end."""
    return entrance.partition("/enter")[0]


@pytest.fixture
def reader(entrance, address) -> Iterator[httpx.Client]:
    """Somebody whom the page has let in."""
    with httpx.Client(base_url=address, follow_redirects=True, timeout=60) as client:
        assert client.get(entrance).status_code == 200
        yield client


def own(client: httpx.Client) -> dict[str, str]:
    """The header by which the page knows its own forms."""
    return {"Origin": str(client.base_url).rstrip("/")}


@pytest.fixture
def tab(entrance, chromium) -> Iterator[Page]:
    """A browser's page, 1440 by 900, that was let in. Afterwards: it asked no other host, and no script failed or was
    refused by the Content-Security-Policy."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(60_000)
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(entrance)
    yield page
    page.close()
    assert {url.split("/")[2].split(":")[0] for url in asked if not url.startswith(("data:", "blob:"))} == {"127.0.0.1"}
    assert not complaints
