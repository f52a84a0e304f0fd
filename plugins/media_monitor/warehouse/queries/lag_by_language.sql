-- title: How late stories come to each language
-- about: Hours from the first article in any language to the first in this one, over the stories that came to it.
SELECT language, count(*) AS stories, count(*) FILTER (hours = 0) AS first_in,
    round(median(hours), 1) AS median_hours, round(quantile_cont(hours, 0.9), 1) AS late_hours
FROM lag_by_language
GROUP BY language
ORDER BY median_hours, language
