"""The first page: alerts that wait, and the ledger."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from media_monitor import alerting
from media_monitor.report import ledger
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
