-- What officials said on each claim, with what follows from it.
-- To confirm or allege a claim is to confirm or allege what it implies; to deny a claim is to deny what implies it.
-- implied_by: the claim that the words were about; null when they were about this claim.
-- said_on is never after the day of publication. ordered_on: the day that a status counts from. An older stance that
-- an article recalls without a date was taken before all that is dated, whenever it was printed.
-- primary_source: the party's own outlet prints it, or a speaker known by name or office is quoted word for word.
CREATE OR REPLACE VIEW ledger_statements AS
WITH
    official AS (
        SELECT
            s.statement_id, s.article_id, s.revision, s.day, s.sentence, s.start, s."end", s.surface,
            s.speaker, s.speaker_id, s.party, s.via, s.stance, s.claim AS said_claim, s.quote, s.modality,
            s.background, s.confidence, s.rule,
            least(coalesce(s.said_on, s.day), s.day) AS said_on,
            s.background AND coalesce(s.said_on, s.day) >= s.day AS undated,
            a.beat, a.printed_at, a.url, a.title, a.language, a.outlet, a.publisher, a.family, a.affiliation,
            a.country, a.agency, a.copy_of, a.origin,
            coalesce(a.affiliation IN ('state', 'official') AND a.country = s.party, false)
                OR (s.speaker_id IS NOT NULL AND s.quote IS NOT NULL) AS primary_source,
            s.confidence >= rules.confidence_floor AS trusted
        FROM statements AS s
        JOIN ledger_articles AS a USING (article_id, revision)
        CROSS JOIN ledger_rules AS rules
        WHERE s.role = 'official' AND s.modality <> 'hypothetical'
    ),
    reach AS (
        SELECT claim AS said_claim, claim, NULL AS implied_by, unnest(
            ['confirm', 'allege', 'deny', 'decline', 'condemn', 'praise']
        ) AS stance
        FROM claims
        UNION ALL
        SELECT claim, implied, claim, unnest(['confirm', 'allege']) FROM claim_implications
        UNION ALL
        SELECT implied, claim, implied, 'deny' FROM claim_implications
    )
SELECT
    reach.claim, reach.implied_by, official.* EXCLUDE (said_claim, undated),
    list_contains(claims.parties, official.party) AS is_party,
    CASE official.stance
        WHEN 'allege' THEN 'alleged' WHEN 'decline' THEN 'declined' WHEN 'deny' THEN 'denied'
        WHEN 'confirm' THEN 'confirmed' WHEN 'condemn' THEN 'condemned' WHEN 'praise' THEN 'praised'
    END AS state,
    CASE
        WHEN undated AND official.stance IN ('allege', 'decline', 'deny') THEN DATE '0001-01-01' ELSE said_on
    END AS ordered_on
FROM official
JOIN reach ON reach.said_claim = official.said_claim AND reach.stance = official.stance
JOIN claims ON claims.claim = reach.claim;
