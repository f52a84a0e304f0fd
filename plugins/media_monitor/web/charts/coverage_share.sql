SELECT bucket_day, first_day, last_day, share, articles, all_articles, $claim::VARCHAR AS claim
FROM marked_coverage($claim, $since, $until, bucket := $bucket)
