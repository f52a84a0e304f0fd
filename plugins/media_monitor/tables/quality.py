"""The tables of what was checked, what was kept out, and what people made of that; the package lists all."""

from media_monitor.columns import DAY, FLAG, INT, LONG, TEXT, TEXTS, TIME, Column, Table

QUARANTINE = Table(
    "quarantine",
    "Rows that failed an expectation, kept whole with the reasons.",
    key=("quarantine_id",),
    owner=("quarantine_id",),
    columns=(
        Column("quarantine_id", TEXT, "Hash of table, row and expectations"),
        Column("day", DAY, "Partition: partition of the row"),
        Column("table", TEXT, "Table that the row was meant for"),
        Column("row_id", TEXT, "Key of the row"),
        Column("article_id", TEXT, "Article that the row belongs to", null=True),
        Column("row", TEXT, "The row as JSON"),
        Column("expectations", TEXTS, "Names of the expectations that failed"),
        Column("batch", TEXT, "The run"),
        Column("at", TIME, "When it was quarantined"),
    ),
)

CHECKS = Table(
    "checks",
    "The result of every expectation in every run.",
    key=("check_id",),
    owner=("check_id",),
    columns=(
        Column("check_id", TEXT, "Hash of batch, table, expectation and column"),
        Column("day", DAY, "Partition: date of the run, UTC"),
        Column("batch", TEXT, "The run"),
        Column("table", TEXT, "Table that was checked"),
        Column("expectation", TEXT, "Name of the expectation"),
        Column("columns", TEXTS, "Columns that it looks at"),
        Column("severity", TEXT, "critical, warning or info"),
        Column("scope", TEXT, "row or batch"),
        Column("success", FLAG, "Whether it held"),
        Column("rows", LONG, "Rows looked at"),
        Column("unexpected", LONG, "Rows that failed it"),
        Column("observed", TEXT, "What was measured, as JSON", null=True),
        Column("at", TIME, "When it was checked"),
    ),
)

QUARANTINE_DECISIONS = Table(
    "quarantine_decisions",
    "What somebody decided about a row in quarantine, every decision; the last on a row counts.",
    key=("decision_id",),
    owner=("decision_id",),
    columns=(
        Column("decision_id", TEXT, "Hash of row in quarantine and number"),
        Column("day", DAY, "Partition: that of the row in quarantine, UTC"),
        Column("quarantine_id", TEXT, "The row in quarantine"),
        Column("number", INT, "1 for the first decision on the row, 1 more for each after it; the last counts"),
        Column("table", TEXT, "Table that the row was meant for"),
        Column("row_id", TEXT, "Key of the row"),
        Column("decision", TEXT, "released: it is in its table; discarded: it is dealt with; reopened: it waits again"),
        Column("reason", TEXT, "Why", null=True),
        Column("by", TEXT, "Who decided", null=True),
        Column("at", TIME, "When it was decided"),
    ),
)
