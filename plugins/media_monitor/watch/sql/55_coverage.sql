-- One row for each claim, party, day and state: what a party said, with its evidence.
-- note: condemned and praised are about the act, and change no status.
-- news: something changed that day, and was reported as new within news_hours of the first report; false for what
-- repeats what is known, for background, and for words that change nothing.
CREATE OR REPLACE VIEW claim_timeline AS
WITH
    changes AS (
        SELECT t.claim, t.statement_id, s.said_on, t.printed_at,
            min(t.printed_at) OVER (PARTITION BY t.claim, t.party, t.step) AS first_print
        FROM ledger_turns AS t
        JOIN ledger_steps AS s USING (claim, party, step)
        CROSS JOIN ledger_rules AS rules
        WHERE s.news AND NOT t.background AND t.said_on <= s.said_on + rules.first_days
    ),
    fresh AS (
        SELECT changes.claim, changes.statement_id
        FROM changes CROSS JOIN ledger_rules AS rules
        WHERE changes.printed_at <= changes.first_print + to_hours(rules.news_hours)
    )
SELECT
    l.claim, l.party, l.is_party, l.said_on, l.state, l.state IN ('condemned', 'praised') AS note,
    bool_and(l.background) AS background,
    CASE WHEN bool_and(l.implied_by IS NOT NULL) THEN min(l.implied_by) END AS implied_by,
    list(l.statement_id ORDER BY l.printed_at, l.statement_id) AS evidence,
    list_sort(list(DISTINCT l.speaker)) AS speakers,
    least(count(DISTINCT l.family), count(DISTINCT l.reporter)) AS publishers,
    min(l.printed_at) AS printed_at,
    bool_or(fresh.statement_id IS NOT NULL) AS news
FROM ledger_statements AS l
LEFT JOIN fresh ON fresh.claim = l.claim AND fresh.statement_id = l.statement_id
WHERE l.trusted
GROUP BY l.claim, l.party, l.is_party, l.said_on, l.state
ORDER BY l.claim, l.party, l.said_on, min(l.printed_at), l.state;

-- Independent publishers behind each stance: a publisher's outlets are one, and so are all copies of one text and all
-- that cite one report. primary_sources: the places that they have it from.
CREATE OR REPLACE VIEW corroboration AS
SELECT
    claim, party, stance,
    least(count(DISTINCT family), count(DISTINCT reporter)) AS publishers,
    list_sort(list(DISTINCT family)) AS families,
    list_sort(list(DISTINCT reporter)) AS origins,
    list_sort(list(DISTINCT primary_source)) AS primary_sources,
    list(statement_id ORDER BY said_on, printed_at, statement_id) AS evidence,
    min(said_on) AS first_said,
    max(said_on) AS last_said
FROM ledger_statements
WHERE trusted
GROUP BY claim, party, stance
ORDER BY claim, party, stance;

-- How a stance reached its readers: one row a statement, from the primary source over its carriers to who prints it.
-- carriers: families between source and reader, the source's side first; the printing one is `publisher`.
CREATE OR REPLACE VIEW source_trees AS
SELECT
    claim, party, stance, state, primary_source,
    list_filter(list_reverse(chain), lambda one: one <> primary_source AND one <> family) AS carriers,
    family AS publisher, reporter, outlet, article_id, statement_id, implied_by, said_on, printed_at, background,
    copy_of, agency, speaker, speaker_id, coalesce(quote, surface) AS quote, is_primary, language, url, title
FROM ledger_statements
WHERE trusted
ORDER BY claim, party, stance, primary_source, printed_at, statement_id;
