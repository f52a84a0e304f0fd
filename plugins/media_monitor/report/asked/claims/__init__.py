"""The claim ledger, and the history of one claim."""
