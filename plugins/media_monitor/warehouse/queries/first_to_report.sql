-- title: Who is first
-- about: Publishers and wires by the number of stories that they were the first to report.
-- $language = : language of the first article (ISO 639-1); empty for all
SELECT reporter, count(*) AS stories, count(*) FILTER (by_wire) AS by_wire,
    list_sort(list(DISTINCT language)) AS languages, max(printed_at) AS last_first
FROM first_to_report
WHERE language = coalesce($language, language)
GROUP BY reporter
ORDER BY stories DESC, reporter
