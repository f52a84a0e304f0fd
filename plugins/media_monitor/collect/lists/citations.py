"""Where the address of a feed was seen in public: a file of a repository, or a page.

`feeds_cited.tsv` lies beside the feed list of a beat. Columns: feed_id; cited, which is `owner/repository/path@commit`
on GitHub or the URL of a page; seen, the year, month or day that the source tells of it, if any.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from media_monitor.errors import BeatError

NAME = "feeds_cited.tsv"
COLUMNS = ["feed_id", "cited", "seen"]
_FORM = re.compile(r"https?://\S+|(?P<repository>[\w.-]+/[\w.-]+)/(?P<path>.+)@(?P<commit>[0-9a-f]{40})")
_SEEN = re.compile(r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?")


@dataclass(frozen=True, slots=True)
class Citation:
    """One public source of a feed's address; `seen` is a date of any precision, or empty."""

    cited: str
    seen: str

    @property
    def url(self) -> str:
        """Where a browser shows it."""
        found = _FORM.fullmatch(self.cited)
        if found is None or not found["repository"]:
            return self.cited
        return f"https://github.com/{found['repository']}/blob/{found['commit']}/{quote(found['path'])}"

    @property
    def name(self) -> str:
        """The source without the commit or the scheme."""
        return self.cited.rpartition("@")[0] if self.url != self.cited else self.cited.partition("://")[2]


def read_citations(path: Path) -> Mapping[str, tuple[Citation, ...]]:
    """The sources of each feed by its id, in the order of the file; none where there is no such file.

    Raises:
        BeatError: a line has the wrong form; the message names file and line.
    """
    if not path.exists():
        return {}
    found: dict[str, tuple[Citation, ...]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if next(rows, None) != COLUMNS:
            raise BeatError(f"{path}:1", f"the columns must be {', '.join(COLUMNS)}")
        for number, row in enumerate(rows, 2):
            if len(row) != len(COLUMNS) or not (_FORM.fullmatch(row[1]) and _SEEN.fullmatch(row[2])):
                raise BeatError(f"{path}:{number}", "must be feed_id, owner/repository/path@commit or URL, date")
            found[row[0]] = (*found.get(row[0], ()), Citation(row[1], row[2]))
    return found
