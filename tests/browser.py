"""A real browser on a page of Airflow. Debian's Chromium; `.ci/run` installs it."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

# No background traffic of the browser's own: tests ask for nothing beyond loopback.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def logged_in(chromium: Browser, address: str, user: str, password: str) -> Iterator[Page]:
    """A page, 1440 by 900, after the login."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.keyboard.press("Enter")
    page.get_by_text("Dags", exact=True).first.wait_for()  # the home page: every redirect of the login is over
    yield page
    page.close()
