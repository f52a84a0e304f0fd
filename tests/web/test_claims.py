"""Claims on the page: the matrix with its filters and keys, and the evidence behind a cell."""

import re

import pytest
from playwright.sync_api import Page
from tests.web import looks

from media_monitor.report.asked.claims import ledger
from media_monitor.warehouse import query

CLAIM = "troops_in_combat"
GROUP = {CLAIM, "troops_deployed", "prisoners", "troop_casualties"}


def cells(page: str) -> set[tuple[str, str]]:
    """(claim, party) of the cells that a page links to."""
    return set(re.findall(r'href="/claims/(\w+)/(\w+)"', page))


def test_the_matrix_has_a_cell_for_each_row_of_the_ledger(reader, loaded):
    page, rows = reader.get("/claims"), reader.get("/api/claims").json()
    assert cells(page.text) == {(row["claim"], row["party"]) for row in rows}
    assert len(rows) == query.rows(loaded.home, "SELECT count(*) AS n FROM claim_status")[0]["n"]
    (one,) = [row for row in rows if (row["claim"], row["party"]) == (CLAIM, "KP")]
    assert (one["state"], one["reversal"], one["is_party"]) == ("confirmed", True, True)
    assert f'/articles/{one["article_id"]}#s-{one["statement_id"]}"' in page.text
    found = query.rows(
        loaded.home, "SELECT article_id, claim FROM statements WHERE statement_id = ?", [one["statement_id"]]
    )
    assert found == [{"article_id": one["article_id"], "claim": CLAIM}]
    assert f'id="s-{one["statement_id"]}"' in reader.get(f"/articles/{one['article_id']}").text


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ("state=denied", lambda row: row["state"] == "denied"),
        ("party=ua", lambda row: row["party"] == "UA"),
        ("since=2025-04-28&until=2025-05-31", lambda row: "2025-04-28" <= (row["since"] or "") <= "2025-05-31"),
        (f"group={CLAIM}&state=", lambda row: row["claim"] in GROUP),
    ],
)
def test_filters_choose_cells(reader, asked, fits):
    every, chosen = reader.get("/api/claims").json(), reader.get(f"/api/claims?{asked}").json()
    assert [row for row in every if fits(row)] == chosen != []
    assert cells(reader.get(f"/claims?{asked}").text) == {(row["claim"], row["party"]) for row in chosen}


def test_the_command_line_gives_the_same_rows(reader, loaded):
    wanted = ledger.Wanted(group="troops_deployed", party="RU")
    asked = reader.get("/api/claims?group=troops_deployed&party=RU").json()
    assert [(row["claim"], row["state"]) for row in ledger.rows(loaded, wanted)] == [
        (row["claim"], row["state"]) for row in asked
    ]


def test_nothing_as_asked_is_said(reader):
    assert "No claim and party is as you ask." in reader.get("/claims?party=RU&state=silent&since=2025-01-01").text
    assert reader.get("/claims?state=doubtful").status_code == 422
    assert "do you mean troops_in_combat?" in reader.get("/claims?group=troops_combat").text


def test_evidence_has_the_words_of_every_step_with_its_sentence_and_what_stands_against_it(reader):
    page = reader.get("/claims/kursk_recaptured")
    dossier = reader.get("/api/claims/kursk_recaptured").json()
    for one in dossier["standing"]:
        for step in one["history"]:
            assert f'id="{one["party"]}-{step["step"]}"' in page.text
            if step["first_statement"]:
                assert f'/articles/{step["article_id"]}#s-{step["first_statement"]}"' in page.text
        for row in one["sources"]:
            assert f'/articles/{row["article_id"]}#s-{row["statement_id"]}"' in page.text
    assert "Says the opposite" in page.text
    alone = reader.get("/api/claims/kursk_recaptured/ua").json()
    assert [one["party"] for one in alone["standing"]] == ["UA"]
    assert "RU-1" not in reader.get("/claims/kursk_recaptured/UA").text


def test_arrow_keys_move_from_cell_to_cell_and_enter_opens(tab: Page, address):
    tab.goto(f"{address}/claims?group=troops_deployed")
    tab.locator("table.matrix tbody tr").nth(0).locator("th a").focus()
    here = "document.activeElement.closest('td, th').cellIndex + ',' + document.activeElement.closest('tr').rowIndex"
    for key, where in (("ArrowRight", "1,1"), ("ArrowDown", "1,2"), ("ArrowLeft", "0,2"), ("ArrowUp", "0,1")):
        tab.keyboard.press(key)
        assert tab.evaluate(here) == where
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile(r"/claims/\w+/\w+$"))


def test_a_mark_of_the_timeline_leads_to_the_words(tab: Page, address):
    tab.goto(f"{address}/claims/{CLAIM}")
    looks.drawn(tab)
    tab.locator("figure.chart path[aria-roledescription=point][aria-label*='KP']").last.click()
    tab.wait_for_url(re.compile(rf"/claims/{CLAIM}/KP#KP-\d$"))
    assert tab.locator(":target blockquote").count() == 1


@pytest.mark.parametrize("path", ["/claims", "/claims/kursk_recaptured"])
def test_it_is_accessible_in_every_light_and_width(tab: Page, address, path):
    tab.goto(address + path)
    looks.check(tab)
