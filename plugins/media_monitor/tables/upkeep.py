"""The table of what upkeep removed; the package lists all."""

from media_monitor.columns import DAY, LONG, TEXT, TIME, Column, Table

REMOVALS = Table(
    "removals",
    "What upkeep removed, and when: rows of tables, files of the archive, messages, stages of batches never loaded.",
    key=("removal_id",),
    owner=("removal_id",),
    columns=(
        Column("removal_id", TEXT, "Hash of what, until and at"),
        Column("day", DAY, "Partition: date of the removal, UTC"),
        Column("what", TEXT, "Table, or warc, messages or batches"),
        Column("until", DAY, "Nothing later than this day was removed", null=True),
        Column("rows", LONG, "Rows of the table; 0 for what is no table"),
        Column("kept", LONG, "Rows or files up to that day that stay, for something rests on them"),
        Column("files", LONG, "Files removed or written anew"),
        Column("bytes", LONG, "Bytes that this freed on disk"),
        Column("reason", TEXT, "The setting that asked for it"),
        Column("at", TIME, "When"),
    ),
)
