"""Expectations, batches, rows in quarantine."""
