-- title: Stories that a language has not picked up
-- about: Stories of several publishers that no feed of a language tells, though its feeds were read.
-- $language = ru: the language (ISO 639-1); empty for all
-- $publishers = 2: least publishers of the story
SELECT m.language, s.first_at, s.title, s.publishers, s.languages, m.silent_hours, s.story_id
FROM languages_missing AS m
JOIN stories_latest AS s USING (story_id)
WHERE m.language = coalesce($language, m.language) AND s.publishers >= $publishers
ORDER BY s.first_at DESC, m.language, s.story_id
