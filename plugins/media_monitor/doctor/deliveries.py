"""Deliveries: table `alerts` and outbox say the same, and each record can be read."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from media_monitor import alerting
from media_monitor.doctor import alerts
from media_monitor.doctor.finding import Finding
from media_monitor.doctor.patient import Patient
from media_monitor.model import Alert, Delivery
from media_monitor.watch.sending import delivery, outbox
from media_monitor.watch.sending.outbox import Record

_NOTED = "the table takes it over; nothing is sent"
_REWRITE = "one of what the table has, else `unknown`, takes its place; the damaged one is kept in .damaged/"


def find(patient: Patient) -> Iterator[Finding]:
    stored = alerts.stored(patient)
    known = {one.alert_id: one for one in stored}
    for path in sorted((patient.home / outbox.FOLDER).glob("*.json")):
        alert = known.get(path.name.partition(".")[0])
        try:
            record = outbox.read(path)
        except ValueError:
            instead = _rewritten(patient, path, alert, stored)
            yield Finding(patient.named(path), "is no record of a message: it cannot tell whether that was sent",
                          _REWRITE if instead else "", target=(path, alert, instead))  # fmt: skip
            continue
        if record is not None and alert is not None:
            yield from _of_one(path, record, alert)
    for path in sorted((patient.home / outbox.MESSAGES).glob("*.json")):
        yield from _message(patient, path)


def _of_one(path: Path, record: Record, alert: Alert) -> Iterator[Finding]:
    where = f"alert {alert.alert_id} through {record.channel}"
    if record.state == "sending" and outbox.is_free(path):
        record = replace(record, state="unknown", error=delivery.DIED)
    if record.state == "sending":
        yield Finding(where, "is being sent now", severity="note")
        return
    told = next((one for one in alert.deliveries if one.channel == record.channel), None)
    if told is None or told.state != record.state:
        state = told.state if told else "waiting"
        yield Finding(where, f"is {record.state} by the outbox, and {state} by the table", _NOTED,
                      target=(path, alert, record))  # fmt: skip
    if record.state == "unknown" and alert.acknowledged_at is None:
        yield Finding(where, f"nobody knows whether the message arrived: look, then `media-monitor alert --resend "
                      f"{alert.alert_id}` or acknowledge it", severity="warning")  # fmt: skip
    if record.state == "failed":
        yield Finding(where, f"did not go out: {record.error}; the next run tries again", severity="note")


def _message(patient: Patient, path: Path) -> Iterator[Finding]:
    try:
        json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        yield Finding(patient.named(path), f"is no message: {error}", "it moves to .damaged/", "warning",
                      target=(path, None, None))  # fmt: skip


def mend(patient: Patient, findings: Sequence[Finding]) -> None:
    after: dict[str, Alert] = {}
    for finding in findings:
        path, alert, record = finding.target
        if alert is None:
            patient.aside(path, finding.what)
            continue
        if finding.repair == _REWRITE:
            patient.copy_aside(path, finding.what)
        outbox.write(path, record)
        after[alert.alert_id] = _noted(after.get(alert.alert_id, alert), record)
    if after:
        alerting.store(patient.settings, list(after.values()))


def _noted(alert: Alert, record: Record) -> Alert:
    """The alert with what the record tells of its delivery."""
    by_channel = {one.channel: one for one in alert.deliveries}
    by_channel[record.channel] = Delivery(record.channel, record.state, record.at, record.error)
    return replace(alert, deliveries=tuple(by_channel[channel] for channel in sorted(by_channel)))


def _rewritten(patient: Patient, path: Path, alert: Alert | None, known: Sequence[Alert]) -> Record | None:
    """The record that a damaged file stands for; None where its alert or its channel cannot be told."""
    names = {one.channel for other in known for one in other.deliveries}
    channel = next((n for n in sorted(names) if alert and outbox.file_name(alert.alert_id, n) == path.name), None)
    if alert is None or channel is None:
        return None
    told = next((one for one in alert.deliveries if one.channel == channel), None)
    if told is not None and told.state != "sending":
        return Record(alert.alert_id, channel, "", told.state, told.at, told.error)
    return Record(alert.alert_id, channel, "", "unknown", patient.now, "its record in the outbox was damaged")
