"""
### Backfill: an archive of news into lake and warehouse

`plan` divides the files of the sources into parts; `extract` reads some of them and extracts their facts; `load` loads
them, oldest days first, by the same expectations as a run. `media-monitor backfill` does the same without Airflow.

**When something is red.** `extract`: a file could not be reached; what was extracted is kept, and the task goes on from
there when it is cleared. `load`: some days failed a critical expectation, and its message says which; the others are
loaded. A run with the same parameters goes on where an earlier one was, and stores nothing twice.

**Parameters.** `sources`: files, folders, globs or URLs that fsspec opens, each on a line. `since`, `until`: days of
publication (YYYY-MM-DD). `format`: warc, jsonl or parquet, where the files' names do not tell it. `languages`: only
these. `alerts_since`: alerts on what was printed before that day are history; left empty, before two days ago. `beat`:
name or folder of another beat.

**Assets.** `load` updates `media-monitor/<table>`, and `media-monitor/confirmations` only when it has news. The pool
`media_monitor_writer` must have one slot.
"""

from datetime import UTC, datetime

from airflow.sdk import Param, dag

from media_monitor.operators import backfill as operators
from media_monitor.operators import stages


@dag(
    schedule=None,
    start_date=datetime(2025, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    doc_md=__doc__,
    tags=["media-monitor"],
    default_args=stages.RETRIES,
    params={
        "sources": Param([], type="array", items={"type": "string"}, minItems=1, description="What is read"),
        "since": Param("", type="string", description="First day of publication"),
        "until": Param("", type="string", description="Last day of publication"),
        "format": Param("", enum=["", "warc", "jsonl", "parquet"], description="Format of the files"),
        "languages": Param([], type="array", items={"type": "string"}, description="Only these languages"),
        "alerts_since": Param("", type="string", description="What was printed since that day is news"),
        "beat": Param("", type="string", description="Name or folder of another beat"),
    },
)
def backfill() -> None:
    plan = operators.BackfillPlanOperator(task_id="plan")
    extract = operators.BackfillExtractOperator.partial(task_id="extract", map_index_template="{{ parts }}").expand(
        group=plan.output
    )
    load = operators.BackfillLoadOperator(task_id="load", trigger_rule="none_failed")

    plan >> extract >> load


backfill_dag = backfill()
