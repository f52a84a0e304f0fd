"""What a person reads on the terminal, and the same as JSON: runs, ledger, trends, feeds, scores."""
