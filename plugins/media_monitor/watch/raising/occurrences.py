"""Whether something that is found is what an alert was raised for already. Pure.

Late evidence moves dates, first words and grades of what happened; it does not make it happen again.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from media_monitor.model import Alert, Confirmation, stable_id
from media_monitor.watch.raising.findings import GAP, Finding, key


def paired(found: Iterable[Finding], stored: Iterable[Alert]) -> list[tuple[Finding, Alert | None]]:
    """Each finding with the alert that was raised for it, None for one that is new; an alert stands for one finding."""
    free: dict[tuple[str, str, str, str], _Free] = defaultdict(_Free)
    for one in stored:
        free[key(one)].add(one)
    return [(finding, free[finding.key].taken(finding)) for finding in found]


class _Free:
    """Alerts of one key that stand for no finding yet. Of reversals there may be many: they are looked up by what they
    rest on."""

    def __init__(self) -> None:
        self._alerts: dict[int, Alert] = {}
        self._resting: dict[str, set[int]] = defaultdict(set)

    def add(self, alert: Alert) -> None:
        number = len(self._alerts)
        self._alerts[number] = alert
        if alert.kind == "reversal":
            for ground in _grounds(alert.step):
                self._resting[ground].add(number)

    def taken(self, finding: Finding) -> Alert | None:
        """The first that was raised for the finding, which is free no more."""
        numbers: Iterable[int] = self._alerts
        if finding.kind == "reversal" and finding.step:
            numbers = sorted(set().union(*(self._resting.get(one, ()) for one in _grounds(finding.step))))
        for number in numbers:
            if number in self._alerts and _is_same(finding, self._alerts[number]):
                return self._alerts.pop(number)
        return None


def _is_same(finding: Finding, alert: Alert) -> bool:
    if finding.step is None:
        return _is_same_time(finding, alert)
    if finding.kind == "reversal":
        return _is_same_way(finding.step, alert.step) and overlaps(finding.step, alert.step)
    if alert.wrong_at is not None:
        return False  # its words count no more; whatever is found now are others
    return alert.withdrawn_at is None or overlaps(finding.step, alert.step)


def _is_same_time(finding: Finding, alert: Alert) -> bool:
    if finding.kind == "silence":
        return alert.raised_at >= finding.at  # nothing came since the alert
    if finding.since is None or finding.until is None or alert.since is None:
        return False
    return finding.since - GAP <= alert.since <= finding.until + GAP


def _is_same_way(one: Confirmation, other: Confirmation) -> bool:
    return (one.prior_status == "denied") == (other.prior_status == "denied")


def overlaps(one: Confirmation, other: Confirmation) -> bool:
    """Whether both rest on a statement or an article in common; a new revision has statements of its own."""
    return bool(_grounds(one) & _grounds(other))


def _grounds(step: Confirmation) -> set[str]:
    """Its statements, and the address of its article."""
    return {step.first_statement, *step.evidence, *([step.url] if step.url is not None else [])}


def new_id(finding: Finding, known: Sequence[str] | set[str]) -> str:
    """The id of the alert for a finding that has none: of kind and occurrence, free of those known."""
    if finding.step is None:
        moment = finding.at.isoformat() if finding.kind == "silence" else finding.since
        return stable_id(finding.beat, finding.kind, finding.subject, moment)
    first = finding.step.alert_id
    ids = [first if finding.kind == "first_confirmation" else stable_id(first, finding.kind)]
    while ids[-1] in known:
        ids.append(stable_id(first, finding.kind, len(ids) + 1))
    return ids[-1]
