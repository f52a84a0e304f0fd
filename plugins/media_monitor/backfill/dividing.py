"""Divides the files of sources into parts that take one process some seconds to some minutes."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from pyarrow import parquet

from media_monitor.backfill import runs
from media_monitor.backfill.parts import Part
from media_monitor.backfill.request import Request
from media_monitor.backfill.sources import File, files, opened
from media_monitor.backfill.tally import Tally

LINES_BYTES = 8 * 1024 * 1024  # of a part of JSON Lines: about 2,500 articles of 3,000 characters
GROUPS_ROWS = 5_000  # rows of a part of Parquet; a row group is not divided
_DAY_OF_RUN = re.compile(r"/(?:(\d{8})T\d{6}Z-[0-9a-f]{8}|(\d{4}-\d\d-\d\d))/[^/]+$")


def parts(request: Request) -> tuple[list[Part], Tally]:
    """The parts of all sources, in order, and the files that cannot be read, as faults.

    Raises:
        StorageError: a source is not there or cannot be listed.
    """
    tally = Tally()
    found = list({one.url: one for source in request.sources for one in files(source)}.values())
    made: list[Part] = []
    for form, group in groupby(sorted(found, key=lambda f: _form(f, request)), key=lambda f: _form(f, request)):
        if form:
            made += _DIVIDED[form](list(group), tally)
        else:
            for one in group:
                tally.fault(one.url, "its name does not tell what it is: give a format")
    return made, tally


def _form(file: File, request: Request) -> str:
    return request.format or file.format or ""


def _lines(found: Iterable[File], _: Tally) -> Iterator[Part]:
    for file in found:
        if file.is_compressed:
            yield Part("jsonl", (file.url,), 0, -1, file.size, file.version)
        else:
            for start in range(0, file.size, LINES_BYTES):
                stop = min(start + LINES_BYTES, file.size)
                yield Part("jsonl", (file.url,), start, stop, stop - start, file.version)


def _groups(found: Iterable[File], tally: Tally) -> Iterator[Part]:
    for file in found:
        try:
            with opened(file.url) as source:
                footer = parquet.read_metadata(source)
            found_groups = [footer.row_group(number) for number in range(footer.num_row_groups)]
            sizes = [(one.num_rows, one.total_byte_size) for one in found_groups]
        except Exception as error:  # of the file, or of the file system
            tally.fault(file.url, f"is no readable Parquet file: {str(error).splitlines()[0][:300]}")
            continue
        start, rows, size = 0, 0, 0
        for number, (more, length) in enumerate(sizes, 1):
            rows, size = rows + more, size + length
            if rows >= GROUPS_ROWS or number == len(sizes):
                yield Part("parquet", (file.url,), start, number, size, file.version, rows)
                start, rows, size = number, 0, 0


def _warcs(found: Iterable[File], _: Tally) -> Iterator[Part]:
    """Files of pages are a part each; the archive of our runs of a day is one, for feeds repeat themselves."""
    own: list[File] = []
    for folder, group in groupby(sorted(found, key=lambda f: f.url), key=lambda f: f.url.rpartition("/")[0]):
        inside = list(group)
        if _is_ours(inside[0]):
            own += sorted(inside, key=lambda f: (folder, "/pages" in f.url, f.url))
        else:
            yield from (Part("pages", (f.url,), 0, -1, f.size, f.version) for f in inside)
    own.sort(key=_day_of)  # what upkeep has joined beside what came later
    for day in (list(group) for _name, group in groupby(own, key=_day_of)):
        versions = " ".join(f.version for f in day)
        yield Part("runs", tuple(f.url for f in day), 0, -1, sum(f.size for f in day), versions)


def _is_ours(file: File) -> bool:
    try:
        with opened(file.url) as source:
            return runs.is_ours(source, file.url)
    except Exception:  # told when it is read
        return False


def _day_of(file: File) -> str:
    found = _DAY_OF_RUN.search(file.url)
    return (found[1] or found[2].replace("-", "")) if found else file.url.rpartition("/")[0]


_DIVIDED = {"jsonl": _lines, "parquet": _groups, "warc": _warcs}
