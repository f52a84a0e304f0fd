"""Claims: the matrix of claims and parties, and the evidence behind each cell."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import Field

from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.report.asked.alerts import raised
from media_monitor.report.asked.claims import history, ledger
from media_monitor.warehouse import media
from media_monitor.watch.message.content import Branch
from media_monitor.watch.message.tree import Printed, branches
from media_monitor.web import render
from media_monitor.web.asked import Filters
from media_monitor.web.charts import drawing, registry
from media_monitor.web.render import settings_of

router, api = APIRouter(default_response_class=HTMLResponse), APIRouter(tags=["claims"])

MOST_STEPS, MOST_SOURCES = 40, 60  # of a party on its page; the command line has all
MOST_STEPS_EACH, MOST_SOURCES_EACH = 10, 10  # of each party on the page of a claim
MOST_ALERTS = 10  # on a page; the page of alerts has all

State = StrEnum("State", list(ledger.MARKS))  # type: ignore[misc]
_Claim = Annotated[str, Path(max_length=200, description="Id of a claim of the beat")]
_Party = Annotated[str, Path(max_length=200, description="Code of a party, as KP or UN")]


class Chosen(Filters):
    """The query string of the matrix."""

    group: Annotated[str | None, Field(max_length=200)] = Field(
        None, description="A claim, with all claims that imply it or that it implies"
    )
    state: State | None = Field(None, description="Where a party stands")

    def wanted(self) -> ledger.Wanted:
        """The cells that are asked for."""
        return ledger.Wanted(self.group, self.party, self.state.value if self.state else None, self.since, self.until)


_Chosen = Annotated[Chosen, Query()]


@router.get("/claims")
def matrix_page(request: Request, asked: _Chosen) -> str:
    """Claims in rows, parties in columns: where each stands, since when, and how sure that is."""
    settings = settings_of(request)
    rows = ledger.rows(settings, asked.wanted())
    everybody = rows if asked.wanted() == ledger.ALL else ledger.rows(settings)
    values = {
        "parties": ledger.parties(rows),
        "every_party": sorted({row["party"] for row in everybody}),
        "claims": {row["claim"]: row["title"] for row in rows},
        "groups": ledger.groups(settings),
        "cells": {(row["claim"], row["party"]): row for row in rows},
        "asked": asked,
        "signs": ledger.SIGNS,
        "sign_words": ledger.SIGN_WORDS,
        "state_words": ledger.STATE_WORDS,
    }
    return render.page(request, "claims.html", **values)


@api.get("/claims")
def matrix(request: Request, asked: _Chosen) -> list[dict[str, Any]]:
    """The ledger: a row a claim and party, with its state and since when."""
    return ledger.rows(settings_of(request), asked.wanted())


@api.get("/claims/{claim}")
def history_of_claim(request: Request, claim: _Claim) -> dict[str, Any]:
    """The history of every party on a claim, with sources, opposite voices and what was withdrawn."""
    return _dossier(settings_of(request), claim, None)


@api.get("/claims/{claim}/{party}")
def history_of_party(request: Request, claim: _Claim, party: _Party) -> dict[str, Any]:
    """The history of one party on a claim, with sources, opposite voices and what was withdrawn."""
    return _dossier(settings_of(request), claim, party)


@router.get("/claims/{claim}")
def claim_page(request: Request, claim: _Claim) -> str:
    """The history of every party on a claim."""
    return _evidence(request, claim, None)


@router.get("/claims/{claim}/{party}")
def evidence_page(request: Request, claim: _Claim, party: _Party) -> str:
    """The evidence of one party on a claim: where alerts link to."""
    return _evidence(request, claim, party)


def _evidence(request: Request, claim: str, party: str | None) -> str:
    settings = settings_of(request)
    dossier = _dossier(settings, claim, party)
    beat = Beat.load(settings.beat)
    names = media.titles(beat)
    found = raised.rows(settings, raised.Filters(claim=dossier["claim"], party=party and party.upper()), page=1)
    values = {
        "dossier": dossier,
        "trees": {one["party"]: _tree(one, beat, names) for one in dossier["standing"]},
        "alerts": found[:MOST_ALERTS],
        "more_alerts": len(found) > MOST_ALERTS,
        "chart": drawing.draw(
            settings, registry.chart("claim_history"), Filters.model_validate({"claim": claim, "party": party})
        ),
        "here": f"/claims/{claim}/{party}" if party else f"/claims/{claim}",
        "party": party,
    }
    return render.page(request, "evidence.html", **values)


def _dossier(settings: Settings, claim: str, party: str | None) -> dict[str, Any]:
    most = (MOST_STEPS, MOST_SOURCES) if party else (MOST_STEPS_EACH, MOST_SOURCES_EACH)
    return history.dossier(settings, claim, party, most=most)


def _tree(one: dict[str, Any], beat: Beat, names: dict[str, str]) -> tuple[Branch, ...]:
    """Where the present state of the party comes from."""
    wanted = "praised" if one["state"] == "implicit" else one["state"]
    return branches([_printed(row, names) for row in one["sources"] if row["state"] == wanted], beat)


def _printed(row: dict[str, Any], names: dict[str, str]) -> Printed:
    carriers = tuple(names.get(step, step) for step in row["carriers"])
    source = names.get(row["primary_source"], row["primary_source"])
    return Printed(row["article_id"], source, carriers, row["outlet"], row["printed_at"], row["copy_of"])
