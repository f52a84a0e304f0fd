-- A name of a medium as it is compared: case, quotation marks and signs around it make no other medium.
CREATE OR REPLACE MACRO media_key(name) AS
trim(regexp_replace(lower(nfc_normalize(name)), '^[\s«»"''“”‘’„‹›「」『』《》/@(\[]+|[\s«»"''“”‘’„‹›「」『』《》/.,)\]]+$', '', 'g'));

-- The publisher family of each medium: by every name that the beat has for it and by its entity id; an outlet that the
-- beat does not list is of the publisher that most of its articles have.
-- organ_of: the party that it speaks for, where it is state or official; null for others.
CREATE OR REPLACE VIEW anew_media AS
WITH
    listed AS (
        SELECT
            media_key(name) AS medium, min(family) AS family,
            max(party) FILTER (affiliation IN ('state', 'official')) AS organ_of
        FROM families
        GROUP BY media_key(name)
    ),
    printing AS (
        SELECT outlet, publisher, count(*) AS articles FROM articles WHERE relevant GROUP BY outlet, publisher
    ),
    unlisted AS (
        SELECT
            media_key(p.outlet) AS medium,
            arg_max(coalesce(owner.family, media_key(p.publisher)), (p.articles, p.publisher)) AS family
        FROM printing AS p
        LEFT JOIN listed AS owner ON owner.medium = media_key(p.publisher)
        GROUP BY media_key(p.outlet)
    )
SELECT * FROM listed
UNION ALL BY NAME
SELECT * FROM unlisted ANTI JOIN listed USING (medium);

CREATE OR REPLACE TABLE kept_media AS FROM anew_media LIMIT 0;
CREATE OR REPLACE VIEW media_families AS FROM kept_media;
