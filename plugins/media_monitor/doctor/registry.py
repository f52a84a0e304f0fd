"""All checks, in the order in which they are made: what others rest on comes first."""

from media_monitor.doctor import (
    alerts,
    archive,
    clock,
    deliveries,
    derived,
    entries,
    facts,
    files,
    index,
    keys,
    merges,
    partitions,
    space,
    staged,
    versions,
    writers,
)
from media_monitor.doctor.check import Check

CHECKS = (
    Check(
        "space", "The data folder can be written, and has room for the next run and a rebuild",
        "a full disk, a disk mounted read-only", "nothing: free some space, mount it for writing", space.find,
    ),
    Check(
        "writer", "Nobody holds the writer's lock for longer than an hour",
        "a process that hangs", "nothing: end the process, and its work is rolled back or finished", writers.find,
    ),
    Check(
        "merges", "No merge into the lake was left half done",
        "a kill or power failure during `load`", "finishes it where it had taken effect, else forgets it",
        merges.find, merges.mend,
    ),
    Check(
        "version", "The lake is written in the version of the tables that this release writes",
        "an upgrade, or a file that was copied by halves", "makes the migrations", versions.find, versions.mend,
    ),
    Check(
        "partitions", "Every partition of the lake can be read, has the columns and the day of its place, is sorted by "
        "key, and none is missing that the index has loaded",
        "a failing disk, a file copied by halves, restored from another release or deleted by hand",
        "gets the rows back from the index; without it makes facts again from the texts of articles, and all else by a "
        "replay of the archive; verdicts of people cannot be made again", partitions.find, partitions.mend,
    ),
    Check(
        "keys", "No row stands on two days",
        "a partition restored from an older backup", "the row of the partition that was written last stays",
        keys.find, keys.mend, quick=False,
    ),
    Check(
        "facts", "Every mention, event and statement belongs to a stored revision of an article, and its characters "
        "are the ones that it names",
        "a partition restored from an older backup, rows changed by hand",
        "extracts the article again; facts whose article is nowhere are kept in `.damaged/rows`",
        facts.find, facts.mend, quick=False,
    ),
    Check(
        "archive", "Every archive file can be read to its end, holds the answers that rows name, and none was left "
        "open",
        "a failing disk, a kill during `collect`",
        "moves what can be read to a new file that rows name then; the damaged one is kept in `.damaged`; rows of an "
        "older lake name the file that theirs was joined into since",
        archive.find, archive.mend,
    ),
    Check(
        "entries", "Every entry that was archived is an article, or in quarantine",
        "a run that was killed before `load`, while the feed went on", "reads the batch again from its archive and "
        "loads it", entries.find, entries.mend, quick=False,
    ),
    Check(
        "clock", "No row is from the future",
        "a clock that jumped", "dates the rows now, so that feeds are due again", clock.find, clock.mend, quick=False,
    ),
    Check(
        "index", "Both DuckDB files can be read, were made by this release, and hold the rows of the lake",
        "a failing disk, a kill during `load`, an upgrade", "loads what differs, or makes them again from the lake",
        index.find, index.mend,
    ),
    Check(
        "derived", "Ledger and rollups are what the stored tables make of them",
        "a failing disk, rows changed by hand", "makes the warehouse again from the lake", derived.find, derived.mend,
        quick=False,
    ),
    Check(
        "alerts", "There is one alert for each thing that happened and that a rule is on",
        "a lost partition of alerts, a backup older than the news", "raises what is missing; a second one on the same "
        "counts as acknowledged", alerts.find, alerts.mend,
    ),
    Check(
        "deliveries", "The table of alerts and the outbox say the same of every message, and every record can be read",
        "a kill while an alert went out, a backup of one without the other",
        "the table takes over what the outbox says; nothing is sent", deliveries.find, deliveries.mend,
    ),
    Check(
        "stages", "What batches hand from stage to stage can be read, and none was left half written",
        "a kill, a full disk", "moves it to `.damaged`", staged.find, staged.mend,
    ),
    Check(
        "files", "No file lies in the data folder that was never finished, or that no table has",
        "a kill, a full disk, a file put there by hand", "moves it to `.damaged`", files.find, files.mend,
    ),
)  # fmt: skip
