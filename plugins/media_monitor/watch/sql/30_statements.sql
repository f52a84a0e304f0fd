-- What officials said on each claim, with what follows from it (claim_reach), but for what was judged wrong.
-- said_on is never after the day of publication. ordered_on: the day that a status counts from. An older stance that
-- an article recalls without a date was taken before all that is dated, whenever it was printed.
-- is_primary: the party's own outlet prints it, or a speaker known by name or office is quoted word for word.
-- chain: the families between reader and speaker: the printing one, who the text is from, the media that it names.
-- primary_source: the party's own organ where the chain or the speaker is one; else the last of the chain.
-- reporter: whose reporting reached that source: the last of the chain that is no organ of the party.
CREATE OR REPLACE VIEW ledger_statements AS
WITH
    traced AS (
        SELECT
            s.*, a.beat, a.printed_at, a.url, a.title, a.language, a.outlet, a.publisher, a.family, a.affiliation,
            a.country, a.agency, a.copy_of, a.origin,
            coalesce(chains.media, []) AS media, voice.family AS voice, coalesce(organs.organs, []) AS organs,
            s.confidence >= rules.confidence_floor AS trusted
        FROM statements AS s
        JOIN ledger_articles AS a USING (article_id, revision)
        CROSS JOIN ledger_rules AS rules
        LEFT JOIN ledger_chains AS chains ON chains.via = s.via
        LEFT JOIN media_families AS voice ON voice.medium = s.speaker_id
        LEFT JOIN party_organs AS organs ON organs.party = s.party
        WHERE s.role = 'official' AND s.modality <> 'hypothetical' AND NOT EXISTS (
            FROM judgements AS j
            WHERE j.verdict = 'wrong' AND j.article_id = s.article_id AND j.claim = s.claim AND j.party = s.party
                AND j.stance = s.stance AND j.surface = s.surface
        )
    ),
    chained AS (
        SELECT
            * EXCLUDE (media),
            CASE WHEN family = origin THEN [family] ELSE [family, origin] END
                || list_filter(media, lambda one: one <> family AND one <> origin) AS chain
        FROM traced
    ),
    sourced AS (
        SELECT
            * EXCLUDE (voice, organs),
            coalesce(
                voice, list_filter(chain, lambda one: list_contains(organs, one))[-1], chain[-1]
            ) AS primary_source,
            coalesce(list_filter(chain, lambda one: NOT list_contains(organs, one))[-1], chain[-1]) AS reporter
        FROM chained
    )
SELECT
    reach.claim, reach.implied_by, s.statement_id, s.article_id, s.revision, s.day, s.sentence, s.start, s."end",
    s.surface, s.speaker, s.speaker_id, s.party, s.via, s.stance, s.quote, s.modality, s.background, s.confidence,
    s.rule, least(coalesce(s.said_on, s.day), s.day) AS said_on, s.beat, s.printed_at, s.url, s.title, s.language,
    s.outlet, s.publisher, s.family, s.affiliation, s.country, s.agency, s.copy_of, s.origin, s.chain,
    s.primary_source, s.reporter,
    coalesce(s.affiliation IN ('state', 'official') AND s.country = s.party, false)
        OR (s.speaker_id IS NOT NULL AND s.quote IS NOT NULL) AS is_primary,
    s.trusted, list_contains(reach.parties, s.party) AS is_party, reach.state,
    s.background AND coalesce(s.said_on, s.day) >= s.day AND s.stance IN ('allege', 'decline', 'deny') AS undated,
    CASE WHEN undated THEN DATE '0001-01-01' ELSE least(coalesce(s.said_on, s.day), s.day) END AS ordered_on
FROM sourced AS s
JOIN claim_reach AS reach ON reach.said_claim = s.claim AND reach.stance = s.stance;

-- Statements of older revisions that the latest revision of their article makes no more, by the claims that they
-- spoke to. revision: the last that made it; withdrawn_in: the first that did not; withdrawn_at: when that was fetched.
CREATE OR REPLACE VIEW withdrawn_statements AS
WITH
    revisions AS (
        SELECT article_id, revision, fetched_at, lead(revision) OVER following AS next_revision,
            lead(fetched_at) OVER following AS next_fetched_at
        FROM articles
        WINDOW following AS (PARTITION BY article_id ORDER BY revision)
    ),
    made AS (
        SELECT * FROM statements
        WHERE role = 'official' AND modality <> 'hypothetical'
        QUALIFY revision = max(revision) OVER (PARTITION BY article_id, claim, party, stance)
    )
SELECT
    reach.claim, made.party, made.stance, reach.state, reach.implied_by, made.statement_id, made.article_id,
    made.revision, revisions.next_revision AS withdrawn_in, revisions.next_fetched_at AS withdrawn_at,
    least(coalesce(made.said_on, made.day), made.day) AS said_on, made.speaker,
    coalesce(made.quote, made.surface) AS quote, made.background, a.url, a.outlet, a.title, a.language,
    coalesce(a.published_at, a.fetched_at) AS printed_at
FROM made
JOIN revisions USING (article_id, revision)
JOIN articles AS a USING (article_id, revision)
JOIN claim_reach AS reach ON reach.said_claim = made.claim AND reach.stance = made.stance
WHERE revisions.next_revision IS NOT NULL
ORDER BY withdrawn_at, made.statement_id, reach.claim;
