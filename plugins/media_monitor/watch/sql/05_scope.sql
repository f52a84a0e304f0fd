-- A load computes what it changed: views anew_x compute, for the days in anew_days and the histories in anew_cells alone,
-- and tables kept_x hold what was computed and is the ledger. `kept/` has the SQL that brings them up to date.

-- The days whose articles and statements are computed.
CREATE OR REPLACE TABLE anew_days (day DATE NOT NULL);

-- The claims and parties whose history is computed, from which day on, and how it stood before that day: the number of
-- words and steps, the last word of each state, the state of the last step and of the one before it, and the last step
-- of each state before that.
CREATE OR REPLACE TABLE anew_cells (
    claim VARCHAR NOT NULL, party VARCHAR NOT NULL, since DATE NOT NULL, n BIGINT NOT NULL, confirmed BIGINT NOT NULL,
    implicit BIGINT NOT NULL, denied BIGINT NOT NULL, state VARCHAR, step BIGINT NOT NULL, prior_state VARCHAR,
    confirmed_step BIGINT NOT NULL, affirmed_step BIGINT NOT NULL, denied_step BIGINT NOT NULL,
    declined_step BIGINT NOT NULL
);
