-- title: Share of voice
-- about: Who is heard on a claim: whose words (party, role, stance) or who prints them (publisher, language, country, affiliation, outlet).
-- $claim = troops_in_combat: id of a claim; empty for the whole beat
-- $since = 2024-10-01: first day (YYYY-MM-DD, UTC)
-- $until = 2025-07-31: last day, included
-- $dimension = party: party, role, stance, publisher, language, country, affiliation or outlet
FROM share_of_voice($claim, $since, $until, $dimension)
ORDER BY articles DESC, label
