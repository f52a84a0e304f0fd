"""A notifier that sends alerts by the rules of alerts.toml, each once a channel."""

from collections.abc import Sequence
from dataclasses import replace

from airflow.sdk import BaseNotifier, Context

from media_monitor.airflow_context import settings_of
from media_monitor.notifications import connections


class ConfirmationNotifier(BaseNotifier):
    """Sends every alert that is due and that a channel of its rule has not had yet; does nothing where there is none.

    Channels are those of alerts.toml, Airflow connections among them (`airflow:connection`). The channel `default` is
    the Apprise URLs of the setting `alert_urls`, and those of the Airflow connection `apprise_conn_id` where one is
    named. Use it as a callback of any task or DAG.
    """

    template_fields: Sequence[str] = ("apprise_conn_id",)

    def __init__(self, *, apprise_conn_id: str | None = None) -> None:
        super().__init__()
        self.apprise_conn_id = apprise_conn_id

    def notify(self, context: Context) -> None:
        """Delivers, and records each delivery.

        Raises:
            DeliveryError: a channel took no message; it is tried again at the next call.
        """
        from media_monitor import pipeline

        settings = settings_of(context)
        urls = (*settings.alert_urls, *self._connection_urls())
        delivered = pipeline.alert(replace(settings, alert_urls=urls), connection=connections.urls)
        self.log.info("%d alerts sent", delivered.sent)
        for line in delivered.unknown:
            self.log.warning(line)

    def _connection_urls(self) -> tuple[str, ...]:
        return () if self.apprise_conn_id is None else tuple(connections.urls(self.apprise_conn_id))
