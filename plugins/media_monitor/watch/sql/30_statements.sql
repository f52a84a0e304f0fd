-- What officials said on each claim, with what follows from it (claim_reach), but for what was judged wrong.
-- said_on is never after the day of publication. ordered_on: the day that a status counts from. An older stance that
-- an article recalls without a date was taken before all that is dated, whenever it was printed.
-- is_primary: the party's own outlet prints it, or a speaker known by name or office is quoted word for word.
-- chain: the families between reader and speaker: the printing one, who the text is from, the media that it names.
-- primary_source: the party's own organ where the chain or the speaker is one; else the last of the chain.
-- reporter: whose reporting reached that source: the last of the chain that is no organ of the party.
CREATE OR REPLACE VIEW anew_statements AS
WITH
    traced AS (
        SELECT
            s.*, a.beat, a.printed_at, a.url, a.title, a.language, a.outlet, a.publisher, a.family, a.affiliation,
            a.country, a.agency, a.copy_of, a.origin,
            coalesce(chains.media, []) AS media, voice.family AS voice, coalesce(organs.organs, []) AS organs,
            s.confidence >= rules.confidence_floor AS trusted
        FROM anew_stated AS s
        JOIN ledger_articles AS a USING (article_id, revision)
        CROSS JOIN ledger_rules AS rules
        LEFT JOIN chains_of('anew_stated') AS chains ON chains.via = s.via
        LEFT JOIN media_families AS voice ON voice.medium = s.speaker_id
        LEFT JOIN party_organs AS organs ON organs.party = s.party
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

CREATE OR REPLACE TABLE kept_statements AS FROM anew_statements LIMIT 0;
CREATE OR REPLACE VIEW ledger_statements AS FROM kept_statements;

-- Statements of older revisions that the latest revision of their article makes no more, by the claims that they
-- spoke to. revision: the last that made it; withdrawn_in: the first that did not; withdrawn_at: when that was fetched.
CREATE OR REPLACE VIEW anew_withdrawn AS
WITH
    revised AS MATERIALIZED (SELECT DISTINCT article_id FROM articles WHERE revision > 1),
    revisions AS (
        SELECT article_id, revision, fetched_at, lead(revision) OVER following AS next_revision,
            lead(fetched_at) OVER following AS next_fetched_at
        FROM articles SEMI JOIN revised USING (article_id)
        WINDOW following AS (PARTITION BY article_id ORDER BY revision)
    ),
    made AS (
        SELECT statement_id, article_id, revision
        FROM statements SEMI JOIN revised USING (article_id)
        WHERE role = 'official' AND modality <> 'hypothetical'
        QUALIFY revision = max(revision) OVER (PARTITION BY article_id, claim, party, stance)
    ),
    gone AS MATERIALIZED (
        SELECT made.statement_id, revisions.*
        FROM made
        JOIN revisions USING (article_id, revision)
        WHERE revisions.next_revision IS NOT NULL
    )
SELECT
    reach.claim, s.party, s.stance, reach.state, reach.implied_by, s.statement_id, s.article_id, s.revision,
    gone.next_revision AS withdrawn_in, gone.next_fetched_at AS withdrawn_at,
    least(coalesce(s.said_on, s.day), s.day) AS said_on, s.speaker, coalesce(s.quote, s.surface) AS quote,
    s.background, a.url, a.outlet, a.title, a.language, coalesce(a.published_at, a.fetched_at) AS printed_at
FROM gone
JOIN statements AS s USING (statement_id)
JOIN articles AS a ON a.article_id = gone.article_id AND a.revision = gone.revision
JOIN claim_reach AS reach ON reach.said_claim = s.claim AND reach.stance = s.stance;

CREATE OR REPLACE TABLE kept_withdrawn AS FROM anew_withdrawn LIMIT 0;
CREATE OR REPLACE VIEW withdrawn_statements AS FROM kept_withdrawn ORDER BY withdrawn_at, statement_id, claim;
