"""For all tests: a real browser, Debian's Chromium, which `.ci/run` installs; a terminal of one width; processes
that seldom look for garbage."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from rich.console import Console, ConsoleDimensions
from tests.browser import QUIET

from media_monitor import cycles


def pytest_configure() -> None:
    cycles.seldom()


def pytest_collection_finish() -> None:
    cycles.settled()  # test modules and libraries stay to the end


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser a module. While it is open no test of the module can run an event loop of its own in the process:
    ask for what runs the pipeline first."""
    path = shutil.which("chromium")
    assert path, "chromium is not installed: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def wide(monkeypatch) -> None:
    """Tables are printed 200 columns wide, whatever terminal or process runs the tests."""
    monkeypatch.setattr(Console, "size", property(lambda _: ConsoleDimensions(200, 50)))
