"""Which receiver the settings name, where Airflow is not there to do it."""

from media_monitor import config
from media_monitor.config import Settings
from media_monitor.metrics import emit
from media_monitor.metrics.statsd import Statsd

OTEL = ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")


def use(settings: Settings) -> None:
    """Lets the metrics of this process go where settings or the standard variables of OpenTelemetry say.

    Raises:
        SettingError: the address of StatsD is none.
    """
    if settings.statsd:
        emit.use(Statsd(settings.statsd))
    elif any(map(config.secret, OTEL)):
        from media_monitor.metrics.otel import Otel  # a third of a second to import

        emit.use(Otel())
