"""What the ledger and the user's settings add to a message."""

import sys

import pytest

from media_monitor.model import Alert
from media_monitor.watch.message.compose import compose
from media_monitor.watch.message.translation import Translator
from media_monitor.watch.raising import alerts, findings
from media_monitor.watch.rules.alerts_file import load
from media_monitor.watch.sending.teller import Teller


@pytest.fixture
def raised(desk, beat):
    """The alert on a confirmation that an agency has from KCNA, that a paper has from the agency, and a copy of it."""
    wire = desk.article("2025-04-28", "Agence France-Presse", hour=6, language="ru", agency="AFP")
    paper = desk.article("2025-04-28", "The Courier", hour=7, language="ru")
    copy = desk.article("2025-04-28", "The Echo", hour=8, language="ru", copy_of=paper.article_id)
    for article, via in ((wire, ("kcna",)), (paper, ("afp", "kcna")), (copy, ("afp", "kcna"))):
        desk.says(article, "KP", "confirm", "in_combat", via=via, quote="Бойцы участвовали в боях")
    desk.publish()
    found = findings.find(desk.home, beat, ("first_confirmation",))
    new, _ = alerts.raise_new(found, [], beat, load(beat, None), desk.articles[0].fetched_at)
    return next(a for a in new if a.subject == "in_combat")


def test_the_tree_comes_from_the_ledger(desk, raised, beat):
    teller = Teller(desk.home, beat, Translator(""), "https://desk.example")
    text = compose(raised, [], beat, "key", teller(raised)).text
    tree = text[text.index("Sources\n") :].split("\n\n")[0].splitlines()[1:]
    assert tree == [
        "  from Korean Central News Agency",
        "    via Agence France-Presse",
        "      in The Courier, 28 April 2025, 07:00 UTC and 1 reprint",
        "    in Agence France-Presse, 28 April 2025, 06:00 UTC",
    ]


def test_the_words_are_translated_once_for_all_channels(desk, raised, beat, tmp_path):
    calls = tmp_path / "calls"
    script = tmp_path / "translator.py"
    script.write_text(
        f"import sys\nopen({str(calls)!r}, 'a').write('x')\nsys.stdin.read()\nprint('Fighters took part')"
    )
    teller = Teller(desk.home, beat, Translator(f"{sys.executable} {script}"))
    assert teller(raised).translation.words == "Fighters took part"
    assert teller(raised) is teller(raised)
    assert calls.read_text() == "x"


def test_a_ledger_that_cannot_be_read_costs_the_tree_and_not_the_message(desk, raised, beat):
    (desk.home / "warehouse.duckdb").write_bytes(b"damaged")
    beside = Teller(desk.home, beat, Translator(""))(raised)
    assert beside.printed == ()
    assert "Sources" in compose(raised, [], beat, "key", beside).text


def test_an_alert_without_words_needs_no_ledger(tmp_path, beat, raised):
    silence = Alert("1", raised.raised_at, "silence", "silence", "yonhap_ko", "no news for 3 days", None)
    assert Teller(tmp_path / "nowhere", beat, Translator(""))(silence).printed == ()
