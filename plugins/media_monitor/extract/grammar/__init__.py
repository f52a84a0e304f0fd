"""A language as data: its forms, clauses, cases, dates, and the figures that can act and speak."""
