"""What happened that may be worth an alert, read from the published warehouse."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb

from media_monitor.beat import Beat
from media_monitor.errors import CorruptFileError, QueryError
from media_monitor.model import Alert, AlertKind, Confirmation
from media_monitor.watch import alert_rows
from media_monitor.watch.published import PUBLISHED, connected
from media_monitor.watch.raising import summaries

GAP = timedelta(days=2)  # a burst that pauses for a day, or turns out to have begun one earlier, is the same burst
_STEP = ", ".join(alert_rows.FIELDS)

CONFIRMATIONS = f"""
    SELECT {_STEP}, news, EXISTS (
        FROM ledger_words AS w WHERE w.claim = c.claim AND w.party = c.party AND w.state = 'confirmed'
    ) AS explicit
    FROM confirmations AS c WHERE first_statement IS NOT NULL ORDER BY since, party, claim
"""
DENIALS = f"SELECT {_STEP}, news FROM denials WHERE first_statement IS NOT NULL ORDER BY since, party, claim"
RETRACTIONS = f"SELECT {_STEP}, news FROM retractions WHERE first_statement IS NOT NULL ORDER BY since, party, claim"
WITHDRAWN = "SELECT DISTINCT statement_id FROM withdrawn_statements"
BURSTS = """
    SELECT subject_kind, subject, min(day) AS since, max(day) AS until, max(articles) AS articles,
        arg_max(expected, score) AS expected
    FROM bursts WHERE burst GROUP BY subject_kind, subject, episode ORDER BY subject_kind, subject, since
"""
SILENCES = "SELECT subject_kind, subject, last_news, usual_hours, silent_hours FROM silences WHERE silent ORDER BY ALL"
SPIKES = """
    SELECT "table" AS subject, day AS since, day AS until, rows, share, usual_share
    FROM quarantine_spikes WHERE spike ORDER BY subject, since
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that happened. `at`: when it was printed, or began; from `since` to `until`: the days that it lasts."""

    kind: AlertKind
    beat: str
    subject: str
    summary: str
    at: datetime
    news: bool = True
    step: Confirmation | None = None
    since: date | None = None
    until: date | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What may happen to the same subject again: kind, beat, subject, party."""
        return self.kind, self.beat, self.subject, self.step.party if self.step else ""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that happened, and the ids of the statements that their articles make no more."""

    happenings: tuple[Finding, ...] = ()
    withdrawn: frozenset[str] = frozenset()


def key(alert: Alert) -> tuple[str, str, str, str]:
    """As `Finding.key`."""
    step = alert.confirmation
    return alert.kind, step.beat if step else alert.beat, alert.subject, step.party if step else ""


def find(home: Path, beat: Beat, kinds: Collection[AlertKind]) -> Findings:
    """What happened of these kinds; confirmations always, for alerts that were raised are kept up to date by them.

    Raises:
        CorruptFileError: the published file is no DuckDB file.
        QueryError: it lacks a view.
    """
    path = home / PUBLISHED
    if not path.exists():
        return Findings()
    try:
        with connected(home) as connection:
            return read(connection, beat, kinds)
    except duckdb.ProgrammingError as error:
        raise QueryError(path, f"what happened cannot be read: {error}") from error
    except duckdb.Error as error:
        raise CorruptFileError(path, f"cannot be opened: {error}") from error


def read(connection: duckdb.DuckDBPyConnection, beat: Beat, kinds: Collection[AlertKind]) -> Findings:
    """As `find`, from an open database."""

    def ask(sql: str) -> list[dict[str, Any]]:
        return list(connection.sql(sql).to_arrow_table().to_pylist())

    found = [_said("first_confirmation" if r["explicit"] else "implicit", r, beat) for r in ask(CONFIRMATIONS)]
    found += [_said(kind, row, beat) for kind, sql in _WORDS.items() if kind in kinds for row in ask(sql)]
    for kind, (sql, sign) in _SIGNS.items():
        found += _joined([sign(row, beat) for row in ask(sql)]) if kind in kinds else []
    return Findings(tuple(found), frozenset(row["statement_id"] for row in ask(WITHDRAWN)))


def _joined(found: Sequence[Finding]) -> list[Finding]:
    """What lasts on days that are not far apart is one and the same; it is told by its last days."""
    joined: list[Finding] = []
    for one in found:
        before = joined[-1] if joined and joined[-1].key == one.key else None
        if before and before.until and one.since and one.since - before.until <= GAP:
            joined[-1] = replace(one, since=before.since)
        else:
            joined.append(one)
    return joined


def _said(kind: AlertKind, row: Mapping[str, Any], beat: Beat) -> Finding:
    values: dict[str, Any] = {n: tuple(row[n]) if isinstance(row[n], list) else row[n] for n in alert_rows.FIELDS}
    step = Confirmation(**values)
    told = summaries.words(kind, step, beat)
    return Finding(kind, step.beat, step.claim, told, step.printed_at, row["news"], step)


def _burst(row: Mapping[str, Any], beat: Beat) -> Finding:
    told = summaries.burst(row["subject_kind"], row["subject"], row["articles"], row["expected"], row["until"], beat)
    return _lasting("burst", row, told, beat)


def _spike(row: Mapping[str, Any], beat: Beat) -> Finding:
    told = summaries.spike(row["subject"], row["rows"], row["share"], row["usual_share"], row["until"])
    return _lasting("quarantine", row, told, beat)


def _lasting(kind: AlertKind, row: Mapping[str, Any], told: str, beat: Beat) -> Finding:
    last = datetime.combine(row["until"], time(), UTC)
    return Finding(kind, beat.name, row["subject"], told, last, since=row["since"], until=row["until"])


def _silence(row: Mapping[str, Any], beat: Beat) -> Finding:
    last = row["last_news"]
    told = summaries.silence(row["subject_kind"], row["subject"], last, row["silent_hours"], row["usual_hours"])
    return Finding("silence", beat.name, row["subject"], told, last, since=last.date())


_WORDS: Mapping[AlertKind, str] = {"denial": DENIALS, "reversal": RETRACTIONS}
_Sign = Callable[[Mapping[str, Any], Beat], Finding]
_SIGNS: Mapping[AlertKind, tuple[str, _Sign]] = {
    "burst": (BURSTS, _burst),
    "silence": (SILENCES, _silence),
    "quarantine": (SPIKES, _spike),
}
