-- The numbers of the trend views, in one place.
-- burst_score 3.5: the limit that Iglewicz and Hoaglin (How to Detect and Handle Outliers, 1993) give for the modified
-- z-score. burst_articles, burst_publishers: the least that can be a burst. least_base: how many of the eight days of a
-- baseline must be sound. sound_share: the share of the feeds that must have worked for a day to be sound.
-- silence_factor: how many times its usual gap a feed must be without news; silence_hours: the least; silence_gaps: how
-- many gaps must be known. outage_hours: when no feed worked for longer than this, and than three
-- times what is usual between two runs, the fault was ours.
-- spike_score: as burst_score; spike_rows, spike_share: the least that can be a spike.
CREATE OR REPLACE VIEW trend_rules AS
SELECT
    3.5 AS burst_score, 5 AS burst_articles, 3 AS burst_publishers, 4 AS least_base, 0.5 AS sound_share,
    1.5 AS silence_factor, 24 AS silence_hours, 10 AS silence_gaps, 6 AS outage_hours,
    3.5 AS spike_score, 10 AS spike_rows, 0.01 AS spike_share;
