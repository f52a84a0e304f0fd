"""What is asked of each view and macro: what its users ask. A view that a day limits is asked for a month."""

import re

from media_monitor.warehouse import trends
from million.given import BURST_CLAIM, DAYS, FIRST, day_of

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

CLAIM, PARTY = "claim_05", "RU"
LEDGER = {
    "claim_status, the matrix": "SELECT * EXCLUDE (evidence) FROM claim_status",
    "claim_status, a claim": f"FROM claim_status WHERE claim = '{CLAIM}'",
    "disputes, a claim": f"FROM disputes WHERE claim = '{CLAIM}'",
    "ledger_steps, a claim and party": f"FROM ledger_steps WHERE claim = '{CLAIM}' AND party = '{PARTY}'",
    "ledger_steps, new in a week": f"FROM ledger_steps WHERE said_on >= DATE '{LAST}' - 7 AND news",
    "ledger_turns, a claim and party": f"FROM ledger_turns WHERE claim = '{CLAIM}' AND party = '{PARTY}'",
    "ledger_words, a claim and party": f"FROM ledger_words WHERE claim = '{CLAIM}' AND party = '{PARTY}'",
    "ledger_statements, a claim and party": f"FROM ledger_statements WHERE claim = '{CLAIM}' AND party = '{PARTY}'",
    "claim_timeline, a claim and party": f"FROM claim_timeline WHERE claim = '{CLAIM}' AND party = '{PARTY}'",
    "claim_timeline, a claim, a page": f"FROM claim_timeline WHERE claim = '{CLAIM}' ORDER BY said_on DESC LIMIT 50",
    "source_trees, a claim and party": f"FROM source_trees WHERE claim = '{CLAIM}' AND party = '{PARTY}'",
    "corroboration, a claim": f"SELECT * EXCLUDE (evidence) FROM corroboration WHERE claim = '{CLAIM}'",
    "confirmations": "FROM confirmations",
    "confirmations, a claim and party": f"FROM confirmations WHERE claim = '{CLAIM}' AND party = '{PARTY}'",
    "denials": "FROM denials",
    "reversals, in a week": f"FROM reversals WHERE since >= DATE '{LAST}' - 7",
    "retractions, in a week": f"FROM retractions WHERE since >= DATE '{LAST}' - 7",
    "withdrawn_statements, a claim": f"FROM withdrawn_statements WHERE claim = '{CLAIM}'",
    "exported_confirmations": "FROM exported_confirmations",
    "exported_steps, in a week": f"FROM exported_steps WHERE since >= DATE '{LAST}' - 7",
    "ledger_articles, an outlet": "FROM ledger_articles WHERE outlet = 'Outlet 7'",
    "media_families": "FROM media_families",
    "ledger_chains": "FROM ledger_chains",
    "claim_reach": "FROM claim_reach",
    "ledger_record": "FROM ledger_record",
}


def asked(ledgers: bool) -> list[tuple[str, str]]:
    """(name, SQL) of every question: of the trend views and macros, or of the claim ledger's views."""
    if ledgers:
        return list(LEDGER.items())
    views = re.findall(r"CREATE OR REPLACE VIEW (\w+)", "\n".join(trends.scripts()))
    return [*map(_view, views), *MACROS.items()]


def _view(name: str) -> tuple[str, str]:
    return (f"{name}, a month", f"FROM {name} WHERE {MONTH}") if name in LONG else (name, f"FROM {name}")
