"""Metrics by OpenTelemetry, exported over OTLP/HTTP as the standard `OTEL_…` variables say."""

import atexit

from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.metrics import Counter, Histogram
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource

from media_monitor import __version__

EXPORT_SECONDS = 60  # a run takes seconds to minutes


class Otel:
    """A meter of its own, apart from one that the process may have."""

    def __init__(self) -> None:
        resource = Resource.create({SERVICE_NAME: "media-monitor", SERVICE_VERSION: __version__})
        reader = PeriodicExportingMetricReader(OTLPMetricExporter(), export_interval_millis=EXPORT_SECONDS * 1000)
        self._provider = MeterProvider([reader], resource, shutdown_on_exit=False)
        self._meter = self._provider.get_meter("media-monitor", __version__)
        self._counters: dict[str, Counter] = {}
        self._timers: dict[str, Histogram] = {}
        atexit.register(self.close)

    def count(self, name: str, number: int) -> None:
        if name not in self._counters:
            self._counters[name] = self._meter.create_counter(name)
        self._counters[name].add(number)

    def gauge(self, name: str, value: float) -> None:
        self._meter.create_gauge(name).set(value)

    def time(self, name: str, milliseconds: float) -> None:
        if name not in self._timers:
            self._timers[name] = self._meter.create_histogram(name, "ms")
        self._timers[name].record(milliseconds)

    def close(self) -> None:
        atexit.unregister(self.close)
        self._provider.shutdown()
