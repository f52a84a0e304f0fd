"""How good the data is: expectations, batches, rows in quarantine."""
