"""What is asked of each view and macro: what its users ask. A view that a day limits is asked for a month."""

import re

from media_monitor.warehouse import trends
from media_monitor.watch import ledger
from million.world import BURST_CLAIM, DAYS, FIRST, day_of

LAST = day_of(DAYS - 1)
MONTH = f"day BETWEEN DATE '{day_of(600)}' AND DATE '{day_of(629)}'"
YEAR = f"DATE '{day_of(DAYS - 365)}', DATE '{LAST}'"
EVER = f"DATE '{FIRST}', DATE '{LAST}'"
LONG = ("latest_articles", "latest_mentions", "latest_events", "latest_statements", "mention_counts")
MACROS = {
    "coverage, a claim by week, all": f"FROM coverage('{BURST_CLAIM}', {EVER}, 'week')",
    "coverage, the beat by day, all": f"FROM coverage(NULL, {EVER})",
    "coverage_split, a claim by outlet, a year": f"FROM coverage_split('{BURST_CLAIM}', 'outlet', {YEAR})",
    "coverage_split, the beat by language, all": f"FROM coverage_split(NULL, 'language', {EVER})",
    "covering, a claim, a year": f"SELECT country, sum(articles) FROM covering('{BURST_CLAIM}', {YEAR}) GROUP BY ALL",
    "claim_momentum, a week": f"FROM claim_momentum(DATE '{LAST}')",
    "claim_momentum, a quarter": f"FROM claim_momentum(DATE '{LAST}', days := 91)",
    "relations, KP to RU, all": f"FROM relations('KP', 'RU', {EVER})",
    "relations, any to any, all": f"FROM relations(NULL, NULL, {EVER})",
    "stance_over_time, a claim, all": f"FROM stance_over_time('{BURST_CLAIM}', {EVER})",
    "stance_over_time, any, all": f"FROM stance_over_time(NULL, {EVER})",
    "marked_coverage, a claim by day, all": f"FROM marked_coverage('{BURST_CLAIM}', {EVER})",
    "coverage_over_time, the beat by claim, all": f"FROM coverage_over_time(NULL, 'claim', {EVER})",
    "coverage_over_time, a claim by outlet, all": f"FROM coverage_over_time('{BURST_CLAIM}', 'outlet', {EVER})",
    "compare_coverage, by claim, two years": (
        f"FROM compare_coverage(NULL, 'claim', {YEAR}, DATE '{FIRST}', DATE '{day_of(364)}')"
    ),
    "share_of_voice, a claim by party, all": f"FROM share_of_voice('{BURST_CLAIM}', {EVER}, 'party')",
    "share_of_voice, the beat by publisher, all": f"FROM share_of_voice(NULL, {EVER}, 'publisher')",
    "tone_by_party, by month, all": f"FROM tone_by_party({EVER}, 'month')",
    "tone_by_party, by week, a year": f"FROM tone_by_party({YEAR}, 'week')",
    "narrative_gap, a claim, all": f"FROM narrative_gap('{BURST_CLAIM}', {EVER})",
    "narrative_gap, every claim, a year": f"FROM narrative_gap(NULL, {YEAR})",
    "compare_periods, two years": f"FROM compare_periods({YEAR}, DATE '{FIRST}', DATE '{day_of(364)}')",
}


def asked(ledgers: bool) -> list[tuple[str, str]]:
    """(name, SQL) of every question: of the trend views and macros, or of the claim ledger's views."""
    scripts = ledger.scripts() if ledgers else trends.scripts()
    views = re.findall(r"CREATE OR REPLACE VIEW (\w+)", "\n".join(scripts))
    found = [_view(name) for name in views]
    return found if ledgers else [*found, *MACROS.items()]


def _view(name: str) -> tuple[str, str]:
    return (f"{name}, a month", f"FROM {name} WHERE {MONTH}") if name in LONG else (name, f"FROM {name}")
