-- What the public record of the beat says (record.toml), with what follows from it; see claim_reach.
-- Only what had been said by the day of the newest article.
CREATE OR REPLACE VIEW ledger_record AS
SELECT
    record.beat, reach.claim, reach.implied_by, record.party, record.since, record.source_url, record.source_title,
    list_contains(reach.parties, record.party) AS is_party,
    CASE WHEN record.state = 'implicit' THEN 'implicit' ELSE reach.state END AS state
FROM record
JOIN claim_reach AS reach ON reach.said_claim = record.claim
    AND reach.state = CASE WHEN record.state = 'implicit' THEN 'praised' ELSE record.state END
WHERE record.since <= (SELECT max(day) FROM articles);

-- What officials said on the truth of a claim. Praise by a party to the claim is an implicit acknowledgement.
-- Left out: that a party to the claim alleges something which implies it. Its own word on the claim is no allegation.
CREATE OR REPLACE VIEW anew_said AS
SELECT
    claim, party, is_party, CASE WHEN state = 'praised' THEN 'implicit' ELSE state END AS state, implied_by,
    said_on, ordered_on, undated, background, false AS on_record, statement_id, article_id, day, sentence,
    start, confidence, printed_at, is_primary, family, reporter, primary_source
FROM ledger_statements
WHERE trusted AND (state IN ('alleged', 'declined', 'denied', 'confirmed') OR (state = 'praised' AND is_party))
    AND NOT (state = 'alleged' AND is_party AND implied_by IS NOT NULL);

-- What counts of the record. It steps back where the ledger has evidence of its own that was said and printed up to
-- first_days after it: what happens while the ledger watches is its own news.
CREATE OR REPLACE VIEW anew_recorded AS
SELECT known.*
FROM ledger_record AS known
ANTI JOIN (
        SELECT claim, party, state, greatest(ordered_on, day) AS told_by, first_days
        FROM anew_said SEMI JOIN ledger_record USING (claim, party)
        CROSS JOIN ledger_rules
    ) AS own
    ON own.claim = known.claim AND own.party = known.party AND own.state = known.state
    AND own.told_by <= known.since + own.first_days;

CREATE OR REPLACE TABLE kept_recorded AS FROM anew_recorded LIMIT 0;
