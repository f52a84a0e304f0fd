"""Links from tasks to the page: what became of their batch."""

from typing import Any
from urllib.parse import quote

from airflow.sdk import BaseOperatorLink
from airflow.sdk.configuration import conf

from media_monitor.airflow_context import batch_of

PAGE = "/media-monitor"  # where the plugin puts the page, below the address of Airflow


class BatchQuality(BaseOperatorLink):
    """The page of the task's batch: what was fetched, extracted, checked, kept out and loaded, with times."""

    name = "Batch quality"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:  # noqa: ARG002 - as Airflow calls it
        """The address, from the root of the server where Airflow does not know its own.

        Airflow asks for it in the process of the task, once the task has ended, well or not, and keeps it as an XCom;
        `ti_key` is the task instance itself then, whose context tells the batch.
        """
        base = (conf.get("api", "base_url", fallback="") or "").rstrip("/")
        return f"{base}{PAGE}/quality/batches/{quote(batch_of(ti_key.get_template_context()), safe='')}"
