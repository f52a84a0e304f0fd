SELECT
    CASE WHEN $claim::VARCHAR IS NULL THEN claim || ', ' || party ELSE party END AS line,
    claim,
    party,
    step,
    state,
    said_on AS since,
    greatest(
        said_on,
        coalesce(
            lead(said_on) OVER (PARTITION BY claim, party ORDER BY step), (SELECT max(day) FROM outlet_days)
        )
    ) AS until,
    prior_state,
    grade,
    publishers,
    outlet
FROM ledger_steps
WHERE ($claim::VARCHAR IS NULL OR claim = $claim) AND ($party::VARCHAR IS NULL OR party = upper($party::VARCHAR))
QUALIFY row_number() OVER (PARTITION BY claim, party ORDER BY step DESC) <= 40
ORDER BY is_party DESC, party, claim, step
