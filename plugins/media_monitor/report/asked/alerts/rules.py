"""The rules in force for alerts, and their channels; never an address that may be a secret."""

from typing import Any

from media_monitor import alerting
from media_monitor.config import Settings
from media_monitor.watch.rules.rulebook import DEFAULT_CHANNEL, Rule, Rulebook
from media_monitor.watch.rules.timing import Times
from media_monitor.watch.sending.channels import Channel

Row = dict[str, Any]
REFERENCES = ("env", "airflow")  # addresses that only say where the address stands


def rows(settings: Settings) -> list[Row]:
    """A row a rule, in their order: an alert is of the first that is on what happened. Empty lists let all through.

    Raises:
        BeatError: the file of rules is faulty.
    """
    return [_row(rule) for rule in alerting.rules(settings).rules]


def channels(settings: Settings) -> list[Row]:
    """A row a channel: its name, what may be shown of its addresses, and which rules name it.

    Raises:
        BeatError: the file of rules is faulty.
    """
    book = alerting.rules(settings)
    known = {DEFAULT_CHANNEL: tuple(settings.alert_urls), **book.channels}
    return [
        {"channel": name, "addresses": [_shown(one) for one in found], "rules": _users(book, name)}
        for name, found in known.items()
    ]


def _row(rule: Rule) -> Row:
    return {
        "rule": rule.rule_id,
        "on": rule.on,
        "enabled": rule.enabled,
        "claims": sorted(rule.claims),
        "parties": sorted(rule.parties),
        "grades": sorted(rule.grades),
        "subjects": sorted(rule.subjects),
        "min_publishers": rule.min_publishers,
        "channels": list(rule.channels),
        "quiet": _quiet(rule.times),
        "digest": _digest(rule.times),
        "zone": str(rule.times.zone),
        "fresh_days": rule.fresh_days,
    }


def only(row: Row) -> str:
    """What the rule lets through, in words: "KP; primary, corroborated; 2 publishers"; empty for all."""
    lists = [", ".join(row[name]) for name in ("claims", "parties", "grades", "subjects") if row[name]]
    most = [f"at least {row['min_publishers']} publishers"] if row["min_publishers"] > 1 else []
    fresh = [f"up to {row['fresh_days']} days old"] if row["fresh_days"] is not None else []
    return "; ".join([*lists, *most, *fresh])


def when(row: Row) -> str:
    """When its alerts go out: "at once", or digest and quiet hours by the clock of a zone."""
    quiet = f"not {row['quiet']}" if row["quiet"] else ""
    told = ", ".join(part for part in (row["digest"], quiet) if part)
    return f"{told} ({row['zone']})" if told else "at once"


def _quiet(times: Times) -> str | None:
    return f"{times.quiet[0]:%H:%M}-{times.quiet[1]:%H:%M}" if times.quiet else None


def _digest(times: Times) -> str | None:
    if times.digest is None or isinstance(times.digest, str):
        return times.digest
    return f"daily {times.digest:%H:%M}"


def _shown(address: str) -> str:
    return address if address.partition(":")[0] in REFERENCES else Channel(address).name


def _users(book: Rulebook, channel: str) -> list[str]:
    return [rule.rule_id for rule in book.rules if channel in rule.channels]
