-- title: Feeds that have fallen silent
-- about: Feeds and languages that have brought nothing new for longer than is usual for them.
SELECT subject_kind, subject, last_news, usual_hours, silent_hours, silent
FROM silences
ORDER BY silent DESC, silent_hours DESC, subject
