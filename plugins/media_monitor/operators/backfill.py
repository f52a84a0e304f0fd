"""Operators of a backfill: the parts of an archive planned, extracted side by side, and loaded.

What is read is told by the DAG run's parameters `sources`, `since`, `until`, `format`, `languages` and `alerts_since`.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from airflow.sdk import Context

from media_monitor.airflow_context import settings_of
from media_monitor.operators.assets import CONFIRMATIONS, NEW_CONFIRMATIONS, TABLES
from media_monitor.operators.stages import StageOperator, WriterOperator

if TYPE_CHECKING:
    from media_monitor.backfill.request import Request


class BackfillPlanOperator(WriterOperator):
    """Returns the parts of the sources that are not extracted yet, in groups; repairs what an interruption left."""

    def execute(self, context: Context) -> list[list[dict[str, Any]]]:
        from media_monitor.backfill import tasks

        groups = tasks.plan(settings_of(context), _request(context))
        self.log.info("%d parts are to be extracted, in %d groups", sum(map(len, groups)), len(groups))
        return groups


class BackfillExtractOperator(StageOperator):
    """Reads and extracts one group of parts; returns what was counted, and names what could not be read."""

    template_fields = ("group",)

    def __init__(self, *, group: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.group = group

    def execute(self, context: Context) -> dict[str, Any]:
        from media_monitor.backfill import tasks

        context["parts"] = f"{len(self.group)} parts from {self.group[0]['files'][0]}"  # type: ignore[typeddict-unknown-key]  # for map_index_template
        counted = tasks.extract(settings_of(context), _request(context), self.group)
        for where, reason in counted.pop("faults"):
            self.log.warning("%s: %s", where, reason)
        return counted


class BackfillLoadOperator(WriterOperator):
    """Loads what is extracted, oldest days first; emits `media-monitor/confirmations` only for what is news."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("outlets", [*TABLES.values(), NEW_CONFIRMATIONS])
        super().__init__(**kwargs)

    def execute(self, context: Context) -> dict[str, Any]:
        from media_monitor.backfill import tasks

        summary = tasks.load(settings_of(context), _request(context))
        for name, asset in TABLES.items():
            context["outlet_events"][asset].extra = {"rows": summary.rows.get(name, 0)}
        if summary.confirmations:
            extra: dict[str, Any] = {"confirmations": summary.confirmations}
            context["outlet_events"][NEW_CONFIRMATIONS].add(CONFIRMATIONS, extra=extra)
        for message in summary.messages:
            self.log.warning(message)
        return summary.as_json()


def _request(context: Context) -> "Request":
    from media_monitor.backfill.request import Request, format_named

    params = context["params"]

    def day(name: str) -> date | None:
        return date.fromisoformat(params[name]) if params.get(name) else None

    return Request(
        tuple(params["sources"]),
        day("since"),
        day("until"),
        format_named(params.get("format") or None),
        tuple(params.get("languages") or ()),
        day("alerts_since"),
    )
