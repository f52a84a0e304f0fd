"""Every metric by its name; the page docs/metrics.md is made of it:
`python -m media_monitor.metrics.registry > docs/metrics.md`.

Names are those of Airflow's own metrics in form: words and dots, `{part}` standing for a value. They have no tags:
plain StatsD would lose them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["counter", "gauge", "timer"]
PREFIX = "media_monitor."
_UNFIT = re.compile(r"[^a-zA-Z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Metric:
    """What is counted or measured. Timers are in milliseconds, as StatsD has them."""

    name: str
    kind: Kind
    doc: str

    def named(self, parts: Mapping[str, str]) -> str:
        """The name with its values, which lose what a name may not have."""
        return PREFIX + self.name.format(**{part: _UNFIT.sub("_", value) for part, value in parts.items()})


METRICS: Mapping[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric("stage.{stage}", "timer", "A stage of a run (plan, collect, … alert), a chunk or part each"),
        Metric("stage_failures.{stage}", "counter", "Stages that ended in an error"),
        Metric("feeds.fetched", "counter", "Feeds asked in batches that were loaded"),
        Metric("feeds.failed", "counter", "Feeds among them that gave an error"),
        Metric("feeds.unchanged", "counter", "Feeds among them that gave no error, and nothing new"),
        Metric("articles.new", "counter", "Articles, and later revisions of articles, that were stored"),
        Metric("facts.{table}", "counter", "Mentions, events and statements that were stored"),
        Metric("quarantined.{table}", "counter", "Rows that failed an expectation, by the table they were for"),
        Metric("batches.loaded", "counter", "Batches that were loaded"),
        Metric("batches.rejected", "counter", "Batches of which nothing was loaded: a critical expectation failed"),
        Metric("alerts.raised", "counter", "Alerts that a load raised"),
        Metric("alerts.sent", "counter", "Alerts that a channel took"),
        Metric("alerts.failed", "counter", "Deliveries that a channel did not take, or may not have"),
        Metric("alerts.waiting", "gauge", "Alerts that are due and were not sent, after a load or a delivery"),
        Metric("outbox.records", "gauge", "Records in the outbox, one a message"),
        Metric("articles.newest_age_seconds", "gauge", "Seconds since the newest article was printed, after a load"),
        Metric("warehouse.bytes", "gauge", "Size of the published warehouse file, after a load"),
        Metric("disk.free_bytes", "gauge", "Free space where the data folder is, after a load"),
        Metric("upkeep.rows", "counter", "Rows that upkeep removed"),
        Metric("upkeep.bytes", "counter", "Bytes that upkeep freed"),
    )
}

_SWITCHES = {
    "AIRFLOW__METRICS__STATSD_ON=True": (
        "StatsD by UDP, through the package `statsd`: `pip install 'media-monitor[statsd]'`. Where that is missing "
        "Airflow logs `Could not configure StatsClient` and sends nothing"
    ),
    "AIRFLOW__METRICS__STATSD_HOST`, `…_STATSD_PORT": "where to; default localhost, 8125",
    "AIRFLOW__METRICS__STATSD_PREFIX`, `…_OTEL_PREFIX": "what stands before all names; default `airflow`",
    "AIRFLOW__METRICS__OTEL_ON=True": (
        "OpenTelemetry, to the collector of `OTEL_EXPORTER_OTLP_ENDPOINT`; no other package. A task sends as it ends. "
        "Where both are on StatsD alone gets them"
    ),
    "AIRFLOW__METRICS__METRICS_ALLOW_LIST": (
        "regular expressions with commas between them: only names in which one is found, without the prefix, are sent. "
        "`^media_monitor\\.,^ti\\.finish` leaves ours and the ends of tasks"
    ),
}
_HEAD = """# Metrics

Made from `plugins/media_monitor/metrics/registry.py` by `python -m media_monitor.metrics.registry > docs/metrics.md`.

In Airflow they go where Airflow's own metrics go, with its prefix before them: `airflow.media_monitor.articles.new`.
That is nowhere until it is switched on, in `[metrics]` of airflow.cfg or in the environment of scheduler, workers and
whatever else of Airflow shall tell of itself (`make up` hands its own environment to all):

{switches}
Without Airflow, `media-monitor run`, `alert`, `upkeep` and the commands of single stages send them where they are told
to:

| setting | where to |
| --- | --- |
| `MEDIA_MONITOR_STATSD=localhost:8125` | StatsD, by UDP |
| `OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318` | an OpenTelemetry collector, by OTLP over HTTP |

The other standard variables `OTEL_…` hold too. Nothing is sent where neither is set. A receiver that is down costs a
run nothing but a line in its log. Timers are in milliseconds. For probes rather than graphs there is
[`media-monitor health`](upkeep.md#is-it-well).

| name | kind | what |
| --- | --- | --- |
"""


def page() -> str:
    """The page, Markdown."""
    switches = "".join(f"| `{switch}` | {told} |\n" for switch, told in _SWITCHES.items())
    rows = (f"| `{PREFIX}{metric.name}` | {metric.kind} | {metric.doc} |\n" for metric in METRICS.values())
    return _HEAD.format(switches=f"| switch | what it does |\n| --- | --- |\n{switches}") + "".join(rows)


if __name__ == "__main__":
    print(page(), end="")
