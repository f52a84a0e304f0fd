"""The fields of an exported confirmation, declared once: every format and the asset event are made of them."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from media_monitor.columns import DAY, FLAG, INT, TEXT, TEXTS, TIME, Column, Table
from media_monitor.model import Alert, stable_id

Row = dict[str, Any]
"""A value for each field, in their order; texts without characters that XML cannot hold, times aware and in UTC."""

TABLE = Table(
    "confirmations",
    "What parties said on claims, with evidence, as it is given out.",
    key=("alert_id",),
    owner=("alert_id",),
    columns=(
        Column("alert_id", TEXT, "Id of the alert; of what raised none, a stable hash of its own"),
        Column("beat", TEXT, "The beat"),
        Column("claim", TEXT, "Id of the claim"),
        Column("party", TEXT, "Whose word it is"),
        Column(
            "state", TEXT, "What the word comes to: confirmed or implicit; among steps also alleged, declined, denied"
        ),
        Column("grade", TEXT, "How sure: primary, corroborated, single source, implicit, disputed or on record"),
        Column("reversal", FLAG, "True when it is against an earlier opposite stance of the same party"),
        Column("implied_by", TEXT, "The more specific claim whose confirmation implies this one", null=True),
        Column("prior_status", TEXT, "Status of the party on the claim before: silent, alleged, declined, denied …"),
        Column("since", DAY, "The day on which it was said, UTC"),
        Column("first_statement", TEXT, "Id of the statement shown; null for what is on record alone", null=True),
        Column("evidence", TEXTS, "Ids of all statements that say so"),
        Column("publishers", INT, "Independent publishers behind the evidence"),
        Column("speaker", TEXT, "Who said it, as printed", null=True),
        Column("speaker_id", TEXT, "Entity id of the speaker; null for somebody not listed", null=True),
        Column("quote", TEXT, "The words, in their own language", null=True),
        Column("via", TEXTS, "Source chain, from the outlet's side to the speaker"),
        Column("outlet", TEXT, "Who printed it", null=True),
        Column("url", TEXT, "The article, or the source of the record", null=True),
        Column("title", TEXT, "Headline of the article", null=True),
        Column("language", TEXT, "Language of article and quote", null=True),
        Column("printed_at", TIME, "When the article was printed, or first fetched where it is undated", null=True),
        Column("summary", TEXT, "What was new, in one line of English; null for what raised no alert", null=True),
        Column("raised_at", TIME, "When the alert was raised; null for what raised none", null=True),
        Column("changed_at", TIME, "When the alert was last graded or dated anew", null=True),
        Column("withdrawn_at", TIME, "When the last of its evidence was withdrawn by its publisher", null=True),
        Column("wrong_at", TIME, "When somebody at the desk judged it wrong", null=True),
    ),
)

_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STATES = {"implicit": "implicit", "denial": "denied"}


def row(values: Mapping[str, Any]) -> Row:
    """The fields of the values, which may hold more; those with no `alert_id` are given one."""
    found = {name: _clean(values.get(name)) for name in TABLE.names}
    if found["alert_id"] is None:
        first = found["first_statement"] or found["since"]
        found["alert_id"] = stable_id(*(found[name] for name in ("beat", "claim", "party", "state")), first)
    return found


def of_alert(alert: Alert) -> Row:
    """The fields of an alert on somebody's words.

    Raises:
        ValueError: it tells of no words.
    """
    step = alert.step
    own = {name: getattr(alert, name) for name in TABLE.names if hasattr(alert, name)}
    words = {name: getattr(step, name) for name in TABLE.names if hasattr(step, name)}
    return row(own | words | {"alert_id": alert.alert_id, "state": _STATES.get(alert.kind, "confirmed")})


def plain(found: Row) -> dict[str, Any]:
    """The same as JSON values: days and times as ISO 8601, null where there is none."""
    return {name: v.isoformat() if isinstance(v, date) else v for name, v in found.items()}


def ordered(found: Iterable[Row]) -> list[Row]:
    """The rows by the day on which it was said, whatever their order was."""
    return sorted(
        found, key=lambda r: (r["since"], *(str(r[n] or "") for n in ("printed_at", "claim", "party", "alert_id")))
    )


def created(found: Row) -> datetime:
    """When it became known: raised, else printed, else said."""
    moment: datetime | None = found["raised_at"] or found["printed_at"]
    return moment or datetime.combine(found["since"], time(), UTC)


def updated(found: Row) -> datetime:
    """When it was last told differently."""
    later: list[datetime] = [found[n] for n in ("changed_at", "withdrawn_at", "wrong_at") if found[n]]
    return max([created(found), *later])


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, list | tuple):
        return [_clean(part) for part in value]
    return value.astimezone(UTC) if isinstance(value, datetime) else value
