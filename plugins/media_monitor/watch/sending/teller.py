"""What a message tells besides its alert, from the ledger and by the user's settings."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from media_monitor.beat import Beat
from media_monitor.model import Alert
from media_monitor.watch.message.account import LONGEST_QUOTE, Beside
from media_monitor.watch.message.bidi import cut
from media_monitor.watch.message.translation import Translator
from media_monitor.watch.message.tree import Printed
from media_monitor.watch.published import connected

# One row an article: an article that says it twice prints it once.
PRINTED = """
SELECT article_id, primary_source, carriers, publisher, outlet, printed_at, copy_of
FROM source_trees
WHERE claim = $claim AND party = $party AND list_contains($evidence, statement_id)
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY printed_at, statement_id) = 1
ORDER BY printed_at, article_id
"""


@dataclass
class Teller:
    """Tells it once for each alert, whatever channels it goes through; from several threads."""

    home: Path
    beat: Beat
    translator: Translator
    page_url: str = ""
    _told: dict[str, Beside] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __call__(self, alert: Alert) -> Beside:
        """What the message of the alert tells besides it. A ledger that cannot be read costs the tree, no message."""
        with self._lock:
            if alert.alert_id not in self._told:
                self._told[alert.alert_id] = self._tell(alert)
            return self._told[alert.alert_id]

    def _tell(self, alert: Alert) -> Beside:
        found = alert.confirmation
        if found is None:
            return Beside(page_url=self.page_url)
        words = self.translator.translated(cut(found.quote, LONGEST_QUOTE), found.language)
        return Beside(self._printed(alert), words, self.page_url)

    def _printed(self, alert: Alert) -> tuple[Printed, ...]:
        step = alert.step
        asked = {"claim": step.claim, "party": step.party, "evidence": list(step.evidence)}
        try:
            with connected(self.home) as connection:
                rows = connection.sql(PRINTED, params=asked).to_arrow_table().to_pylist()
        except duckdb.Error:
            return ()
        names = {row["publisher"]: row["outlet"] for row in rows} | dict(self._names)
        return tuple(_printed(row, names) for row in rows)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """The name of each family that the beat lists."""
        return {row["id"]: row["name"] for row in self.beat.publishers if "id" in row and "name" in row}


def _printed(row: Mapping[str, Any], names: Mapping[str, str]) -> Printed:
    """The row with the names of families for their ids: those of the beat, else the name of an outlet."""
    own = row["primary_source"] == row["publisher"]
    source = names.get(row["primary_source"], row["primary_source"])
    carriers = tuple(names.get(carrier, carrier) for carrier in row["carriers"])
    return Printed(
        row["article_id"], source, carriers, row["outlet"], row["printed_at"], row["copy_of"], own and not carriers
    )
