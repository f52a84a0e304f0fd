"""Alerts: one for each thing that happened, and one for each that the rules are on."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, cast

from media_monitor import alerting
from media_monitor.doctor.finding import Finding
from media_monitor.doctor.patient import Patient
from media_monitor.model import Alert
from media_monitor.warehouse import lake, places
from media_monitor.watch import alert_rows
from media_monitor.watch.raising.alerts import CONFIRMING
from media_monitor.watch.raising.findings import key
from media_monitor.watch.sending import outbox

_MUTE = "it counts as acknowledged by the doctor, and does not go out"
_RAISE = "it is raised now; what the outbox says was sent is not sent again"


def find(patient: Patient) -> Iterator[Finding]:
    known = stored(patient)
    for first, second in _doubled(known):
        yield Finding(f"alert {second.alert_id}", f"tells what alert {first.alert_id} told: {second.summary}", _MUTE,
                      target=(first, second))  # fmt: skip
    if places.published(patient.home).exists():
        new, changed = alerting.unraised(patient.settings)
        for one in new:
            yield Finding(f"alert {one.alert_id}", f"was never raised: {one.summary}", _RAISE, target=one)
        for one in changed:
            yield Finding(f"alert {one.alert_id}", f"is not graded by what the ledger has: {one.summary}",
                          "it is brought up to date", "warning", target=one)  # fmt: skip
        yield from _unknown(patient, {one.alert_id for one in (*known, *new)})


def stored(patient: Patient) -> list[Alert]:
    return alert_rows.from_table(lake.seen(patient.home, "alerts"))


def _doubled(known: Sequence[Alert]) -> Iterator[tuple[Alert, Alert]]:
    """Alerts on one first confirmation, or first praise, of a claim by a party, of which more than one counts."""
    standing: dict[tuple[str, str, str, str], list[Alert]] = defaultdict(list)
    for one in known:
        if one.kind in CONFIRMING and one.wrong_at is None and one.withdrawn_at is None:
            standing[key(one)].append(one)
    for group in standing.values():
        first, *others = sorted(group, key=lambda one: (one.raised_at, one.alert_id))
        yield from ((first, one) for one in others if one.acknowledged_at is None)


def _unknown(patient: Patient, known: set[str]) -> Iterator[Finding]:
    """Messages that went out for alerts which are not stored, and which the ledger does not raise."""
    for path in sorted((patient.home / outbox.FOLDER).glob("*.json")):
        alert_id = path.name.partition(".")[0]
        if alert_id not in known:
            yield Finding(patient.named(path), f"tells of a message for alert {alert_id}, which is not stored; its "
                          "evidence may have been withdrawn, or a backup is older than the outbox",
                          severity="note")  # fmt: skip


def mend(patient: Patient, findings: Sequence[Finding]) -> None:
    alerting.finish_history(patient.settings)
    alerting.store(patient.settings, [_mended(finding.target, patient) for finding in findings])


def _mended(target: Any, patient: Patient) -> Alert:
    if isinstance(target, Alert):
        return target
    first, second = cast(tuple[Alert, Alert], target)
    told = f"media-monitor doctor: told by alert {first.alert_id}"
    return replace(second, acknowledged_at=patient.now, acknowledged_by=told)
