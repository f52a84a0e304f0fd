-- Who and what is named, a day. name: the entity's name in the registry; of one that is not listed, the words printed.
CREATE OR REPLACE VIEW mention_counts AS
SELECT m.day, m.entity_id, coalesce(e.name, m.surface) AS name, m.kind, m.party, m.articles, m.publishers
FROM mention_days AS m
LEFT JOIN entities AS e USING (entity_id);
