"""A chart with its rows, ready for the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from media_monitor.config import Settings
from media_monitor.report.asked.coverage import movements
from media_monitor.report.asked.coverage import volume as coverage
from media_monitor.report.asked.coverage.movements import Span
from media_monitor.report.asked.quality import measures as quality
from media_monitor.warehouse import query
from media_monitor.web.asked import Bucket, Filters
from media_monitor.web.charts import registry
from media_monitor.web.charts.registry import Chart


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart, its rows, the SQL that gives them, and what was asked, defaults filled in."""

    chart: Chart
    rows: list[dict[str, Any]]
    sql: str
    asked: Filters

    @property
    def query(self) -> str:
        """The query string that gives the same chart again."""
        kept = {name: None for name in type(self.asked).model_fields if name not in self.chart.parameters}
        return self.asked.changed(**kept)

    def spec(self, root: str) -> dict[str, Any]:
        """Vega-Lite with the rows as its data, and the title as what screen readers call it; each row has its `href`
        where points lead somewhere."""
        links = self.links(root)
        rows = [{**row, "href": link} for row, link in zip(self.rows, links, strict=True)] if links else self.rows
        return {"description": self.chart.title, **self.chart.spec, "data": {"values": rows}}

    def links(self, root: str) -> list[str]:
        """Where each row leads to; none where points lead nowhere."""
        link = self.chart.link
        return [root + _linked(link, row) for row in self.rows] if link else []


def draw(settings: Settings, chart: Chart, asked: Filters) -> Drawn:
    """The chart for what was asked; days and bucket that were not given are `settled`."""
    whole = settled(settings, asked, chart.days)
    rows = query.rows(settings.home, chart.sql, registry.values(chart, whole)) if whole.since else []
    return Drawn(chart, rows, registry.filled(chart, whole), whole)


def settled(settings: Settings, asked: Filters, upto: str = "articles") -> Filters:
    """What was asked, `filled` with the days up to the newest article on the beat (`upto="runs"`: the newest run)."""
    if asked.since and asked.until and asked.bucket and asked.before_since and asked.before_until:
        return asked
    span = quality.span if upto == "runs" else movements.span
    return filled(asked, span(settings, asked.since, asked.until))


def filled(asked: Filters, days: Span | None) -> Filters:
    """What was asked with these days, a bucket that suits their number, and as many days before, to compare with.
    Without days where there are none."""
    if days is None:
        return asked.model_copy(update={"since": None, "until": None})
    earlier = coverage.before(days, asked.before_since, asked.before_until)
    found = {
        "since": days.first,
        "until": days.last,
        "bucket": Bucket(coverage.bucket_for(days, asked.bucket)),
        "before_since": earlier.first,
        "before_until": earlier.last,
    }
    return asked.model_copy(update=found)


def _linked(link: str, row: Mapping[str, Any]) -> str:
    return link.format_map({name: quote("" if value is None else str(value), safe="") for name, value in row.items()})
