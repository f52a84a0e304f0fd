"""What people make of alerts, stored: for the command line and for a page. A wrong alert feeds the evaluation set.

The statements behind a wrong alert count nowhere in the ledger any more, so that the status of the party falls back to
what the rest of the evidence says. Their articles go to `evaluation/wrong.jsonl` of the data folder, in the gold
format, labelled without them.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from media_monitor import alerting, columns, consistency, exporting, tables
from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.extract import batch as extraction
from media_monitor.model import Alert, Article
from media_monitor.warehouse import lake, query
from media_monitor.warehouse.durable import make_folder, write_text
from media_monitor.watch import judgements
from media_monitor.watch.judgements import Judgement
from media_monitor.watch.raising import alerts

WRONG = Path("evaluation", "wrong.jsonl")  # below the data folder


@dataclass(frozen=True, slots=True)
class Judged:
    """What a verdict changed: alerts, statements that count no more (or again), and the status before and after it;
    None for an alert on nobody's words."""

    alerts: tuple[Alert, ...]
    statements: int
    before: str | None
    after: str | None


def one(settings: Settings, alert_id: str) -> Alert:
    """The alert with this id, or the only one whose id begins so.

    Raises:
        QueryError: there is none, or there are several.
    """
    found = [alert for alert in alerting.stored(settings) if alert_id and alert.alert_id.startswith(alert_id)]
    if len(found) != 1:
        told = f"{len(found)} alerts have ids that begin so" if found else "there is no such alert"
        raise QueryError(f"alert {alert_id}", told)
    return found[0]


def acknowledge(settings: Settings, alert_id: str, by: str | None = None) -> Alert:
    """Marks the alert as seen: it is not sent any more. Returns it.

    Raises:
        QueryError: there is no such alert.
    """
    with consistency.writing(settings):
        seen = judgements.acknowledged(one(settings, alert_id), by, settings.now())
        _store(settings, [seen], [])
    return seen


def judge_wrong(settings: Settings, alert_id: str, reason: str, by: str | None = None) -> Judged:
    """Marks the alert as wrong, and takes the statements behind it out of the ledger. Again it changes nothing.

    Raises:
        QueryError: there is no such alert, or no reason.
    """
    if not reason.strip():
        raise QueryError(f"alert {alert_id}", "a verdict needs a reason")
    with consistency.writing(settings):
        consistency.refresh(settings)
        alert, now = one(settings, alert_id), settings.now()
        if alert.wrong_at is not None:
            return Judged((), 0, _status(settings, alert), _status(settings, alert))
        before = _status(settings, alert)
        judged = judgements.wrong(alert, _evidence(settings, alert), reason, by, now)
        marked = judgements.marked(alerting.stored(settings), alert, {j.statement_id for j in judged}, reason, now)
        _store(settings, marked, judged)
        _label(settings, {judgement.article_id for judgement in judged})
        return Judged(tuple(marked), len(judged), before, _status(settings, alert))


def reopen(settings: Settings, alert_id: str, by: str | None = None) -> Judged:
    """Takes back that the alert is wrong, or was acknowledged: its statements count again. Again it changes nothing.

    Raises:
        QueryError: there is no such alert.
    """
    with consistency.writing(settings):
        consistency.refresh(settings)
        alert = one(settings, alert_id)
        before = _status(settings, alert)
        stored = _judgements(settings)
        opened, lifted = judgements.undone(alerting.stored(settings), alert, stored, by, settings.now())
        _store(settings, judgements.unseen(opened, alert), lifted)
        _label(settings, {judgement.article_id for judgement in lifted})
        return Judged(tuple(opened), len(lifted), before, _status(settings, alert))


def _store(settings: Settings, changed: Sequence[Alert], judged: Sequence[Judgement]) -> None:
    lake.merge(settings.home, {"alerts": alerts.table(changed), "judgements": tables.JUDGEMENTS.arrow(judged)})
    consistency.refresh(settings)
    exporting.refresh(settings)


def _evidence(settings: Settings, alert: Alert) -> list[dict[str, Any]]:
    if alert.confirmation is None:
        return []
    parameters = {"first": alert.confirmation.first_statement, "claim": alert.confirmation.claim}
    return query.rows(settings.home, judgements.EVIDENCE, parameters)


def _status(settings: Settings, alert: Alert) -> str | None:
    if alert.confirmation is None:
        return None
    sql = "SELECT state FROM claim_status WHERE claim = ? AND party = ?"
    found = query.rows(settings.home, sql, [alert.confirmation.claim, alert.confirmation.party])
    return str(found[0]["state"]) if found else None


def _judgements(settings: Settings) -> list[Judgement]:
    return columns.instances(Judgement, lake.read(settings.home, "judgements"))


def _label(settings: Settings, article_ids: set[str]) -> None:
    """Brings the evaluation set up to the verdicts on these articles; the lines of others stay as they are, for
    somebody may have mended them."""
    path = settings.home / WRONG
    kept = [line for line in _lines(path) if json.loads(line)["id"] not in article_ids]
    judged = [j for j in _judgements(settings) if j.verdict == "wrong" and j.article_id in article_ids]
    if article_ids:
        make_folder(path.parent)
        write_text(path, "".join(f"{line}\n" for line in [*kept, *_documents(settings, judged)]))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()] if path.exists() else []


def _documents(settings: Settings, judged: Iterable[Judgement]) -> list[str]:
    """A line for each article that a verdict is on: what is found in it, without the labels that nothing else of it
    bears out."""
    beat, wrong = Beat.load(settings.beat), {(j.article_id, j.claim, j.party, j.stance) for j in judged}
    ids = sorted({judgement.article_id for judgement in judged})
    sql = """
        FROM articles WHERE article_id IN (SELECT unnest(?::VARCHAR[]))
        QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY revision DESC) = 1 ORDER BY article_id
    """
    right = {tuple(row.values()) for row in query.rows(settings.home, _RIGHT, [ids])}
    lines = []
    for article in columns.instances(Article, query.run(settings.home, sql, [ids])):
        row = extraction.predict(extraction.document_of(article), beat)
        labels = [(article.article_id, label["claim"], label["party"], label["stance"]) for label in row["statements"]]
        row["statements"] = [
            label
            for label, found in zip(row["statements"], labels, strict=True)
            if found not in wrong or found in right
        ]
        lines.append(json.dumps(_document(article) | row, ensure_ascii=False))
    return lines


_RIGHT = """
    SELECT DISTINCT article_id, claim, party, stance FROM ledger_statements
    WHERE implied_by IS NULL AND article_id IN (SELECT unnest(?::VARCHAR[]))
"""


def _document(article: Article) -> dict[str, Any]:
    day = article.published_at.date().isoformat() if article.published_at else None
    return {
        "id": article.article_id, "language": article.language, "published": day, "outlet": article.outlet,
        "title": article.title, "text": article.text or "", "origin": "judged",
    }  # fmt: skip
