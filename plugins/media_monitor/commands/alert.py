"""`media-monitor alert`: sends what is due, shows what would be sent, lists and judges alerts, tests channels."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from media_monitor import alerting, judging, pipeline, rehearsal
from media_monitor.commands.options import Json, day
from media_monitor.commands.who import user
from media_monitor.config import Settings
from media_monitor.errors import QueryError
from media_monitor.judging import Judged
from media_monitor.metrics import sinks
from media_monitor.report.asked.alerts import messages, raised
from media_monitor.report.asked.alerts import rules as rules_in_force
from media_monitor.report.asked.alerts.raised import Filters
from media_monitor.report.printed.alerts import print_alerts, print_rules
from media_monitor.report.printed.terminal import Terminal
from media_monitor.report.printed.values import print_json
from media_monitor.watch.rules.rulebook import KINDS

app = typer.Typer(help="Send every alert that is due and that a channel has not had yet; or show, judge and test.")
out, err = Terminal(), Terminal(stderr=True)
State = StrEnum("State", tuple(raised.GROUPS))  # type: ignore[misc]
Kind = StrEnum("Kind", KINDS)  # type: ignore[misc]

_Id = Annotated[str, typer.Argument(help="The alert, or the beginning of its id")]
_By = Annotated[str | None, typer.Option(help="Who says so; default your user name")]


@app.callback(invoke_without_command=True)
def send(
    context: typer.Context,
    resend: Annotated[
        str | None, typer.Option(help="Send this alert again where it is not known to have arrived")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be sent; send nothing")] = False,
) -> None:
    """Send every alert that is due and that a channel has not had yet; or show, judge and test."""
    if context.invoked_subcommand is not None:
        if resend or dry_run:
            raise typer.BadParameter(f"give options after the command: alert {context.invoked_subcommand} …")
        return
    settings = context.obj.settings()
    if dry_run:
        _print_rehearsal(settings)
        return
    sinks.use(settings)
    with err.status("alert"):
        delivered = pipeline.alert(settings, resend, by=user() if resend else None)
    out.print(f"{delivered.sent} alerts sent")
    if not delivered.sent and not alerting.directory(settings).reachable:
        out.print("No channel is set: put Apprise URLs into MEDIA_MONITOR_ALERT_URLS, or channels into alerts.toml.")
    for line in delivered.unknown:
        out.print(line, style="yellow", markup=False)


def _print_rehearsal(settings: Settings) -> None:
    found = rehearsal.rehearse(settings)
    for parcel in found.parcels:
        ids = ", ".join(alert.alert_id for alert in parcel.alerts)
        title = f"through {parcel.channel} ({parcel.address}), rule {parcel.rule}, alerts {ids}"
        out.rule(title, align="left", style="dim")
        out.print(parcel.message.text, markup=False, highlight=False, soft_wrap=True)
    for line in found.lost:
        out.print(f"! {line}", style="yellow", markup=False)
    for alert in found.later:
        out.print(f"{alert.alert_id} is due {alert.due_at:%Y-%m-%d %H:%M} UTC: {alert.summary}", markup=False)
    out.print(f"{len(found.parcels)} messages would be sent now; nothing was.", style="bold")


@app.command("list")
def listed(
    context: typer.Context,
    state: Annotated[list[State] | None, typer.Option(help="Only what is so; may be repeated")] = None,
    pending: Annotated[bool, typer.Option("--pending", help="Only what still waits to be sent")] = False,
    failed: Annotated[bool, typer.Option("--failed", help="Only what a channel did not take, or may not have")] = False,
    wrong: Annotated[bool, typer.Option("--wrong", help="Only what was judged wrong")] = False,
    kind: Annotated[Kind | None, typer.Option(help="Only alerts of this kind")] = None,
    claim: Annotated[str | None, typer.Option(help="Only alerts on this claim")] = None,
    party: Annotated[str | None, typer.Option(help="Only alerts on the words of this party")] = None,
    since: Annotated[date | None, day("Raised on this day or later")] = None,
    until: Annotated[date | None, day("Raised on this day or before")] = None,
    q: Annotated[str | None, typer.Option(help="Only those with these words in line, quote, speaker or title")] = None,
    page: Annotated[int | None, typer.Option(min=1, help="One page of 50; default all")] = None,
    as_json: Json = False,
) -> None:
    """Alerts, the newest first, and what became of each."""
    flags = {"pending": pending, "failed": failed, "wrong": wrong}
    groups = (*(one.value for one in state or ()), *(name for name, asked in flags.items() if asked))
    asked = Filters(groups, kind and kind.value, claim, party, None, None, since, until, q)
    found = raised.rows(context.obj.settings(), asked, page)
    if as_json:
        print_json(found)
    else:
        print_alerts(out, found)


@app.command()
def show(
    context: typer.Context,
    alert_id: _Id,
    html: Annotated[Path | None, typer.Option(help="Write the message as a page to this file instead")] = None,
    sent: Annotated[bool, typer.Option("--sent", help="As it was sent, not as it would go out now")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the alert whole, as JSON")] = False,
) -> None:
    """The message of an alert, as it would go out; or as it was sent."""
    settings = context.obj.settings()
    if as_json:
        print_json(messages.whole(settings, judging.one(settings, alert_id).alert_id))
        return
    text, page = _sent(settings, alert_id) if sent else _now(settings, alert_id)
    if html is None:
        out.print(text, markup=False, highlight=False, soft_wrap=True)
    else:
        html.write_text(page, encoding="utf-8")
        out.print(f"written: {html}", markup=False)


def _now(settings: Settings, alert_id: str) -> tuple[str, str]:
    message = rehearsal.message(settings, alert_id)
    return message.text, message.html


def _sent(settings: Settings, alert_id: str) -> tuple[str, str]:
    alert = judging.one(settings, alert_id)
    kept = messages.last(settings, alert.alert_id)
    if kept is None:
        raise QueryError(f"alert {alert.alert_id}", "no message of it was kept: it was not sent yet")
    return kept.text, kept.html


@app.command()
def rules(context: typer.Context, as_json: Json = False) -> None:
    """The rules in force, and their channels."""
    settings = context.obj.any_folder()
    found, known = rules_in_force.rows(settings), rules_in_force.channels(settings)
    if as_json:
        print_json({"rules": found, "channels": known})
    else:
        print_rules(out, found, known)


@app.command("test")
def tried(
    context: typer.Context,
    channel: Annotated[str, typer.Argument(help="A channel of alerts.toml; `default` is alert_urls")] = "default",
) -> None:
    """Send a test message through one channel."""
    with err.status("test"):
        reached = rehearsal.probe(context.obj.any_folder(), channel)
    out.print(f"channel {channel}: {', '.join(reached)} took the test message", markup=False)


@app.command()
def ack(context: typer.Context, alert_id: _Id, by: _By = None) -> None:
    """Mark an alert as seen: it is not sent any more."""
    alert = judging.acknowledge(context.obj.settings(), alert_id, by or user())
    out.print(f"alert {alert.alert_id}: acknowledged by {alert.acknowledged_by}", markup=False)


@app.command()
def wrong(
    context: typer.Context,
    alert_id: _Id,
    reason: Annotated[str, typer.Option(help="Why it is wrong")],
    by: _By = None,
) -> None:
    """Judge an alert wrong: its statements count no more, and their articles feed the evaluation set."""
    settings = context.obj.settings()
    _print_judged(judging.judge_wrong(settings, alert_id, reason, by or user()), "judged wrong", "count no more")
    if (settings.home / judging.WRONG).exists():
        out.print(f"labelled for evaluation: {settings.home / judging.WRONG}", markup=False)


@app.command()
def reopen(context: typer.Context, alert_id: _Id, by: _By = None) -> None:
    """Take back that an alert is wrong, or was seen: its statements count again."""
    _print_judged(judging.reopen(context.obj.settings(), alert_id, by or user()), "reopened", "count again")


def _print_judged(found: Judged, what: str, counts: str) -> None:
    out.print(f"{len(found.alerts)} alerts {what}; {found.statements} statements {counts}")
    if found.before is not None:
        told = f"{found.before}, as before" if found.before == found.after else f"{found.before} → {found.after}"
        out.print(f"status on the claim: {told}")
