"""Facts: each of an article that is stored, at the characters that it names."""

from collections.abc import Iterator, Sequence

from media_monitor import tables
from media_monitor.doctor import remake
from media_monitor.doctor.finding import Finding
from media_monitor.doctor.patient import Patient
from media_monitor.warehouse import census

_AGAIN = "the article is extracted again"
_SOUGHT = "the article is sought on other days and in the archive; what belongs to none moves to .damaged/rows"


def find(patient: Patient) -> Iterator[Finding]:
    for table in tables.FACTS:
        for one in census.orphans(patient.lake, table):
            yield Finding(_where(one), f"{one.rows} rows are of an article that is not stored on that day", _SOUGHT,
                          target=one)  # fmt: skip
        for one in census.misplaced(patient.lake, table):
            yield Finding(_where(one), f"{one.rows} rows name characters that are not in the article there", _AGAIN,
                          target=one)  # fmt: skip


def _where(one: census.Misfit) -> str:
    return f"{one.table} of article {one.article_id}, revision {one.revision}, day {one.day}"


def mend(patient: Patient, findings: Sequence[Finding]) -> None:
    remake.facts(patient, [finding.target for finding in findings])
