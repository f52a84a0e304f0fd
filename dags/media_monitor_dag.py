"""
### Media monitor: feeds to facts to the claim ledger, every 15 minutes

`plan` finds the feeds that are due and cuts them into chunks; `collect` fetches a chunk, archives it and parses it;
`settle` keeps the articles that are new; `pages` fetches their pages where the setting `full_text` says so; `extract`
reads mentions, events and statements out of them; `validate` checks the whole batch by Great Expectations; `load`
merges it into the lake and the warehouse and raises alerts by the rules of alerts.toml; `alert` delivers what is due.

**When something is red.** `validate`: the batch failed a critical expectation, and its message says which; nothing
of it was loaded, and the feeds are fetched again at the next run. `alert`: a channel was down; the alert is kept
and tried again. Any task may be cleared at any time: stages repeat without doubling anything.

**Parameters of a manual run.** `force`: fetch every feed, due or not. `feeds`: path of an OPML file to read instead
of the beat's own. `beat`: name or folder of another beat.

**Assets.** `load` updates `media-monitor/<table>`, and `media-monitor/confirmations` only when there is a new
confirmation. The pool `media_monitor_writer` must have one slot.
"""

from datetime import UTC, datetime, timedelta

from airflow.sdk import CronTriggerTimetable, Param, dag

from media_monitor.operators import stages


@dag(
    schedule=CronTriggerTimetable("*/15 * * * *", timezone="UTC", run_immediately=True),
    start_date=datetime(2025, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    doc_md=__doc__,
    tags=["media-monitor"],
    default_args=stages.RETRIES,
    params={
        "force": Param(False, type="boolean", description="Fetch every feed, due or not"),
        "feeds": Param("", type="string", description="OPML file to read instead of the beat's own feeds"),
        "beat": Param("", type="string", description="Name or folder of another beat"),
    },
)
def media_monitor() -> None:
    plan = stages.PlanOperator(task_id="plan")
    collect = stages.CollectOperator.partial(task_id="collect", map_index_template="{{ chunk }}").expand(
        chunk=plan.output
    )
    settle = stages.SettleOperator(task_id="settle", chunks=plan.output, trigger_rule="none_failed")
    pages = stages.PagesOperator(task_id="pages", parts=settle.output)
    extract = stages.ExtractOperator.partial(task_id="extract").expand(part=settle.output)
    validate = stages.ValidateOperator(task_id="validate", parts=settle.output, trigger_rule="none_failed")
    load = stages.LoadOperator(task_id="load")
    alert = stages.AlertOperator(task_id="alert")

    plan >> collect >> settle >> pages >> extract >> validate >> load >> alert


media_monitor_dag = media_monitor()
