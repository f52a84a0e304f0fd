"""What the page shows: alerts, the ledger, and the evidence of one party on one claim."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from media_monitor import alerting
from media_monitor.beat import Beat
from media_monitor.model import Alert
from media_monitor.report import history, ledger
from media_monitor.warehouse import media
from media_monitor.watch.message.content import Branch
from media_monitor.watch.message.tree import Printed, branches
from media_monitor.web import render
from media_monitor.web.render import settings_of

router, api = APIRouter(default_response_class=HTMLResponse), APIRouter(tags=["ledger"])


@router.get("/")
def overview(request: Request) -> str:
    """Alerts that wait for somebody to look at them, then the ledger."""
    settings = settings_of(request)
    rows = ledger.rows(settings)
    parties = ledger.parties(rows)
    cells = {(row["claim"], row["party"]): row for row in rows}
    claims = {row["claim"]: row["title"] for row in rows}
    found = [alert for alert in alerting.stored(settings) if alert.implied_by is None]
    waiting = sorted(found, key=lambda alert: (alert.acknowledged_at is not None, -alert.raised_at.timestamp()))
    values = {"alerts": waiting, "claims": claims, "parties": parties, "cells": cells}
    return render.page(request, "overview.html", **values)


@api.get("/claims")
def matrix(request: Request) -> list[dict[str, Any]]:
    """The ledger: a row a claim and party, with its state and since when."""
    return ledger.rows(settings_of(request))


@api.get("/claims/{claim}")
def history_of_claim(request: Request, claim: str) -> dict[str, Any]:
    """The history of every party on a claim, with sources, opposite voices and what was withdrawn."""
    return history.dossier(settings_of(request), claim)


@router.get("/claims/{claim}")
def claim_page(request: Request, claim: str) -> str:
    """The history of every party on a claim."""
    return _evidence(request, claim, None)


@router.get("/claims/{claim}/{party}")
def evidence_page(request: Request, claim: str, party: str) -> str:
    """The evidence of one party on a claim: where alerts link to."""
    return _evidence(request, claim, party)


def _evidence(request: Request, claim: str, party: str | None) -> str:
    settings = settings_of(request)
    dossier = history.dossier(settings, claim, party)
    trees = {one["party"]: _tree(one, Beat.load(settings.beat)) for one in dossier["standing"]}
    alerts = [a for a in alerting.stored(settings) if _is_on(a, claim, party)]
    here = f"/claims/{claim}/{party}" if party else f"/claims/{claim}"
    return render.page(request, "evidence.html", dossier=dossier, trees=trees, alerts=alerts, here=here)


def _tree(one: dict[str, Any], beat: Beat) -> tuple[Branch, ...]:
    """Where the present state of the party comes from."""
    names = media.titles(beat)
    wanted = "praised" if one["state"] == "implicit" else one["state"]
    return branches([_printed(row, names) for row in one["sources"] if row["state"] == wanted], beat)


def _printed(row: dict[str, Any], names: dict[str, str]) -> Printed:
    carriers = tuple(names.get(step, step) for step in row["carriers"])
    source = names.get(row["primary_source"], row["primary_source"])
    return Printed(row["article_id"], source, carriers, row["outlet"], row["printed_at"], row["copy_of"])


def _is_on(alert: Alert, claim: str, party: str | None) -> bool:
    found = alert.confirmation
    return found is not None and found.claim == claim and party in (None, found.party)
