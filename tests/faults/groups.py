"""Which faults are made together in a data folder, and what the doctor says of each."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults import spoiling


@dataclass(frozen=True)
class Fault:
    """A fault, made by `make`, and words of what its check says of it."""

    check: str
    make: Callable[[Path], None]
    told: str


@dataclass(frozen=True)
class Group:
    """Faults that are made together: each is found. With `whole`, the tables are what they were after the repair."""

    faults: tuple[Fault, ...]
    whole: bool = True

    def __str__(self) -> str:
        return self.faults[0].make.__name__


GROUPS = (
    Group((
        Fault("merges", spoiling.a_merge_with_renames_to_do, "had taken effect"),
        Fault("partitions", spoiling.a_damaged_partition, "lake/statements/"),
        Fault("partitions", spoiling.a_partition_out_of_order_with_doubles, "3 rows have a key that another row has"),
        Fault("partitions", spoiling.rows_under_another_day, "holds rows of another day"),
        Fault("partitions", spoiling.a_deleted_partition, "is not there, and working.duckdb has its rows"),
        Fault("archive", spoiling.an_archive_left_open, "0009.warc.gz.open"),
        Fault("clock", spoiling.alerts_due_next_year, "is to go out in the far future"),
        Fault("deliveries", spoiling.a_damaged_record_of_the_outbox, "is no record of a message"),
        Fault("deliveries", spoiling.a_damaged_message, "is no message"),
        Fault("stages", spoiling.a_stage_half_written, ".settle.new"),
        Fault("stages", spoiling.a_stage_half_written, "20000101T000000Z-00000000/validate/articles.parquet"),
        Fault("files", spoiling.leftovers_everywhere, "working.duckdb.new"),
        Fault("files", spoiling.leftovers_everywhere, "outbox/0.json.new"),
        Fault("files", spoiling.leftovers_everywhere, "lake/articles/notes.txt"),
        Fault("files", spoiling.leftovers_everywhere, "lake/articles/day=2025-13-99"),
        Fault("files", spoiling.leftovers_everywhere, "part.parquet.new"),
        Fault("files", spoiling.leftovers_everywhere, ".doctor: was left by a repair"),
    )),
    Group((
        Fault("version", spoiling.a_version_of_an_earlier_release, "the lake is of version 0, this program writes"),
        Fault("keys", spoiling.a_row_on_two_days, "has a row on each of 2024-01-01"),
        Fault("index", spoiling.a_damaged_working_file, "working.duckdb: DuckDB cannot use it"),
        Fault("index", spoiling.a_published_file_of_another_release, "was made by another release"),
        Fault("deliveries", spoiling.a_delivery_that_only_the_outbox_knows, "by the outbox, and waiting by the table"),
    )),
    Group((
        Fault("merges", spoiling.a_merge_without_its_journal, "had not taken effect"),
        Fault("alerts", spoiling.alerts_that_are_gone, "was never raised"),
        Fault("index", spoiling.rows_that_only_the_index_lacks, "other rows of statements"),
    )),
    Group((
        Fault("version", spoiling.a_version_that_cannot_be_read, "does not tell the version"),
        Fault("derived", spoiling.a_ledger_that_lost_a_step, "table kept_steps differs"),
        Fault("derived", spoiling.a_rollup_that_counts_otherwise, "table outlet_days differs"),
    )),
    Group((Fault("partitions", spoiling.damaged_facts_that_no_index_has, "lake/statements/"),)),
    Group((
        Fault("partitions", spoiling.articles_that_only_the_archive_has, "lake/articles/"),
        Fault("partitions", spoiling.articles_that_only_the_archive_has, "lake/mentions/"),
    )),
    Group((
        Fault("facts", spoiling.facts_whose_article_is_gone, "are of an article that is not stored on that day"),
        Fault("facts", spoiling.spans_that_are_shifted, "name characters that are not in the article there"),
        Fault("facts", spoiling.facts_of_an_article_that_never_was, "mentions of article 0000000000000000"),
    )),
    Group((Fault("entries", spoiling.a_batch_that_was_never_loaded, "was archived and never loaded"),), whole=False),
    Group((Fault("entries", spoiling.articles_that_a_load_lost, "was loaded, and"),), whole=False),
    Group((
        Fault("archive", spoiling.a_damaged_archive, "cannot be read"),
        Fault("clock", spoiling.fetches_of_next_year, "table fetches"),
        Fault("clock", spoiling.undated_articles_of_next_year, "table articles"),
        Fault("alerts", spoiling.an_alert_raised_twice, "tells what alert"),
        Fault("deliveries", spoiling.a_message_sent_when_its_process_died, "is unknown by the outbox"),
    ), whole=False),
    Group((Fault("archive", spoiling.a_deleted_archive, "is not there, and"),), whole=False),
)  # fmt: skip
