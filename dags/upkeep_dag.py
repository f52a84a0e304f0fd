"""
### Upkeep: what is old goes, and space is given back, once a night

Each task does one step, in the pool of one writer, so that no run of `media_monitor` writes meanwhile, and after the
stages of a run that wait for the pool too: `batches` removes stages of batches that were never loaded, `messages` and
`archive` what was sent and received long ago, `rows` old rows of tables; `compact` joins the archive files of a day's
batches into one, `vacuum` gives back space that the warehouse file does not use. How long what is kept is the setting
`retention_days`; evidence of the ledger stays whatever it says. What was removed is in the table `removals`.

**When something is red.** The other steps were done; the task may be cleared at any time. Nothing is half removed: a
step that was interrupted is finished by the next.

**Parameters of a manual run.** `dry_run`: only tell, in the log of each task, what would be removed.

Airflow's own database is not touched: tasks may not reach it. `airflow db clean` is the command for it.
"""

from datetime import UTC, datetime, timedelta

from airflow.sdk import CronTriggerTimetable, Param, dag

from media_monitor.operators import stages


@dag(
    schedule=CronTriggerTimetable("40 2 * * *", timezone="UTC"),
    start_date=datetime(2025, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=6),
    doc_md=__doc__,
    tags=["media-monitor"],
    default_args=stages.RETRIES,
    params={"dry_run": Param(False, type="boolean", description="Only tell what would be removed")},
)
def media_monitor_upkeep() -> None:
    # Each task is an end of the DAG, so that the run is red where one is. The pool takes the heaviest first: the stages
    # of `media_monitor`, which weigh 1 and more, then these in their order.
    for number, step in enumerate(("batches", "messages", "archive", "rows", "compact", "vacuum"), 1):
        stages.UpkeepOperator(task_id=step, step=step, priority_weight=-number)


upkeep_dag = media_monitor_upkeep()
