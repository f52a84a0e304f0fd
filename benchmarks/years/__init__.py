"""Years of made news: an archive of any size whose truth is known, and what a backfill of it must find."""
