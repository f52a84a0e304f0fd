"""What is worth an alert, to whom it goes and when: the rules of `alerts.toml`, as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from media_monitor.model import AlertKind, Confirmation
from media_monitor.watch.rules.timing import Times

DEFAULT_CHANNEL = "default"
WORDS: tuple[AlertKind, ...] = ("first_confirmation", "implicit", "denial", "reversal", "grade_raised", "withdrawn")
SIGNS: tuple[AlertKind, ...] = ("burst", "silence", "quarantine")
KINDS = WORDS + SIGNS

# Days after which something is no news any more, however late it is learned; None: it always is.
# First confirmations and implicit acknowledgements are news by the ledger's own flag (record.toml); a rise of a grade
# or a withdrawal is measured against an alert that was raised.
FRESH_DAYS: Mapping[AlertKind, int | None] = {
    "first_confirmation": None, "implicit": None, "denial": 30, "reversal": 30, "grade_raised": None,
    "withdrawn": None, "burst": 2, "silence": 30, "quarantine": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Empty `claims`, `parties`, `grades` and `subjects` let everything through."""

    rule_id: str
    on: AlertKind
    claims: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    grades: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    min_publishers: int = 1
    channels: tuple[str, ...] = (DEFAULT_CHANNEL,)
    times: Times = Times()
    fresh_days: int | None = None
    enabled: bool = True

    def takes(self, kind: AlertKind, subject: str, step: Confirmation | None) -> bool:
        """Whether the rule is on what happened. `step` is None for bursts, silences and quarantine."""
        if not self.enabled or self.on != kind or (self.subjects and subject not in self.subjects):
            return False
        return step is None or (
            (not self.claims or step.claim in self.claims)
            and (not self.parties or step.party in self.parties)
            and (not self.grades or step.grade in self.grades)
            and step.publishers >= self.min_publishers
        )

    def is_fresh(self, happened_at: datetime, now: datetime) -> bool:
        """Whether what happened then is still news."""
        return self.fresh_days is None or happened_at >= now.astimezone(UTC) - timedelta(days=self.fresh_days)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules, in their order, and the channels by name: Apprise URLs, `env:NAME` or `airflow:connection`."""

    rules: tuple[Rule, ...]
    channels: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def first(self, kind: AlertKind, subject: str, step: Confirmation | None) -> Rule | None:
        """The first rule that is on what happened; an alert belongs to one rule."""
        return next((rule for rule in self.rules if rule.takes(kind, subject, step)), None)

    def of(self, rule_id: str, kind: AlertKind) -> Rule:
        """The rule with this id. For one that is gone: its alerts go out at once, through the channel `default`."""
        return next((rule for rule in self.rules if rule.rule_id == rule_id), Rule(rule_id, kind))

    @property
    def kinds(self) -> frozenset[AlertKind]:
        """The kinds that some rule is on."""
        return frozenset(rule.on for rule in self.rules if rule.enabled)


def plain(kinds: Sequence[AlertKind] = ("first_confirmation", "implicit", "reversal", "withdrawn")) -> Rulebook:
    """A rule on each of the kinds, named like it: what a beat without `alerts.toml` has."""
    return Rulebook(tuple(Rule(kind, kind, fresh_days=FRESH_DAYS[kind]) for kind in kinds))
