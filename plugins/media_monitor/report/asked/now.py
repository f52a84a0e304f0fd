"""The state of the beat: what changed in the last days, disputes, bursts, health, and the ledger in short."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.report.asked import health
from media_monitor.report.asked.coverage import movements
from media_monitor.report.asked.coverage.movements import Span
from media_monitor.warehouse import places, query
from media_monitor.watch.message.account import party as party_name
from media_monitor.watch.message.account import title as claim_title

Row = dict[str, Any]
DAYS, MOST_DAYS = 7, 366
MOST_CHANGES = 50
MOST_STEPS = 400  # steps that are read: several of one day are told together
EARLIER = 5  # changes before, shown where nothing changed
BURST_KINDS = ("claim", "party", "beat")

# Steps of parties to a claim, and reversals of anybody, of a day the last; one learned late counts by when it was
# printed, where it is news.
_CHANGES = """
    WITH
        firsts AS (SELECT claim, party, state, min(step) AS step FROM ledger_steps GROUP BY ALL),
        known AS (
            SELECT *, CASE WHEN news THEN greatest(said_on, printed_at::DATE) ELSE said_on END AS known_on
            FROM ledger_steps
            WHERE (is_party OR reversal) AND (said_on >= $since OR (news AND printed_at::DATE >= $since))
        )
    SELECT
        k.claim, c.title, k.party, k.state, k.prior_state, k.said_on, k.undated, k.printed_at, k.grade, k.publishers,
        k.speaker, k.quote, k.language, k.outlet, k.url, k.reversal, k.news, k.on_record, k.implied_by, k.contested,
        k.known_on, k.step = f.step AS first
    FROM known AS k
    JOIN claims AS c ON c.claim = k.claim
    JOIN firsts AS f ON f.claim = k.claim AND f.party = k.party AND f.state = k.state
    WHERE k.known_on <= $until
    QUALIFY row_number() OVER (PARTITION BY k.claim, k.party, k.said_on ORDER BY k.step DESC) = 1
    ORDER BY k.known_on DESC, k.reversal DESC, array_position($order, k.state), k.publishers DESC, k.claim, k.party
    LIMIT $most
"""
ORDER = ("confirmed", "denied", "implicit", "declined", "alleged")  # of what changed on one day
_STANDING = """
    SELECT claim, title, party, is_party, state, since, reversal, on_record, contested, grade, publishers
    FROM claim_status ORDER BY claim, is_party DESC, party
"""
AFFIRMING = ("confirmed", "implicit", "alleged")


def now(settings: Settings, days: int = DAYS) -> Row:
    """`loaded`: whether there is anything; beat (its title), as_of, since (the first day), days, and lists of rows:
    `changes` the newest first, each with `implies`; `earlier`: the last ones, where there is no change; `disputes`;
    `bursts`; `health`; `ledger`, a claim a row.

    Raises:
        BeatError: a file of the beat is faulty.
    """
    as_of, beat = settings.now(), Beat.load(settings.beat)
    first = as_of.date() - timedelta(days - 1)
    title = beat.settings.get("title", beat.name)
    frame: Row = {"loaded": False, "beat": title, "as_of": as_of, "since": first, "days": days}
    parts: Row = {name: [] for name in ("changes", "earlier", "disputes", "bursts", "health", "ledger")}
    if not places.published(settings.home).exists():
        return frame | parts
    changes = told_together(_steps(settings, beat, first, as_of.date(), MOST_STEPS))
    standing = [_named(row, beat) for row in query.remembered(settings.home, _STANDING)]
    return frame | {
        "loaded": True,
        "changes": changes[:MOST_CHANGES],
        "earlier": [] if changes else _earlier(settings, beat, as_of.date()),
        "disputes": disputes(standing, first),
        "bursts": _bursts(settings, beat, first, as_of.date()),
        "health": health.lines(settings, datetime.combine(first, time(), UTC)),
        "ledger": strip(standing),
    }


def _steps(settings: Settings, beat: Beat, first: date, last: date, most: int) -> list[Row]:
    asked = {"since": first, "until": last, "order": ORDER, "most": most}
    return [_named(row, beat) for row in query.remembered(settings.home, _CHANGES, asked)]


def _earlier(settings: Settings, beat: Beat, last: date) -> list[Row]:
    """The last changes: of a year, which is quick, else of ever."""
    for since in (last - timedelta(MOST_DAYS), date(1900, 1, 1)):
        if found := told_together(_steps(settings, beat, since, last, EARLIER * EARLIER))[:EARLIER]:
            return found
    return []


def _named(row: Row, beat: Beat) -> Row:
    return {**row, "party_name": party_name(row["party"], beat)}


def told_together(steps: Sequence[Row]) -> list[Row]:
    """The steps, each with what it does in words (`verb`); those that follow from another of the same day and party are
    named with it, in `implies`."""
    direct = {(row["claim"], row["party"], row["said_on"]) for row in steps}
    implied: dict[tuple[str, str, date], list[Row]] = defaultdict(list)
    for row in steps:
        implied[(row["implied_by"], row["party"], row["said_on"])].append(row)
    return [
        {**row, "verb": verb(row), "implies": _below(row, implied)}
        for row in steps
        if (row["implied_by"], row["party"], row["said_on"]) not in direct
    ]


def _below(row: Row, implied: Mapping[tuple[str, str, date], list[Row]]) -> list[Row]:
    """Claim and title of what follows from the step, over any number of steps."""
    found = implied.get((row["claim"], row["party"], row["said_on"]), [])
    further = [below for one in found for below in _below(one, implied)]
    return [{"claim": one["claim"], "title": one["title"]} for one in found] + further


def verb(row: Mapping[str, Any]) -> str:
    """What the party did, in words, no stronger than the evidence."""
    state, again = row["state"], not row["first"]
    if state == "confirmed":
        return "confirms again" if again else "confirms for the first time"
    if state == "denied" and row["reversal"]:
        before = {"confirmed": "had confirmed", "implicit": "had acknowledged implicitly"}
        return f"takes back what it {before.get(str(row['prior_state']), 'had affirmed before')}"
    if state == "denied":
        return "denies again" if again else "denies"
    words = {"implicit": "acknowledges implicitly", "declined": "neither confirms nor denies", "alleged": "alleges"}
    return words.get(str(state), str(state))


def disputes(standing: Iterable[Row], first: date) -> list[Row]:
    """Claims that some affirm and others deny now, or that a party's own officials contradict: claim, title, `affirm`
    and `deny` (party, party_name, state, since), `within` (party_name), newest (the last day that it grew), and new:
    whether it grew since `first`; the newest first."""
    by_claim: dict[str, list[Row]] = defaultdict(list)
    for row in standing:
        by_claim[row["claim"]].append(row)
    found = [_dispute(rows, first) for rows in by_claim.values()]
    return sorted((one for one in found if one), key=lambda one: (one["newest"], one["claim"]), reverse=True)


def _dispute(rows: Sequence[Row], first: date) -> Row | None:
    affirm = [row for row in rows if row["state"] in AFFIRMING]
    deny = [row for row in rows if row["state"] == "denied"]
    within = [row for row in rows if row["contested"]]
    if not within and not (affirm and deny):
        return None
    sides = [*affirm, *deny] if affirm and deny else within
    # It grew when the later side came up: one that had spoken before somebody disagreed is no news.
    newest = max(row["since"] for row in sides if row["since"])
    return {
        "claim": rows[0]["claim"],
        "title": rows[0]["title"],
        "affirm": [_side(row) for row in affirm],
        "deny": [_side(row) for row in deny],
        "within": [row["party_name"] for row in within],
        "newest": newest,
        "new": newest >= first,
    }


def _side(row: Row) -> Row:
    return {name: row[name] for name in ("party", "party_name", "state", "since")}


def _bursts(settings: Settings, beat: Beat, first: date, last: date) -> list[Row]:
    """Bursts with a day in the span, with the title of what bursts; current: one that lasted to the day before at
    least, for the present day is not over."""
    found = movements.bursts(settings, Span(first, last), BURST_KINDS)
    return [{**row, "title": _subject(row, beat), "current": row["last_day"] >= last - timedelta(1)} for row in found]


def _subject(row: Row, beat: Beat) -> str:
    if row["subject_kind"] == "beat":
        return "The whole beat"
    named = claim_title if row["subject_kind"] == "claim" else party_name
    return named(str(row["subject"]), beat)


def strip(standing: Iterable[Row]) -> list[Row]:
    """A row a claim: claim, title, and `parties`: where each party to it stands (party, party_name, state, since,
    reversal); the claims that somebody spoke on last come first."""
    by_claim: dict[str, Row] = {}
    for row in standing:
        one = by_claim.setdefault(row["claim"], {"claim": row["claim"], "title": row["title"], "parties": []})
        if row["is_party"]:
            one["parties"].append({**_side(row), "reversal": row["reversal"]})
    return sorted(by_claim.values(), key=lambda one: (_last(one), one["claim"]), reverse=True)


def _last(one: Row) -> date:
    return max((side["since"] for side in one["parties"] if side["since"]), default=date.min)


def sure(row: Row) -> str:
    """How sure a change is: "primary, 9 publishers"."""
    count = row["publishers"]
    return f"{row['grade']}, {count} {'publisher' if count == 1 else 'publishers'}" if count else row["grade"]


def sides(row: Row) -> str:
    """Who says what: "Russia confirmed, Ukraine denied"; a party that contradicts itself is named so."""
    said = [f"{one['party_name']} {one['state']}" for one in (*row["affirm"], *row["deny"])]
    within = [f"officials of {name} contradict each other" for name in row["within"]]
    return ", ".join([*said, *within])
