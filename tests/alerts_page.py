"""The example of docs/alerts.md and its picture, from the alerts of a run over the samples:

make run && PYTHONPATH=.:plugins python -m tests.alerts_page var/samples
"""

import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.browser import QUIET

from media_monitor import alerting
from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.watch.message.compose import compose
from media_monitor.watch.message.content import Message

CHECKOUT = Path(__file__).resolve().parents[1]
PAGE, PICTURE = CHECKOUT / "docs" / "alerts.md", CHECKOUT / "docs" / "images" / "alert-mail.png"
EXAMPLE = re.compile(r"(?<=<!-- the message of an alert -->\n\n```text\n)[^`]*(?=```)")
CLAIM, PARTY = "troops_in_combat", "KP"


def example(settings: Settings) -> Message:
    """The message of the samples' alert on the claim and party."""
    stored, beat = alerting.stored(settings), Beat.load(settings.beat)
    alert = next(a for a in stored if a.confirmation and (a.subject, a.step.party) == (CLAIM, PARTY))
    implied = [a for a in stored if a.implied_by == CLAIM and a.step.party == PARTY]
    return compose(alert, implied, beat, f"{alert.alert_id}-5f0c7a21", alerting.teller(settings)(alert))


def photograph(html: str, picture: Path) -> None:
    """Writes the mail as a browser shows it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = browser.new_page(viewport={"width": 720, "height": 400})
        page.set_content(html)
        page.screenshot(path=str(picture), full_page=True)
        browser.close()


if __name__ == "__main__":
    settings = replace(Settings(home=Path(sys.argv[1])), page_url="https://desk.example/media-monitor")
    message = example(settings)
    # A tick would end the block.
    PAGE.write_text(EXAMPLE.sub(lambda _: message.text.replace("`", "'"), PAGE.read_text(encoding="utf-8")))
    photograph(message.html, PICTURE)
