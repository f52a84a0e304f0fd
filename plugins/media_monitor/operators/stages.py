"""One operator a stage of `media_monitor.pipeline`, for the shipped DAG and for DAGs of your own.

Settings come from `[media_monitor]` of airflow.cfg and the environment; the DAG run's parameters `beat`, `feeds`
and `force` win where the DAG declares them. All stages of a DAG run share a batch, named after the run. Give the
DAG `default_args=RETRIES`: a `TerminalError` then fails the task at once, and anything else is retried.

The pipeline is imported where a task runs, for Airflow imports this module each time that it parses a DAG file.
"""

from datetime import timedelta
from typing import Any

from airflow.sdk import BaseOperator, Context, ExceptionRetryPolicy, RetryAction, RetryRule

from media_monitor import cycles
from media_monitor.airflow_context import batch_of, settings_of
from media_monitor.metrics import emit
from media_monitor.operators.assets import CONFIRMATIONS, NEW_CONFIRMATIONS, TABLES
from media_monitor.operators.links import BatchQuality
from media_monitor.operators.stats import AirflowStats

WRITER_POOL = "media_monitor_writer"
"""Name of the pool of one slot in which the stages that write the lake and the warehouse run."""

RETRIES: dict[str, Any] = {
    "retries": 2,
    "retry_delay": timedelta(minutes=1),
    "retry_policy": ExceptionRetryPolicy(
        rules=[
            RetryRule(
                "media_monitor.errors.TerminalError",
                RetryAction.FAIL,
                reason="trying again cannot help; see the message",
            )
        ]
    ),
}
"""`default_args` of a DAG of these operators: three tries, one after an error that trying again cannot cure."""


class StageOperator(BaseOperator):
    """Base of all stages: each links to what became of its batch."""

    operator_extra_links = (BatchQuality(),)

    def pre_execute(self, context: Context) -> None:  # noqa: ARG002 - as Airflow calls it
        """Lets what the stage measures go where Airflow's own metrics go."""
        cycles.seldom()
        emit.use(AirflowStats())


class WriterOperator(StageOperator):
    """Base of the stages that write: one at a time, in the pool `media_monitor_writer`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("pool", WRITER_POOL)
        super().__init__(**kwargs)


class PlanOperator(WriterOperator):
    """Returns the chunks of feeds that are due, as `{"number", "feed_ids"}`; repairs what an interruption left."""

    def execute(self, context: Context) -> list[dict[str, Any]]:
        from media_monitor import pipeline

        chunks = pipeline.plan(settings_of(context), force=bool(context["params"].get("force")))
        self.log.info("%d feeds are due, in %d chunks", sum(map(len, chunks)), len(chunks))
        return [{"number": number, "feed_ids": feed_ids} for number, feed_ids in enumerate(chunks)]


class CollectOperator(StageOperator):
    """Fetches, archives and parses one chunk of feeds; returns the number of articles seen."""

    template_fields = ("chunk",)

    def __init__(self, *, chunk: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.chunk = chunk

    def execute(self, context: Context) -> int:
        from media_monitor import pipeline

        number, feed_ids = self.chunk["number"], self.chunk["feed_ids"]
        context["chunk"] = f"chunk {number}: {len(feed_ids)} feeds"  # type: ignore[typeddict-unknown-key]  # for map_index_template
        return pipeline.collect(settings_of(context), batch_of(context), number, feed_ids)


class SettleOperator(StageOperator):
    """Keeps what is new of all chunks; returns the numbers of the parts to extract."""

    template_fields = ("chunks",)

    def __init__(self, *, chunks: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.chunks = chunks

    def execute(self, context: Context) -> list[int]:
        from media_monitor import pipeline

        return list(range(pipeline.settle(settings_of(context), batch_of(context), len(self.chunks or ()))))


class PagesOperator(StageOperator):
    """Fetches the pages of new articles where the setting `full_text` wants them; returns pages by outcome."""

    template_fields = ("parts",)

    def __init__(self, *, parts: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.parts = parts

    def execute(self, context: Context) -> dict[str, int]:
        from media_monitor import pipeline

        return pipeline.pages(settings_of(context), batch_of(context), len(self.parts or ()))


class ExtractOperator(StageOperator):
    """Extracts mentions, events and statements of one part; returns the rows by table."""

    template_fields = ("part",)

    def __init__(self, *, part: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.part = part

    def execute(self, context: Context) -> dict[str, int]:
        from media_monitor import pipeline

        return pipeline.extract(settings_of(context), batch_of(context), self.part)


class ValidateOperator(StageOperator):
    """Checks the batch by Great Expectations: failing rows to quarantine, a failing batch stops the run."""

    template_fields = ("parts",)

    def __init__(self, *, parts: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.parts = parts

    def execute(self, context: Context) -> dict[str, int]:
        from media_monitor import pipeline

        return pipeline.validate(settings_of(context), batch_of(context), len(self.parts or ()))


class LoadOperator(WriterOperator):
    """Merges the batch into lake and warehouse; emits `media-monitor/confirmations` only when there is a new one."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("outlets", [*TABLES.values(), NEW_CONFIRMATIONS])
        super().__init__(**kwargs)

    def execute(self, context: Context) -> dict[str, Any]:
        from media_monitor import pipeline, results

        loaded = results.as_json(pipeline.load(settings_of(context), batch_of(context)))
        for name, asset in TABLES.items():
            context["outlet_events"][asset].extra = {"rows": loaded["rows"].get(name, 0)}
        if loaded["confirmations"]:
            extra = {"confirmations": loaded["confirmations"], "alerts": loaded["alerts"]}
            context["outlet_events"][NEW_CONFIRMATIONS].add(CONFIRMATIONS, extra=extra)
        for message in loaded["messages"]:
            self.log.warning(message)
        return loaded


class UpkeepOperator(WriterOperator):
    """Does one step of upkeep; returns what it removed. With the parameter `dry_run` it only tells what it would."""

    def __init__(self, *, step: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.step = step

    def execute(self, context: Context) -> list[dict[str, Any]]:
        from dataclasses import asdict

        from media_monitor.upkeep import steps

        rehearse = bool(context["params"].get("dry_run"))
        found = steps.run(settings_of(context), [self.step], rehearse=rehearse)
        for line in (line for done in found.values() for line in done.told):
            self.log.info(line)
        removals = [one for done in found.values() for one in done.removals]
        for one in removals:
            self.log.info("%s until %s: %d rows, %d files", one.what, one.until, one.rows, one.files)
        return [asdict(one) | {"until": str(one.until), "at": one.at.isoformat()} for one in removals]


class AlertOperator(WriterOperator):
    """Sends every alert that is due and that a channel has not had yet, through `ConfirmationNotifier`."""

    def __init__(self, *, apprise_conn_id: str | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("inlets", [CONFIRMATIONS])  # also makes Airflow know the asset before any DAG listens to it
        super().__init__(**kwargs)
        self.apprise_conn_id = apprise_conn_id

    def execute(self, context: Context) -> None:
        from media_monitor.notifications.confirmation import ConfirmationNotifier

        ConfirmationNotifier(apprise_conn_id=self.apprise_conn_id).notify(context)
