"""Confirmations found in the published warehouse, and the alerts that they raise: one each, ever."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from media_monitor import columns
from media_monitor.errors import CorruptFileError, QueryError
from media_monitor.model import Alert, AlertKind, Confirmation, stable_id
from media_monitor.watch import rows

PUBLISHED = "warehouse.duckdb"
FOUND = f"SELECT {', '.join(rows.FIELDS)} FROM confirmations WHERE news ORDER BY since, party, claim"
OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
GRADED = ("grade", "since", "prior_status", "reversal", "first_statement")

table = rows.to_table
stored = rows.from_table


def find(home: Path) -> list[Confirmation]:
    """First confirmations that some article reported as news, oldest first; [] when nothing is published yet.

    Raises:
        CorruptFileError: the published file is no DuckDB file.
        QueryError: it lacks the view `confirmations`.
    """
    path = home / PUBLISHED
    if not path.exists():
        return []
    try:
        with duckdb.connect(path, read_only=True, config=OFFLINE) as connection:
            connection.execute("SET TimeZone = 'UTC'").fetchall()
            return columns.instances(Confirmation, connection.sql(FOUND).to_arrow_table())
    except duckdb.ProgrammingError as error:
        raise QueryError(path, f"the confirmations cannot be read: {error}") from error
    except duckdb.Error as error:
        raise CorruptFileError(path, f"cannot be opened: {error}") from error


def raise_new(found: list[Confirmation], stored: pa.Table, now: datetime) -> tuple[list[Alert], list[Alert]]:
    """(new, changed): alerts for confirmations that have none yet, and stored ones that are graded or dated anew.

    Neither a later date, nor a better grade, nor direct words after implied ones make a second alert. `found` holds
    one confirmation for each beat, claim and party; `stored` is the table `alerts`; `now` is aware.
    """
    known = {alert.alert_id: alert for alert in rows.from_table(stored)}
    raised = [_raised(c, now) for c in found]
    new = [alert for alert in raised if alert.alert_id not in known]
    regraded = [_regraded(known[a.alert_id], a.step) for a in raised if a.alert_id in known]
    return new, [alert for alert in regraded if alert != known[alert.alert_id]]


def _raised(found: Confirmation, now: datetime) -> Alert:
    kind: AlertKind = "implicit" if found.grade == "implicit" else "first_confirmation"
    verb = "acknowledges" if kind == "implicit" else "confirms"
    alert_id = stable_id(found.alert_id, kind) if kind == "implicit" else found.alert_id
    return Alert(alert_id, now, kind, kind, found.claim, f"{found.party} {verb} {found.claim}", found)


def _regraded(alert: Alert, found: Confirmation) -> Alert:
    before = alert.step
    if all(getattr(before, name) == getattr(found, name) for name in GRADED):
        return alert
    # What was raised as implied stays so: it was told of with the specific claim and is no news of its own.
    return replace(alert, confirmation=replace(found, implied_by=before.implied_by))
